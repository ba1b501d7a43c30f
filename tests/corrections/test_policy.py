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
def test_words_are_frozen_once_something_rests_on_them(status: Any) -> None:
    thing: Decidable = ActionItem(status=status) if isinstance(status, ActionStatus) else Proposal(status=status)

    assert thing.is_decided == (status in CLOSED or status not in {*ActionStatus, *AWAITING_DECISION})


@pytest.mark.parametrize("kind", KINDS)
def test_a_correction_is_answered_by_who_decides_and_never_by_who_corrected(kind: type[Decidable]) -> None:
    thing, judge = kind(), KINDS[kind]

    assert allowed(lambda actor: policy.may_put_back(actor, thing)) == {S, judge}
    assert allowed(lambda actor: policy.may_confirm(actor, thing, frozenset())) == {judge}
    for part in Part:
        assert allowed(lambda actor, part=part: policy.may_confirm(actor, thing, {part})) == (
            set() if part in thing.not_judged_by else {judge}
        )
        assert part is not Part.CORRECTED or part in thing.not_judged_by


def test_every_kind_has_its_words() -> None:
    assert set(Decidable.__subclasses__()) == set(KINDS)
    for kind in KINDS:
        assert all(column(kind.__tablename__, name) for name in kind.decided_words)
        assert kind.__tablename__ in EVENTS
