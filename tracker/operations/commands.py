"""Backup and restore: one archive with the database, the files, and a manifest with their hashes."""

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from tracker.audit import queries as audit
from tracker.core import engines, stamps
from tracker.core.settings import Settings
from tracker.operations import queries, rules
from tracker.operations.rules import DATABASE, FILES, MANIFEST, Manifest, Refusal

#: 100 bytes per file for a million files, more than any record has.
LONGEST_MANIFEST = 100 * 1024 * 1024


class NotRestored(RuntimeError):
    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


def back_up(engine: Engine, settings: Settings, to: Path, *, at: datetime) -> Manifest:
    """Write the archive while users go on working: a snapshot of the database, then the files.

    Files are only added, under the hash of their content, so files copied after the snapshot include all it refers to.
    The archive gets its name only once it is complete.
    """
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=".backup-") as folder:
        database = Path(folder) / DATABASE
        with engines.dumped(engine, database) as snapshot:
            revision, head = queries.revision_of(snapshot), audit.head(snapshot)
        members = {DATABASE: database, **_files(settings.attachments)}
        manifest = Manifest(
            format=rules.FORMAT, made_at=at.isoformat(), engine=engine.dialect.name, revision=revision,
            audit_length=head[0], audit_hash=head[1], members={name: sha256(path) for name, path in members.items()},
        )  # fmt: skip
        manifest_file = Path(folder) / MANIFEST
        manifest_file.write_text(json.dumps(asdict(manifest), indent=2))
        complete = Path(folder) / "archive"
        with tarfile.open(complete, "w") as archive:
            for name, path in {MANIFEST: manifest_file, **members}.items():
                archive.add(path, arcname=name, recursive=False)
        complete.chmod(0o600)
        _flush_to_disk(complete)
        complete.replace(to)
    with suppress(OSError):  # the backup is complete even so
        stamps.note(settings.backup_stamp, at)
    return manifest


def restore(engine: Engine, settings: Settings, source: Path) -> Manifest:
    with tempfile.TemporaryDirectory(dir=settings.instance, prefix=".restore-") as folder:
        manifest = _unpack(source, Path(folder))
        is_empty = engines.is_empty(engine) and not any(_files(settings.attachments))
        why = rules.refusal(
            manifest, engine=engine.dialect.name, revisions=queries.known_revisions(), is_empty=is_empty
        )
        if why:
            raise NotRestored(why)
        files = Path(folder) / FILES
        if files.exists():
            with suppress(FileNotFoundError):
                settings.attachments.rmdir()
            files.rename(settings.attachments)
        engines.load(engine, Path(folder) / DATABASE)
    with engine.connect() as connection:
        if audit.head(connection) != (manifest.audit_length, manifest.audit_hash):
            raise NotRestored(Refusal.DAMAGED)
    return manifest


def _files(folder: Path) -> dict[str, Path]:
    return {f"{FILES}/{path.relative_to(folder)}": path for path in sorted(folder.rglob("*")) if path.is_file()}


def _unpack(source: Path, folder: Path) -> Manifest:
    try:
        with tarfile.open(source, "r:") as archive:
            manifest = rules.manifest_of(json.loads(_read_manifest(archive)))
            members = [archive.getmember(name) for name in manifest.members]
            _require_plain_files(members, source.stat().st_size)
            for member in members:
                archive.extract(member, folder, filter="data")
                if sha256(folder / member.name) != manifest.members[member.name]:
                    raise NotRestored(Refusal.DAMAGED)
    except (tarfile.TarError, AttributeError, EOFError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise NotRestored(Refusal.NOT_A_BACKUP) from error
    return manifest


def _read_manifest(archive: tarfile.TarFile) -> bytes:
    member = archive.getmember(MANIFEST)
    file = archive.extractfile(member) if member.isreg() and member.size <= LONGEST_MANIFEST else None
    if file is None:
        raise NotRestored(Refusal.NOT_A_BACKUP)
    return file.read()


def _require_plain_files(members: Sequence[tarfile.TarInfo], size: int) -> None:
    """Refuse links, devices and sparse files, which could write elsewhere or expand beyond the size of the archive."""
    is_plain = all(member.isreg() and not member.issparse() and rules.is_safe_name(member.name) for member in members)
    if not is_plain or sum(member.size for member in members) > size:
        raise NotRestored(Refusal.NOT_A_BACKUP)


def _flush_to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
