from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.proposals.rules import (
    CLOSED,
    NEXT,
    OPEN,
    Needs,
    NotActionableReason,
    ProposalStatus,
    Step,
    all_merged_into,
    can_move,
    lacking,
    lineage,
    would_form_cycle,
)  # fmt: skip

S = ProposalStatus
DAY = date(2026, 3, 2)

# One letter per status: S submitted, U discussion, D deferred, A approved, F follow-up, R realised,
# J rejected, M merged, W withdrawn, N not actionable.
LETTERS = dict(zip("SUDAFRJMWN", S, strict=True)) | {
    "S": S.SUBMITTED, "U": S.UNDER_DISCUSSION, "D": S.DEFERRED, "A": S.APPROVED, "F": S.IN_FOLLOW_UP,
    "R": S.REALISED, "J": S.REJECTED, "M": S.MERGED, "W": S.WITHDRAWN, "N": S.NOT_ACTIONABLE,
}  # fmt: skip
GRID = {
    "S": "UAJDMW", "U": "AJDFMW", "D": "UAJMW", "A": "FNM", "F": "RNM", "R": "", "J": "U", "M": "", "W": "U", "N": "U",
}  # fmt: skip


def step(to: ProposalStatus, **facts: object) -> Step:
    return Step(to=to, on=DAY, **facts)


@pytest.mark.parametrize("before", "SUDAFRJMWN")
def test_the_allowed_transitions(before: str) -> None:
    possible = {letter for letter in "SUDAFRJMWN" if can_move(LETTERS[before], LETTERS[letter])}

    assert possible == set(GRID[before])


def test_a_status_is_either_open_or_closed() -> None:
    assert set(S) == OPEN | CLOSED
    assert frozenset() == OPEN & CLOSED


@pytest.mark.parametrize(
    ("taken", "missing"),
    [
        (step(S.REJECTED), [Needs.REASON]),
        (step(S.REJECTED, reason="Tidak perlu."), []),
        (step(S.DEFERRED), [Needs.REASON, Needs.REVISIT_ON]),
        (step(S.DEFERRED, reason="Anggaran.", revisit_on=DAY), [Needs.REVISIT_ON]),
        (step(S.DEFERRED, reason="Anggaran.", revisit_on=DAY + timedelta(days=1)), []),
        (step(S.APPROVED), [Needs.AUTHORITY, Needs.MEETING_OR_NOTE]),
        (step(S.APPROVED, has_authority=True, has_meeting=True), []),
        (step(S.IN_FOLLOW_UP), [Needs.ACTION]),
        (step(S.REALISED), [Needs.EVIDENCE]),
        (step(S.NOT_ACTIONABLE), [Needs.REASON_CODE]),
        (step(S.NOT_ACTIONABLE, reason_code=NotActionableReason.OTHER), [Needs.REASON]),
        (step(S.NOT_ACTIONABLE, reason_code=NotActionableReason.LEGAL_PROCESS), []),
        (step(S.MERGED), [Needs.SURVIVOR]),
        (step(S.WITHDRAWN), [Needs.REASON]),
        (step(S.UNDER_DISCUSSION), [Needs.MEETING_OR_NOTE]),
    ],
)
def test_what_each_step_lacks(taken: Step, missing: list[Needs]) -> None:
    assert lacking(taken, before=S.SUBMITTED, actions=0, open_actions=0) == missing


def test_follow_up_needs_an_action_and_realisation_no_open_one() -> None:
    realised = step(S.REALISED, evidence="Perpres 1/2027")

    assert lacking(step(S.IN_FOLLOW_UP), before=S.APPROVED, actions=1, open_actions=1) == []
    assert lacking(realised, before=S.IN_FOLLOW_UP, actions=2, open_actions=1) == [Needs.NO_OPEN_ACTION]
    assert lacking(realised, before=S.IN_FOLLOW_UP, actions=2, open_actions=0) == []


def test_reopening_needs_a_reason_even_at_a_meeting() -> None:
    assert lacking(step(S.UNDER_DISCUSSION, has_meeting=True), before=S.REJECTED, actions=0, open_actions=0) == [
        Needs.REASON
    ]


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=12))
def test_allowed_mergers_never_form_a_cycle(attempts: list[tuple[int, int]]) -> None:
    merged: dict[int, int] = {}
    for proposal, survivor in attempts:
        if proposal not in merged and not would_form_cycle(proposal, survivor, merged):
            merged[proposal] = survivor

    for start in merged:
        seen, here = set(), start
        while here in merged:
            assert here not in seen
            seen.add(here)
            here = merged[here]


def test_every_status_can_be_reached() -> None:
    assert {after for afters in NEXT.values() for after in afters} | {S.SUBMITTED} == set(S)


def test_a_lineage_covers_all_generations_and_ends_in_spite_of_cycles() -> None:
    descents = [(3, 2), (2, 1), (4, 3), (5, 3), (1, 5), (9, 8)]

    assert lineage(3, descents[:4]) == {3: 0, 2: -1, 1: -2, 4: 1, 5: 1}
    assert set(lineage(3, descents)) == {1, 2, 3, 4, 5}


def test_indirect_mergers_are_included_once() -> None:
    assert all_merged_into(9, {1: 4, 4: 9, 2: 9, 7: 8}) == [2, 4, 1]
