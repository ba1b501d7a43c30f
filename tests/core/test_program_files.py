"""Style, scripts and pictures are named by their hash, kept for good, and compressed beforehand."""

import gzip
import re
from pathlib import Path
from urllib.parse import urljoin

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.visitor import SECRETARIAT, Visitor
from tracker.core import pages, program_files
from tracker.core.settings import ROOT

pytestmark = pytest.mark.one_database

TEMPLATES = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
NAMED = re.compile(r"""url_for\('static', filename='([^']+)'\)""")
#: What style and scripts name: `url("…")`, `from "./…"` and `import("./…")`.
NAMES_WITHIN = re.compile(r"""url\("(?!data:)([^")]+)"\)|(?:from|import)\s*\(?"(\.{1,2}/[^"]+)\"""")


@pytest.fixture
def static(app: Flask) -> str:
    return f"/static/{program_files.version()}/"


def test_every_file_that_templates_name_is_there_and_may_be_kept_for_good(visit: Visitor, static: str) -> None:
    names = {name for template in TEMPLATES for name in NAMED.findall(template.read_text())}

    assert len(names) > 40
    for name in names:
        answer = visit.client.get(f"{static}{name}", buffered=True)
        assert (answer.status_code, "immutable" in answer.headers["Cache-Control"]) == (200, True), name


def test_what_files_name_has_the_version_too(visit: Visitor, static: str) -> None:
    found = 0
    for file in program_files.SOURCE.rglob("*.[cj]s*"):
        address = static + file.relative_to(program_files.SOURCE).as_posix()
        for within in NAMES_WITHIN.findall(file.read_text()):
            there = urljoin(address, "".join(within))
            assert there.startswith(static)
            assert visit.client.get(there, buffered=True).status_code == 200, (address, there)
            found += 1
    assert found > 20


def test_no_template_names_a_file_without_its_version() -> None:
    for template in TEMPLATES:
        assert not re.search(r"""["']/?static/""", template.read_text()), template


def test_no_page_names_a_file_without_its_version(visit: Visitor, static: str) -> None:
    reader = visit.as_(SECRETARIAT)
    for page in (visit.get("/sign-in"), visit.get("/offline"), reader.get("/"), reader.get("/meetings/1/minutes")):
        named = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.response.text)
        assert named
        assert [name for name in named if not name.startswith(static)] == []
    assert all(icon["src"].startswith(static) for icon in visit.get("/manifest.webmanifest").response.json["icons"])


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/static/theme.css", "max-age=3600"),  # typed in, or from before addresses had versions
        ("/static/0123456789ab/theme.css", "no-store"),  # of another version, on a node that is not updated yet
    ],
)
def test_under_another_name_a_file_is_answered_but_not_kept_for_good(visit: Visitor, address: str, kept: str) -> None:
    answer = visit.client.get(address, buffered=True)

    assert (answer.status_code, answer.data) == (200, (program_files.SOURCE / "theme.css").read_bytes())
    assert kept in answer.headers["Cache-Control"]
    assert "immutable" not in answer.headers["Cache-Control"]


def test_files_have_the_security_headers_and_no_cookie(visit: Visitor, static: str) -> None:
    headers = visit.client.get(f"{static}theme.css", buffered=True).headers

    assert {name: headers.get(name) for name in pages.HEADERS} == pages.HEADERS
    assert "Set-Cookie" not in headers
    assert "Access-Control-Allow-Origin" not in headers


def test_nothing_outside_the_folder_is_served(visit: Visitor, static: str) -> None:
    for name in ("../__init__.py", "%2e%2e/__init__.py", "style", "", "vendor/../../__init__.py"):
        assert visit.client.get(f"{static}{name}", buffered=True).status_code == 404


def test_a_changed_file_changes_the_version(tmp_path: Path) -> None:
    program_files.version.cache_clear()
    versions = set()
    for name, content in (("a.css", "a"), ("a.css", "b"), ("b.css", "b"), ("a.css", "bb")):
        (tmp_path / name).write_text(content)
        versions.add(program_files.version(tmp_path))
        program_files.version.cache_clear()

    assert len(versions) == 4


@pytest.fixture
def packed(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A server whose files are packed."""
    monkeypatch.setattr(program_files, "PACKED", tmp_path)
    program_files.pack()
    served = Flask(__name__)
    program_files.set_up(served, {})
    return served.test_client()


@pytest.mark.parametrize(
    ("accepted", "encoding", "read"),
    [
        ("gzip, deflate, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("identity", None, bytes),
        ("", None, bytes),
    ],
)  # fmt: skip
def test_packed_files_are_sent_as_the_browser_accepts_them(
    packed: FlaskClient, static: str, accepted: str, encoding: str | None, read: type[bytes]
) -> None:
    answer = packed.get(f"{static}style/parts.css", headers={"Accept-Encoding": accepted}, buffered=True)

    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert read(answer.data) == (program_files.SOURCE / "style" / "parts.css").read_bytes()


def test_packing_again_keeps_what_a_server_still_reads_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_files, "PACKED", tmp_path / "packed")
    monkeypatch.setattr(program_files, "SOURCE", tmp_path / "source")
    (tmp_path / "source").mkdir()
    made = []
    for content in ("a", "b", "c"):
        (tmp_path / "source" / "a.css").write_text(content)
        monkeypatch.setattr(program_files, "version", lambda content=content: content * 12)
        made.append(program_files.pack())
        program_files.pack()

    assert [path.exists() for path in made] == [False, True, True]
