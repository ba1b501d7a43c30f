"""What a timeline tells, and how verbs are arranged; without a database."""

import pytest

from tracker.core.verbs import Verb, arranged
from tracker.status.rules import echoes, is_told


def verb(label: str, **kinds: bool) -> Verb:
    return Verb(label=label, href=f"/{label}", **kinds)


@pytest.mark.parametrize("name", ["moved_approved", "progress_reported", "due_date_moved", "escalated", "link_carried"])
def test_what_happened_to_the_matter_is_told(name: str) -> None:
    assert is_told(name)


@pytest.mark.parametrize("name", ["edited", "target_linked", "file_attached", "proponent_added", "classified"])
def test_what_happened_to_the_record_is_not_told(name: str) -> None:
    assert not is_told(name)


@pytest.mark.parametrize(
    ("name", "beside", "is_echo"),
    [
        ("reviewed_extended", {"reviewed_extended", "due_date_moved"}, True),
        ("reviewed_goes_on", {"reviewed_goes_on"}, False),
        ("reviewed_goes_on", {"reviewed_goes_on", "edited"}, False),
        ("moved_in_progress", {"moved_in_progress", "progress_reported"}, True),
        ("moved_in_progress", {"moved_in_progress"}, False),
        ("due_date_granted", {"due_date_granted", "due_date_moved"}, True),
        ("due_date_moved", {"due_date_granted", "due_date_moved"}, False),
    ],
)
def test_one_deed_is_told_once(name: str, beside: set[str], *, is_echo: bool) -> None:
    assert echoes(name, beside) == is_echo


def test_the_first_verb_that_may_lead_is_the_main_one_and_two_stand_beside_it() -> None:
    given = [verb("a"), verb("b", leads=True), verb("c", leads=True), verb("d", is_rare=True), verb("e"), verb("f")]

    verbs = arranged(given)

    assert verbs.main == given[1]
    assert [one.label for one in verbs.beside] == ["a", "c"]
    assert [one.label for one in verbs.rest] == ["d", "e", "f"]


def test_without_a_verb_that_may_lead_none_is_the_main_one() -> None:
    verbs = arranged([verb("a"), verb("b", is_rare=True)])

    assert (verbs.main, len(verbs.beside), len(verbs.rest)) == (None, 1, 1)
    assert not arranged([])
