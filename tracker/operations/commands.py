"""Taking the whole record out and in again: one archive of the database, the files, and a manifest that proves them."""

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

from tracker.core import engines
from tracker.core.settings import Settings
from tracker.operations import queries, rules
from tracker.operations.rules import DATABASE, FILES, MANIFEST, Manifest, Refusal

#: A hundred bytes a file; a record has not a million of them.
LONGEST_MANIFEST = 100 * 1024 * 1024


class NotRestored(RuntimeError):
    """A backup that is not taken in; `why` says which rule it breaks."""

    def __init__(self, why: Refusal) -> None:
        """Keep the rule."""
        super().__init__(why)
        self.why = why


def back_up(engine: Engine, settings: Settings, to: Path, *, at: datetime) -> Manifest:
    """Write the archive while people go on writing: the database as of one moment, then the files it may name.

    Files are only ever added, under the hash of their content, so those copied after the database are at least those it
    names. The archive appears under its name only when it is whole.
    """
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=".backup-") as folder:
        database = Path(folder) / DATABASE
        with engines.dumped(engine, database) as moment:
            revision, head = queries.revision_of(moment), queries.audit_head(moment)
        members = {DATABASE: database, **_files(settings.attachments)}
        manifest = Manifest(
            format=rules.FORMAT, made_at=at.isoformat(), engine=engine.dialect.name, revision=revision,
            audit_length=head[0], audit_hash=head[1], members={name: sha256(path) for name, path in members.items()},
        )  # fmt: skip
        told = Path(folder) / MANIFEST
        told.write_text(json.dumps(asdict(manifest), indent=2))
        whole = Path(folder) / "archive"
        with tarfile.open(whole, "w") as archive:
            for name, path in {MANIFEST: told, **members}.items():
                archive.add(path, arcname=name, recursive=False)
        whole.chmod(0o600)
        _settle(whole)
        whole.replace(to)
    return manifest


def restore(engine: Engine, settings: Settings, source: Path) -> Manifest:
    """Take an archive into an empty installation. Raises NotRestored before anything is written."""
    with tempfile.TemporaryDirectory(dir=settings.instance, prefix=".restore-") as folder:
        manifest = _unpacked(source, Path(folder))
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
        if queries.audit_head(connection) != (manifest.audit_length, manifest.audit_hash):
            raise NotRestored(Refusal.DAMAGED)
    return manifest


def _files(folder: Path) -> dict[str, Path]:
    return {f"{FILES}/{path.relative_to(folder)}": path for path in sorted(folder.rglob("*")) if path.is_file()}


def _unpacked(source: Path, folder: Path) -> Manifest:
    """Unpack what the manifest names, and nothing else; each member must have the hash that stands there."""
    try:
        with tarfile.open(source, "r:") as archive:
            manifest = rules.manifest_of(json.loads(_told(archive)))
            members = [archive.getmember(name) for name in manifest.members]
            _ensure_plain(members, source.stat().st_size)
            for member in members:
                archive.extract(member, folder, filter="data")
                if sha256(folder / member.name) != manifest.members[member.name]:
                    raise NotRestored(Refusal.DAMAGED)
    except (tarfile.TarError, AttributeError, EOFError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise NotRestored(Refusal.NOT_A_BACKUP) from error
    return manifest


def _told(archive: tarfile.TarFile) -> bytes:
    """The manifest, as it stands in the archive."""
    member = archive.getmember(MANIFEST)
    told = archive.extractfile(member) if member.isreg() and member.size <= LONGEST_MANIFEST else None
    if told is None:
        raise NotRestored(Refusal.NOT_A_BACKUP)
    return told.read()


def _ensure_plain(members: Sequence[tarfile.TarInfo], size: int) -> None:
    """Go on only with files that lie in the archive as they are: no links, no devices, none longer than the archive."""
    is_plain = all(one.isreg() and not one.issparse() and rules.is_safe_name(one.name) for one in members)
    if not is_plain or sum(one.size for one in members) > size:
        raise NotRestored(Refusal.NOT_A_BACKUP)


def _settle(path: Path) -> None:
    """Wait until the disk has the file: a backup that a power cut takes away is none."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sha256(path: Path) -> str:
    """The hash of a file, read block by block."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
