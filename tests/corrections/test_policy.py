from typing import Any

import pytest

from tests.policies import D, R, S, allowed
from tracker.actions.models import ActionItem
from tracker.actions.rules import CLOSED, ActionStatus
from tracker.audit.labels.columns import column
from tracker.audit.rules import Part
from tracker.corrections import policy
from tracker.corrections.labels import EVENTS
from tracker.corrections.models import Decidable
from tracker.proposals.models import Proposal
from tracker.proposals.rules import AWAITING_DECISION, ProposalStatus

KINDS = {Proposal: D, ActionItem: R}


@pytest.mark.parametrize("status", [*ProposalStatus, *ActionStatus])
def test_statuses_in_which_texts_are_decided(status: Any) -> None:
    row: Decidable = ActionItem(status=status) if isinstance(status, ActionStatus) else Proposal(status=status)

    assert row.is_decided == (status in CLOSED or status not in {*ActionStatus, *AWAITING_DECISION})


@pytest.mark.parametrize("kind", KINDS)
def test_judges_answer_corrections_but_not_their_own(kind: type[Decidable]) -> None:
    row, judge = kind(), KINDS[kind]

    assert allowed(lambda actor: policy.may_put_back(actor, row)) == {S, judge}
    assert allowed(lambda actor: policy.may_confirm(actor, row, frozenset())) == {judge}
    for part in Part:
        assert allowed(lambda actor, part=part: policy.may_confirm(actor, row, {part})) == (
            set() if part in row.not_judged_by else {judge}
        )
        assert part is not Part.CORRECTED or part in row.not_judged_by


def test_every_decidable_table_has_labels() -> None:
    assert set(Decidable.__subclasses__()) == set(KINDS)
    for kind in KINDS:
        assert all(column(kind.__tablename__, name) for name in kind.decided_columns)
        assert kind.__tablename__ in EVENTS
