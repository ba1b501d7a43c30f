"""The files of the program (style, scripts, pictures) under addresses that change with them. See docs/adr/0117.

`make compiled` packs them for production: a copy under their version, compressed beforehand.
"""

import hashlib
import shutil
from functools import cache
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Flask, Response, g, send_from_directory
from werkzeug.routing import BaseConverter
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from tracker.core.settings import ROOT

SOURCE = ROOT / "tracker" / "static"
PACKED = ROOT / "tracker" / "packed"
ENDPOINT = "static"
_KEPT_VERSIONS = 2  # a server that is being replaced still reads the one before


class Version(BaseConverter):
    regex = "[0-9a-f]{12}"


@cache
def version(folder: Path = SOURCE) -> str:
    """The hash of all files. They name each other by relative addresses, so they share one version."""
    found = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = file.read_bytes()
        found.update(f"{file.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return found.hexdigest()[:12]


def set_up(app: Flask, headers: dict[str, str]) -> None:
    """Serve them from the folder packed for this version if there is one, otherwise from the source."""
    app.url_map.converters["version"] = Version
    app.add_url_rule("/static/<version:version>/<path:filename>", endpoint=ENDPOINT)
    app.url_defaults(_name_version)
    app.url_value_preprocessor(_forget_version)
    packed = PACKED / version()
    served = WhiteNoise(
        app.wsgi_app,
        root=packed if packed.is_dir() else SOURCE,
        prefix=f"static/{version()}/",
        immutable_file_test=lambda *_: True,
        allow_all_origins=False,
        add_headers_function=lambda found, *_: _add(found, headers),
    )
    app.wsgi_app = served  # type: ignore[method-assign]  # Flask's own way to wrap itself


def _add(found: Headers, headers: dict[str, str]) -> None:
    for name, value in headers.items():
        found[name] = value


def _name_version(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == ENDPOINT:
        values["version"] = version()


def _forget_version(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """A page of another version, of before an update or from another node, gets the file as it is here."""
    if endpoint == ENDPOINT and values is not None:
        g.may_be_kept = values.pop("version", None) is None


def may_be_kept() -> bool:
    """Whether the browser may keep the answer to this request: closed by default."""
    return bool(g.get("may_be_kept"))


def revalidated(name: str, media_type: str) -> Response:
    """A file that is asked for under one address for ever: kept, and asked for each time whether it has changed."""
    g.may_be_kept = True
    return send_from_directory(SOURCE, name, mimetype=media_type, max_age=0)


def pack() -> Path:
    """Copy and compress them. Return the folder, which is complete once it exists."""
    packed = PACKED / version()
    if not packed.is_dir():
        new = PACKED / f"{version()}.new"
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(SOURCE, new)
        compressor = Compressor(quiet=True)
        for file in [path for path in new.rglob("*") if path.is_file() and compressor.should_compress(path.name)]:
            list(compressor.compress(str(file)))
        new.rename(packed)
    packed.touch()
    for old in sorted(PACKED.iterdir(), key=lambda each: each.stat().st_mtime)[:-_KEPT_VERSIONS]:
        shutil.rmtree(old, ignore_errors=True)
    return packed
