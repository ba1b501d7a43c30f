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
from tracker.people.rules.names import (
    Likeness,
    Name,
    NameIndex,
    NameMatches,
    is_nip,
    likeness,
    parsed,
    split_titles,
)
from tracker.people.rules.posts import (
    HoldingKind,
    NamedPerson,
    covers,
    creates_cycle,
    full_name,
    overlap,
    with_prefix,
    without_acting_prefix,
)
from tracker.people.rules.zones import inherited_zones

__all__ = [
    "TWINS_OF_PERSONS",
    "TWINS_OF_POSTS",
    "HoldingKind",
    "Keep",
    "Likeness",
    "Name",
    "NameIndex",
    "NameMatches",
    "NamedPerson",
    "covers",
    "creates_cycle",
    "ends_of",
    "folded",
    "full_name",
    "inherited_zones",
    "is_nip",
    "joined_names",
    "likeness",
    "may_overlap",
    "overlap",
    "parsed",
    "split_titles",
    "with_prefix",
    "without_acting_prefix",
]  # fmt: skip
