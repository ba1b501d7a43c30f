"""Rules of persons, posts and units. Pure."""

from tracker.people.formats import folded
from tracker.people.rules.merging import (
    TWINS_OF_PERSONS,
    TWINS_OF_POSTS,
    Keep,
    ends_of,
    joined_names,
    may_overlap,
)
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
    without_acting,
)

__all__ = [
    "PREFIXES", "TWINS_OF_PERSONS", "TWINS_OF_POSTS", "Found", "HoldingKind", "Keep", "Likeness", "Name", "NameIndex",
    "NamedPerson", "covers", "ends_of", "folded", "full_name", "joined_names", "leads_to_itself", "likeness",
    "may_overlap", "overlap", "parsed", "with_prefix", "without_acting",
]  # fmt: skip
