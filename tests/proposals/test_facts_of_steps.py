"""The check of a step counts all actions of the proposal, whatever the viewer may see."""

from datetime import date, datetime

import pytest
from flask import Flask

from tracker.actions import commands as actions
from tracker.actions.commands import ActionDraft, Origin
from tracker.actions.rules import ActionStatus
from tracker.core.actor import Actor, Classification, Role
from tracker.core.clock import Zone
from tracker.core.visibility import unrestricted
from tracker.proposals import commands, queries
from tracker.proposals.commands import ProposalDraft
from tracker.proposals.rules import Needs, ProposalStatus, Step

AT = datetime(2026, 11, 27, 9, tzinfo=Zone.WIB.info)
ACTOR = Actor(account_id=None, name="Satu", roles=frozenset(Role))


@pytest.mark.parametrize("level", Classification)
def test_open_actions_count_even_if_the_viewer_may_not_see_them(app: Flask, level: Classification) -> None:
    with app.app_context():
        _check_steps(level)


def _check_steps(level: Classification) -> None:
    draft = ProposalDraft(title_id="Judul", gist_id="Isi", raised_on=date(2026, 11, 2), source_note="Surat")
    with unrestricted():
        proposal = queries.in_full(commands.propose(draft, by=ACTOR, at=AT).id)
    realised = Step(to=ProposalStatus.REALISED, on=AT.date(), evidence="Nota")
    followed_up = Step(to=ProposalStatus.IN_FOLLOW_UP, on=AT.date())
    assert queries.lacking(proposal, followed_up) == [Needs.ACTION]
    with unrestricted():
        task, origin = ActionDraft(text_id="Tugas", classification=level), Origin(proposal_id=proposal.id)
        action = actions.assign_action(task, origin, None, on=AT.date(), by=ACTOR, at=AT)

    assert queries.lacking(proposal, followed_up) == []
    assert queries.lacking(proposal, realised) == [Needs.NO_OPEN_ACTION]
    with unrestricted():
        actions.move_action(action, ActionStatus.CANCELLED, reason="Batal", evidence=None, by=ACTOR, at=AT)
    assert queries.lacking(proposal, realised) == []
