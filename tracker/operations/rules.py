"""What a backup is made of, and when one may be restored. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database"
FILES = "files"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What stands in `manifest.json`: enough to refuse a wrong backup and to prove a right one."""

    format: int
    made_at: str
    engine: str
    revision: str | None
    #: The audit chain's length and the hash of its last entry.
    audit_length: int
    audit_hash: str
    #: SHA-256 of each other member, by its name in the archive.
    members: dict[str, str]


def manifest_of(told: Any) -> Manifest:
    """What a manifest says, each thing of the kind that it should be; AttributeError or TypeError where not."""
    manifest = Manifest(**told)
    words = [
        manifest.made_at,
        manifest.engine,
        manifest.audit_hash,
        manifest.revision or "",
        *manifest.members.values(),
    ]
    numbers = [manifest.format, manifest.audit_length]
    if not all(isinstance(one, str) for one in words) or not all(isinstance(one, int) for one in numbers):
        raise TypeError(words, numbers)
    return manifest


class Refusal(StrEnum):
    """Why a backup is not restored here."""

    NOT_A_BACKUP = "not_a_backup"
    FORMAT = "format"
    ENGINE = "engine"
    NEWER = "newer"
    DAMAGED = "damaged"
    NOT_EMPTY = "not_empty"


def refusal(manifest: Manifest, *, engine: str, revisions: Collection[str], is_empty: bool) -> Refusal | None:
    """Whether this installation may take the backup in; `revisions` are those this program knows."""
    if manifest.format != FORMAT:
        return Refusal.FORMAT
    if manifest.engine != engine:
        return Refusal.ENGINE
    if manifest.revision not in revisions:
        return Refusal.NEWER
    return None if is_empty else Refusal.NOT_EMPTY


def is_safe_name(name: str) -> bool:
    """Whether a member's name stays within the place it is unpacked to: `database`, or below `files/`."""
    parts = name.split("/")
    return name == DATABASE or (parts[0] == FILES and len(parts) > 1 and not {"", ".", ".."} & set(parts))
