"""Steps are recorded with the day on which they happened; random steps are never dated before the previous one."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tracker.actions import commands as actions
from tracker.actions import queries as action_queries
from tracker.actions.changes import commands as changes
from tracker.actions.commands import ActionDraft, Origin, Report
from tracker.actions.models import ActionItem
from tracker.actions.rules import NEXT, ActionStatus, HoldKind
from tracker.audit.models import Event
from tracker.core.actor import Actor, Role, acting
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.proposals import commands as proposals
from tracker.proposals import queries as proposal_queries
from tracker.proposals.commands import Move, ProposalDraft
from tracker.proposals.models import Proposal
from tracker.proposals.rules import NEXT as NEXT_OF_PROPOSAL
from tracker.proposals.rules import NotActionableReason, ProposalStatus, Step

NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)
TODAY, START = date(2026, 11, 28), date(2026, 11, 8)
ACTOR = Actor(account_id=None, name="Satu", roles=frozenset(Role))
RUNS, STEPS = 30, 15


def some_day(chance: random.Random) -> date:
    """Usually a valid day; sometimes before the start or in the future."""
    return START + timedelta(days=chance.randint(-3, 23))


def step_of_action(action: ActionItem, day: date, chance: random.Random) -> Callable[[], object]:
    to = chance.choice(sorted(NEXT[action.status]) or sorted(ActionStatus))
    code = NotActionableReason.OTHER if to is ActionStatus.NOT_ACTIONABLE else None
    report = Report(
        on=day,
        progress_note="Catatan",
        percent=chance.randint(0, 100),
        evidence="Nota",
        is_finished=chance.random() < 0.2,
    )
    hold = changes.HoldDraft(kind=HoldKind.BLOCKED, waiting_for="Anggaran", since=day)
    return chance.choice([
        lambda: actions.move_action(
            action, to, reason="Alasan", evidence="Nota", reason_code=code, on=day, by=ACTOR, at=NOW),
        lambda: actions.report_progress(action, report, by=ACTOR, at=NOW),
        lambda: changes.hold(action, hold, by=ACTOR, at=NOW),
        lambda: changes.release(action, on=day, by=ACTOR, at=NOW),
    ])  # fmt: skip


def step_of_proposal(proposal: Proposal, day: date, chance: random.Random) -> Callable[[], object]:
    possible = sorted(NEXT_OF_PROPOSAL[proposal.status] - {ProposalStatus.MERGED}) or sorted(ProposalStatus)
    step = Step(
        to=chance.choice(possible), on=day, reason="Alasan", reason_code=NotActionableReason.OTHER, has_authority=True,
        revisit_on=day + timedelta(days=30), has_meeting=True, evidence="Nota",
    )  # fmt: skip
    move = lambda: proposals.move_proposal(  # noqa: E731
        proposal, Move(step=step), by=ACTOR, at=NOW)  # fmt: skip
    draft = ProposalDraft(title_id="Judul", gist_id="Isi", raised_on=day, source_note="Surat")
    return chance.choice([move, move, lambda: proposals.edit_proposal(proposal, draft, by=ACTOR, at=NOW)])


def days_of_steps(subject: ActionItem | Proposal) -> list[date]:
    query = select(Event.on).filter_by(subject=subject.__tablename__, subject_id=subject.id)
    return list(db.session.scalars(query.where(Event.verb.startswith("moved_")).order_by(Event.id)))


def state(row: ActionItem | Proposal) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


Row = ActionItem | Proposal
Maker = Callable[[Any, date, random.Random], Callable[[], object]]


def attempt(load: Callable[[], Row], make: Maker, chance: random.Random) -> bool:
    """Try a step on a random day and return whether it was accepted. A refused step changes nothing."""
    db.session.flush()
    db.session.expire_all()
    row = load()
    before, step = (state(row), len(days_of_steps(row))), make(row, some_day(chance), chance)
    nested = db.session.begin_nested()
    try:
        step()
        db.session.flush()
    except NotPossible:
        nested.rollback()
        row = load()
        assert (state(row), len(days_of_steps(row))) == before
        return False
    nested.commit()
    return True


@pytest.mark.repeated_later
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_no_step_is_dated_before_the_previous_one_or_in_the_future(app: Flask, seed: int) -> None:
    chance, taken = random.Random(seed), 0
    with app.app_context(), unrestricted(), acting(ACTOR):
        for _ in range(RUNS):
            draft = ProposalDraft(title_id="Judul", gist_id="Isi", raised_on=START, source_note="Surat")
            proposal_id = proposals.propose(draft, by=ACTOR, at=NOW).id
            origin = Origin(proposal_id=proposal_id)
            action_id = actions.assign_action(
                ActionDraft(text_id="Kerjakan"), origin, None, on=START, by=ACTOR, at=NOW
            ).id
            for _ in range(STEPS):
                taken += attempt(lambda row_id=action_id: action_queries.in_full(row_id), step_of_action, chance)
                taken += attempt(lambda row_id=proposal_id: proposal_queries.in_full(row_id), step_of_proposal, chance)

            db.session.expire_all()
            action, proposal = action_queries.in_full(action_id), proposal_queries.in_full(proposal_id)
            for row, start in ((action, action.assigned_on), (proposal, proposal.raised_on)):
                days = [start, *days_of_steps(row)]
                assert days == sorted(days), row
                assert days[-1] <= TODAY
                assert row.status_since == days[-1], row
            assert action.closed_on in {None, action.status_since}
            hold_days = [day for hold in action.holds for day in (hold.since, hold.ended_on or TODAY)]
            assert hold_days == sorted(hold_days)
            assert all(day >= action.assigned_on for day in hold_days)
        db.session.rollback()
    assert taken > RUNS * STEPS / 2
