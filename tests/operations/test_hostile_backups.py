"""Hostile archives are refused with a sentence and leave nothing behind."""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.operations.test_backup_drill import attach, run
from tracker.operations.rules import FORMAT

SHA = hashlib.sha256(b"isi").hexdigest()
Member = tuple[tarfile.TarInfo, bytes]


def manifest_json(**changed: Any) -> bytes:
    manifest = {"format": FORMAT, "made_at": "x", "engine": "sqlite", "revision": "x", "audit_length": 0,
                "audit_hash": "x", "members": {"database": SHA}, **changed}  # fmt: skip
    return json.dumps(manifest).encode()


def file(name: str, content: bytes = b"isi", **attributes: Any) -> Member:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    for field, value in attributes.items():
        setattr(member, field, value)
    return member, content


def link(name: str, to: str, kind: bytes = tarfile.SYMTYPE) -> Member:
    return file(name, b"", type=kind, linkname=to)


def with_manifest(*names: str, members: tuple[Member, ...]) -> list[Member]:
    return [file("manifest.json", manifest_json(members=dict.fromkeys(names, SHA))), *members]


def sparse(size: int, *, starts_at: int, content: bytes) -> Member:
    """A file said to be of this size, whose content starts there, after a hole."""
    where = f"1\n{starts_at}\n{len(content)}\n".encode()
    headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "database"}
    return file(
        "database", where.ljust(512, b"\0") + content, pax_headers={**headers, "GNU.sparse.realsize": str(size)}
    )


HOSTILE: dict[str, list[Member]] = {
    "a path that leads out": with_manifest("files/../../out", members=(file("files/../../out"),)),
    "a path from the root": with_manifest("/tmp/out", members=(file("/tmp/out"),)),
    "a link": with_manifest("files/a", members=(file("database"), link("files/a", "/etc/hostname"))),
    "a link to a member": with_manifest(
        "database", "files/a", members=(file("database"), link("files/a", "../database"))
    ),
    "a hard link": with_manifest(
        "database", "files/a", members=(file("database"), link("files/a", "database", tarfile.LNKTYPE))
    ),
    "a link as folder": with_manifest("files/a", "files/a/b", members=(link("files/a", "/tmp"), file("files/a/b"))),
    "a device": with_manifest("database", members=(file("database", b"", type=tarfile.CHRTYPE),)),
    "a pipe": with_manifest("database", members=(file("database", b"", type=tarfile.FIFOTYPE),)),
    "a folder": with_manifest("database", members=(file("database", b"", type=tarfile.DIRTYPE),)),
    "a hole of a petabyte": with_manifest("database", members=(sparse(2**50, starts_at=0, content=b"i"),)),
    "a hole of a petabyte in a file of three bytes": with_manifest(
        "database", members=(sparse(3, starts_at=2**50, content=b"isi"),)
    ),
    "a hole in a file of six bytes": [
        file("manifest.json", manifest_json(members={"database": hashlib.sha256(b"\0\0\0isi").hexdigest()})),
        sparse(6, starts_at=3, content=b"isi"),
    ],
    "a manifest that is a link": [file("database"), link("manifest.json", "database")],
    "a manifest that is a folder": [file("manifest.json", b"", type=tarfile.DIRTYPE)],
    "a manifest without end": [file("manifest.json", b"[" * 200_000)],
    "a manifest of other kinds": [file("manifest.json", manifest_json(members=["database"])), file("database")],
    "a manifest of numbers": [file("manifest.json", manifest_json(members={"database": 7})), file("database")],
    "a manifest of no kind": [file("manifest.json", b"7")],
    "no manifest": [file("database")],
    "a member that is not there": with_manifest("database", "files/a", members=(file("database"),)),
}  # fmt: skip


def archive(at: Path, members: list[Member]) -> Path:
    with tarfile.open(at, "w", format=tarfile.PAX_FORMAT) as tar:
        for member, content in members:
            tar.addfile(member, io.BytesIO(content))
    return at


@pytest.mark.one_database
@pytest.mark.parametrize("members", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_archive_is_refused_and_leaves_nothing(
    empty_app: Flask, tmp_path: Path, members: list[Member]
) -> None:
    made = archive(tmp_path / "made.tar", members)
    instance = empty_app.extensions["settings"].instance
    before = {*instance.rglob("*"), *tmp_path.rglob("*")}

    code, output = run(empty_app, "restore", str(made))

    assert code == 1
    assert "is not a backup" in output
    assert {*instance.rglob("*"), *tmp_path.rglob("*")} == before


@pytest.mark.one_database
@pytest.mark.parametrize("cut", [lambda whole: whole[: len(whole) // 2], lambda whole: whole[:700], lambda _: b""])
def test_a_truncated_archive_is_refused(
    app: Flask, empty_app: Flask, tmp_path: Path, cut: Callable[[bytes], bytes]
) -> None:
    attach(app, b"naskah asli")
    run(app, "backup", str(tmp_path / "whole.tar"))
    (tmp_path / "half.tar").write_bytes(cut((tmp_path / "whole.tar").read_bytes()))

    code, output = run(empty_app, "restore", str(tmp_path / "half.tar"))

    assert code == 1
    assert "is not a backup" in output or "is damaged" in output


@pytest.mark.one_database
def test_restored_files_belong_to_the_restoring_user(app: Flask, empty_app: Flask, tmp_path: Path) -> None:
    attach(app, b"naskah asli")
    run(app, "backup", str(tmp_path / "whole.tar"))
    with tarfile.open(tmp_path / "whole.tar") as whole, tarfile.open(tmp_path / "other.tar", "w") as other:
        for member in whole.getmembers():
            member.uid, member.gid, member.mode = 12345, 12345, 0o6777
            other.addfile(member, whole.extractfile(member))

    code, output = run(empty_app, "restore", str(tmp_path / "other.tar"))

    assert (code, "Restored" in output) == (0, True), output
    settings = empty_app.extensions["settings"]
    [restored] = [path for path in settings.attachments.rglob("*") if path.is_file()]
    assert restored.stat().st_uid == settings.instance.stat().st_uid
    assert not restored.stat().st_mode & 0o6022
