from datetime import date

import pytest

from tracker.actions.rules import ActionStatus
from tracker.proposals.rules import ProposalStatus
from tracker.status.rules import (
    Change,
    Charge,
    Holder,
    HolderKind,
    Moment,
    Responsibility,
    changes,
    days_by_holder,
    holder_of_action,
    holder_of_proposal,
    over_time,
    responsibilities,
    working,
)

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
def test_the_holder_follows_from_the_facts_or_is_unknown(
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
def test_the_holder_of_an_action_is_in_charge_or_the_verifier(
    status: A, pic: Holder | None, unit: Holder | None, holder: Holder | None
) -> None:
    assert holder_of_action(status, pic=pic, unit=unit) == holder


def test_adjacent_periods_with_the_same_holder_are_merged() -> None:
    told = responsibilities(
        [
            Change(date(2026, 1, 1), CHIEF), Change(date(2026, 1, 11), CHIEF), Change(date(2026, 3, 1), None),
            Change(date(2026, 2, 1), OUTSIDE, "Surat 12"),
        ],
        is_open=True,
    )  # fmt: skip

    assert told == [
        Responsibility(CHIEF, date(2026, 1, 1), date(2026, 2, 1)),
        Responsibility(OUTSIDE, date(2026, 2, 1), date(2026, 3, 1), "Surat 12"),
        Responsibility(None, date(2026, 3, 1), None),
    ]
    assert [period.days(date(2026, 3, 11)) for period in told] == [31, 28, 10]
    again = Responsibility(CHIEF, date(2026, 3, 5), None)
    assert days_by_holder([*told, again], date(2026, 3, 11)) == {
        CHIEF: 37,
        OUTSIDE: 28,
    }


def test_days_are_unknown_if_the_start_is_unknown() -> None:
    assert Responsibility(OUTSIDE, None, None).days(date(2026, 3, 11)) is None


def test_closed_subjects_have_no_holder_and_their_last_period_ends() -> None:
    told = [Change(date(2026, 1, 1), RATNA), Change(date(2026, 1, 9), None)]

    assert responsibilities(told, is_open=False) == [Responsibility(RATNA, date(2026, 1, 1), date(2026, 1, 9))]
    assert responsibilities(told, is_open=True)[-1] == Responsibility(None, date(2026, 1, 9), None)
    assert responsibilities([Change(date(2026, 1, 1), None)], is_open=False) == []
    assert responsibilities([], is_open=True) == []


def test_former_holders_are_read_from_events_not_from_present_values() -> None:
    now = {"pic_id": 3, "unit_id": 7}
    birth, moved, other = {"pic_id": 1, "unit_id": 7}, {"pic_id": 2}, {"due_on": "2026-01-01"}

    assert over_time(now, [(None, birth), (other, other), (birth, moved), ("2026-01-01", "2026-02-01")]) == (
        birth, [birth, None, {"pic_id": 2, "unit_id": 7}, None],
    )  # fmt: skip
    assert over_time(now, [(None, None), ({"pic_id": 2}, {"pic_id": 3})])[0] == {"pic_id": 2, "unit_id": 7}
    assert over_time(now, []) == (now, [])


def test_a_period_ends_with_the_next_step_hand_over_or_change_of_responsibility() -> None:
    def day(number: int) -> date:
        return date(2026, 1, number)

    def derive(status: object, charge: Charge, _: date) -> Holder | None:
        return holder_of_action(A(str(status)), pic=charge.lead, unit=charge.unit)

    moments = [
        Moment(on=day(1), status=A.NOT_STARTED), Moment(on=day(4), charge=Charge(lead=BUDI, unit=UNIT), reason="Cuti"),
        Moment(on=day(6), handed_to=OUTSIDE), Moment(on=day(10), is_back=True), Moment(on=day(12), handed_to=OUTSIDE),
        Moment(on=day(13)), Moment(on=day(20), status=A.AWAITING_VERIFICATION), Moment(on=day(21), status=A.COMPLETED),
        Moment(on=day(21), is_back=True),
    ]  # fmt: skip

    told = responsibilities(changes(moments, Charge(lead=RATNA, unit=UNIT), derive), is_open=False)

    verifier = Holder(HolderKind.VERIFIER)
    assert [responsibility.holder for responsibility in told] == [RATNA, BUDI, OUTSIDE, BUDI, OUTSIDE, verifier]
    assert told[1].reason == "Cuti"
    assert days_by_holder(told, day(31)) == {RATNA: 3, BUDI: 4, OUTSIDE: 12, verifier: 1}


def test_only_started_and_unfinished_actions_count_as_working() -> None:
    first, second, third = date(2026, 1, 1), date(2026, 1, 5), date(2026, 1, 9)
    at_work = [
        [Responsibility(RATNA, first, second), Responsibility(BUDI, second, None)],
        [Responsibility(UNIT, second, third)],
    ]

    assert [working(at_work, day) for day in (first, second, third)] == [[RATNA], [BUDI, UNIT], [BUDI]]
