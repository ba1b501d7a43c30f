"""Steps recorded for the day they happened: random steps on random days never stand before what they follow."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tracker.actions import commands as actions
from tracker.actions import queries as actions_asked
from tracker.actions.changes import commands as steering
from tracker.actions.commands import ActionDraft, Origin, Report
from tracker.actions.models import ActionItem
from tracker.actions.rules import NEXT, ActionStatus, HoldKind
from tracker.audit.models import Event
from tracker.core.actor import Actor, Role, acting
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.proposals import commands as proposals
from tracker.proposals import queries as proposals_asked
from tracker.proposals.commands import Move, ProposalDraft
from tracker.proposals.models import Proposal
from tracker.proposals.rules import NEXT as NEXT_OF_PROPOSAL
from tracker.proposals.rules import NotActionableReason, ProposalStatus, Step

NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)
TODAY, BEGUN = date(2026, 11, 28), date(2026, 11, 8)
ONE = Actor(account_id=None, name="Satu", roles=frozenset(Role))
RUNS, STEPS = 30, 15


def some_day(chance: random.Random) -> date:
    """Mostly a possible one; sometimes before the beginning or still to come."""
    return BEGUN + timedelta(days=chance.randint(-3, 23))


def step_of_action(action: ActionItem, day: date, chance: random.Random) -> Callable[[], object]:
    to = chance.choice(sorted(NEXT[action.status]) or sorted(ActionStatus))
    code = NotActionableReason.OTHER if to is ActionStatus.NOT_ACTIONABLE else None
    told = Report(
        on=day,
        progress_note="Catatan",
        percent=chance.randint(0, 100),
        evidence="Nota",
        is_finished=chance.random() < 0.2,
    )
    held = steering.HoldDraft(kind=HoldKind.BLOCKED, waiting_for="Anggaran", since=day)
    return chance.choice([
        lambda: actions.move_action(
            action, to, reason="Alasan", evidence="Nota", reason_code=code, on=day, by=ONE, at=NOW),
        lambda: actions.report_progress(action, told, by=ONE, at=NOW),
        lambda: steering.hold(action, held, by=ONE, at=NOW),
        lambda: steering.release(action, on=day, by=ONE, at=NOW),
    ])  # fmt: skip


def step_of_proposal(proposal: Proposal, day: date, chance: random.Random) -> Callable[[], object]:
    possible = sorted(NEXT_OF_PROPOSAL[proposal.status] - {ProposalStatus.MERGED}) or sorted(ProposalStatus)
    step = Step(
        to=chance.choice(possible), on=day, reason="Alasan", reason_code=NotActionableReason.OTHER, has_authority=True,
        revisit_on=day + timedelta(days=30), has_meeting=True, evidence="Nota",
    )  # fmt: skip
    moved = lambda: proposals.move_proposal(  # noqa: E731
        proposal, Move(step=step), by=ONE, at=NOW)  # fmt: skip
    raised = ProposalDraft(title_id="Judul", gist_id="Isi", raised_on=day, source_note="Surat")
    return chance.choice([moved, moved, lambda: proposals.edit_proposal(proposal, raised, by=ONE, at=NOW)])


def steps_told(subject: ActionItem | Proposal) -> list[date]:
    told = select(Event.on).filter_by(subject=subject.__tablename__, subject_id=subject.id)
    return list(db.session.scalars(told.where(Event.verb.startswith("moved_")).order_by(Event.id)))


def state(row: ActionItem | Proposal) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


Row = ActionItem | Proposal
Maker = Callable[[Any, date, random.Random], Callable[[], object]]


def attempt(load: Callable[[], Row], make: Maker, chance: random.Random) -> bool:
    """Take a step on some day; where it is refused, nothing has changed."""
    db.session.flush()
    db.session.expire_all()
    row = load()
    before, step = (state(row), len(steps_told(row))), make(row, some_day(chance), chance)
    nested = db.session.begin_nested()
    try:
        step()
        db.session.flush()
    except NotPossible:
        nested.rollback()
        row = load()
        assert (state(row), len(steps_told(row))) == before
        return False
    nested.commit()
    return True


@pytest.mark.parametrize("seed", [1, 2])
def test_no_step_stands_before_what_it_follows_or_on_a_day_still_to_come(app: Flask, seed: int) -> None:
    chance, taken = random.Random(seed), 0
    with app.app_context(), unrestricted(), acting(ONE):
        for _ in range(RUNS):
            raised = ProposalDraft(title_id="Judul", gist_id="Isi", raised_on=BEGUN, source_note="Surat")
            proposal_id = proposals.propose(raised, by=ONE, at=NOW).id
            origin = Origin(proposal_id=proposal_id)
            action_id = actions.assign_action(
                ActionDraft(text_id="Kerjakan"), origin, None, on=BEGUN, by=ONE, at=NOW
            ).id
            for _ in range(STEPS):
                taken += attempt(lambda number=action_id: actions_asked.in_full(number), step_of_action, chance)
                taken += attempt(lambda number=proposal_id: proposals_asked.in_full(number), step_of_proposal, chance)

            db.session.expire_all()
            action, proposal = actions_asked.in_full(action_id), proposals_asked.in_full(proposal_id)
            for row, begun in ((action, action.assigned_on), (proposal, proposal.raised_on)):
                days = [begun, *steps_told(row)]
                assert days == sorted(days), row
                assert days[-1] <= TODAY
                assert row.status_since == days[-1], row
            assert action.closed_on in {None, action.status_since}
            held = [day for one in action.holds for day in (one.since, one.ended_on or TODAY)]
            assert held == sorted(held)
            assert all(day >= action.assigned_on for day in held)
        db.session.rollback()
    assert taken > RUNS * STEPS / 2
