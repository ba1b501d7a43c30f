from datetime import date

import pytest

from tracker.actions.rules import ActionStatus
from tracker.answers.rules import (
    Change,
    Holder,
    HolderKind,
    Turn,
    days_by_holder,
    holder_of_action,
    holder_of_proposal,
    turns,
)
from tracker.proposals.rules import ProposalStatus

S, A = ProposalStatus, ActionStatus
CHIEF, UNIT = Holder(HolderKind.POST, "Dirjen"), Holder(HolderKind.UNIT, "Setditjen")
RATNA, BUDI = Holder(HolderKind.PERSON, "Ratna"), Holder(HolderKind.PERSON, "Budi")
OUTSIDE = Holder(HolderKind.OUTSIDE, "Kementerian PANRB")


@pytest.mark.parametrize(
    ("status", "authority", "unit", "working", "holder"),
    [
        (S.SUBMITTED, CHIEF, UNIT, [], CHIEF),
        (S.UNDER_DISCUSSION, None, UNIT, [], None),
        (S.DEFERRED, CHIEF, None, [], CHIEF),
        (S.APPROVED, CHIEF, UNIT, [], UNIT),
        (S.APPROVED, CHIEF, None, [], None),
        (S.IN_FOLLOW_UP, CHIEF, UNIT, [RATNA, RATNA], RATNA),
        (S.IN_FOLLOW_UP, CHIEF, UNIT, [RATNA, BUDI], UNIT),
        (S.IN_FOLLOW_UP, CHIEF, None, [], None),
        *((closed, CHIEF, UNIT, [RATNA], None) for closed in (S.REALISED, S.REJECTED, S.MERGED, S.WITHDRAWN)),
    ],
)
def test_who_has_to_act_follows_from_the_facts_or_stays_unknown(
    status: S, authority: Holder | None, unit: Holder | None, working: list[Holder], holder: Holder | None
) -> None:
    assert holder_of_proposal(status, authority=authority, unit=unit, working=working) == holder


@pytest.mark.parametrize(
    ("status", "pic", "unit", "holder"),
    [
        (A.NOT_STARTED, RATNA, UNIT, RATNA),
        (A.IN_PROGRESS, None, UNIT, UNIT),
        (A.IN_PROGRESS, None, None, None),
        (A.AWAITING_VERIFICATION, RATNA, UNIT, Holder(HolderKind.VERIFIER)),
        *((closed, RATNA, UNIT, None) for closed in (A.COMPLETED, A.NOT_ACTIONABLE, A.CANCELLED)),
    ],
)
def test_an_action_waits_for_whoever_is_in_charge_or_verifies(
    status: A, pic: Holder | None, unit: Holder | None, holder: Holder | None
) -> None:
    assert holder_of_action(status, pic=pic, unit=unit) == holder


def test_turns_follow_each_other_and_neighbours_in_the_same_hands_are_one() -> None:
    told = turns(
        [
            Change(date(2026, 1, 1), CHIEF), Change(date(2026, 1, 11), CHIEF), Change(date(2026, 3, 1), None),
            Change(date(2026, 2, 1), OUTSIDE, "Surat 12"),
        ],
        None,
    )  # fmt: skip

    assert told == [
        Turn(CHIEF, date(2026, 1, 1), date(2026, 2, 1)),
        Turn(OUTSIDE, date(2026, 2, 1), date(2026, 3, 1), "Surat 12"),
        Turn(None, date(2026, 3, 1), None),
    ]
    assert [turn.days(date(2026, 3, 11)) for turn in told] == [31, 28, 10]
    assert days_by_holder([*told, Turn(CHIEF, date(2026, 3, 5), None)], date(2026, 3, 11)) == {CHIEF: 37, OUTSIDE: 28}


def test_where_the_beginning_is_unknown_so_are_the_days() -> None:
    assert Turn(OUTSIDE, None, None).days(date(2026, 3, 11)) is None
