"""Rules of persons, posts and units. Pure."""

from tracker.people.formats import folded
from tracker.people.rules.names import Found, Likeness, Name, NameIndex, likeness, parsed
from tracker.people.rules.posts import (
    PREFIXES,
    HoldingKind,
    NamedPerson,
    covers,
    full_name,
    leads_to_itself,
    overlap,
    with_prefix,
)

__all__ = [
    "PREFIXES", "Found", "HoldingKind", "Likeness", "Name", "NameIndex", "NamedPerson", "covers", "folded", "full_name",
    "leads_to_itself", "likeness", "overlap", "parsed", "with_prefix",
]  # fmt: skip
