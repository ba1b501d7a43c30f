"""The manifest of a backup, when a backup may be restored, and what is too old. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database"
FILES = "files"
#: The worker looks every few seconds, or from cron every few minutes.
LONGEST_REST = timedelta(minutes=30)
OLDEST_BACKUP = timedelta(days=7)
LARGEST_CLOCK_GAP = timedelta(minutes=1)


def is_worker_late(last: datetime, now: datetime) -> bool:
    return now - last > LONGEST_REST


def is_backup_old(last: date, now: datetime) -> bool:
    return now.date() - last > OLDEST_BACKUP


def is_clock_off(gap: timedelta) -> bool:
    return abs(gap) > LARGEST_CLOCK_GAP


@dataclass(frozen=True, kw_only=True)
class Manifest:
    format: int
    made_at: str
    engine: str
    revision: str | None
    #: The audit chain's length and the hash of its last entry.
    audit_length: int
    audit_hash: str
    #: SHA-256 of each other member, by its name in the archive.
    members: dict[str, str]


def manifest_of(content: Any) -> Manifest:
    """Read parsed JSON. AttributeError or TypeError if a value has the wrong type."""
    manifest = Manifest(**content)
    texts = [
        manifest.made_at,
        manifest.engine,
        manifest.audit_hash,
        manifest.revision or "",
        *manifest.members.values(),
    ]
    numbers = [manifest.format, manifest.audit_length]
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(number, int) for number in numbers):
        raise TypeError(texts, numbers)
    return manifest


class Refusal(StrEnum):
    NOT_A_BACKUP = "not_a_backup"
    FORMAT = "format"
    ENGINE = "engine"
    NEWER = "newer"
    DAMAGED = "damaged"
    NOT_EMPTY = "not_empty"


def refusal(manifest: Manifest, *, engine: str, revisions: Collection[str], is_empty: bool) -> Refusal | None:
    """Why this installation cannot restore the backup, or None. `revisions`: those that this program knows."""
    if manifest.format != FORMAT:
        return Refusal.FORMAT
    if manifest.engine != engine:
        return Refusal.ENGINE
    if manifest.revision not in revisions:
        return Refusal.NEWER
    return None if is_empty else Refusal.NOT_EMPTY


def is_safe_name(name: str) -> bool:
    parts = name.split("/")
    return name == DATABASE or (parts[0] == FILES and len(parts) > 1 and not {"", ".", ".."} & set(parts))
