"""Queries for units, posts, persons, holdings and merges."""

from tracker.people.queries.merging import (
    Reference,
    Twin,
    became,
    ids_of,
    merge_made,
    merges_into,
    references,
    renumbered,
    twins,
    uses,
)
from tracker.people.queries.naming import (
    HeldPost,
    KnownPerson,
    KnownPersons,
    KnownPosts,
    persons_named,
    posts_held,
    title_of_position,
)
from tracker.people.queries.register import (
    Letterhead,
    PeopleFilter,
    all_positions,
    all_units,
    asked,
    covers_day,
    former_name,
    former_names_of,
    holders_on,
    holding,
    letterhead,
    letterhead_setting,
    matching,
    overlapping,
    person,
    person_choices,
    position,
    position_choices,
    posts_of,
    unit,
    unit_choices,
)

__all__ = [
    "HeldPost", "KnownPerson", "KnownPersons", "KnownPosts", "Letterhead", "PeopleFilter", "Reference", "Twin",
    "all_positions", "all_units", "asked", "became", "covers_day", "former_name", "former_names_of", "holders_on",
    "holding", "ids_of", "letterhead", "letterhead_setting", "matching", "merge_made", "merges_into", "overlapping",
    "person", "person_choices", "persons_named", "position", "position_choices", "posts_held", "posts_of",
    "references", "renumbered", "title_of_position", "twins", "unit", "unit_choices", "uses",
]  # fmt: skip
