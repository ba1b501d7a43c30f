"""Tallies equal a fresh count after any history, and nobody is told what they may not know."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.depth import runs
from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN, ActionStatus
from tracker.core import clock, tallies
from tracker.core.actor import SYSTEM, Actor, Classification, acting
from tracker.core.db import db
from tracker.core.tallies import Tally
from tracker.core.visibility import unrestricted
from tracker.people.models import OrgUnit, Person
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus

STATUSES = [ProposalStatus.SUBMITTED, ProposalStatus.UNDER_DISCUSSION, ProposalStatus.APPROVED, ProposalStatus.REALISED]
LEVELS = [Classification.ORDINARY, Classification.ORDINARY, Classification.RESTRICTED, Classification.SECRET]
TRANSACTIONS, STEPS = 12, 6


class History:
    """Random changes of actions and proposals, some of them undone."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.units: Sequence[OrgUnit] = db.session.scalars(select(OrgUnit).order_by(OrgUnit.id).limit(4)).all()
        self.person_ids = db.session.scalars(select(Person.id).order_by(Person.id).limit(3)).all()
        self.added = 0

    def transaction(self) -> None:
        for _ in range(STEPS):
            if self.chance.random() < 0.25:
                self.savepoint()
            else:
                self.step()
            if self.chance.random() < 0.5:
                db.session.flush()
        if self.chance.random() < 0.2:
            db.session.rollback()
        else:
            db.session.commit()

    def savepoint(self) -> None:
        savepoint = db.session.begin_nested()
        self.step()
        self.step()
        if self.chance.random() < 0.5:
            savepoint.rollback()
        else:
            savepoint.commit()

    def step(self) -> None:
        self.chance.choice([self.change_action, self.change_action, self.add_action, self.remove_action,
                            self.change_proposal])()  # fmt: skip

    def day(self) -> date | None:
        return self.chance.choice([None, clock.today() + timedelta(days=self.chance.randint(-500, 60))])

    def one_of(self, model: Any) -> Any:
        return db.session.get_one(model, self.chance.choice(db.session.scalars(select(model.id)).all()))

    def fill(self, action: ActionItem) -> None:
        action.status = self.chance.choice(list(ActionStatus))
        action.original_due_on, action.due_on = self.chance.choice(
            [(None, None), (self.day() or clock.today(), self.day())]
        )
        closed_on = clock.today() - timedelta(days=self.chance.randint(0, 400))
        action.closed_on = None if action.status in OPEN else closed_on
        action.verified_at = clock.now() if action.status == ActionStatus.COMPLETED else None
        action.classification = self.chance.choice(LEVELS)
        action.pic_id = self.chance.choice(self.person_ids)
        if self.chance.random() < 0.5:
            action.responsible_unit = self.chance.choice([None, *self.units])
        else:
            action.responsible_unit_id = self.chance.choice(self.units).id

    def change_action(self) -> None:
        self.fill(self.one_of(ActionItem))

    def add_action(self) -> None:
        self.added += 1
        today = clock.today()
        action = ActionItem(
            code=f"TL-ACAK-{self.added}-{self.chance.random()}", text_id="Acak", status_since=today, assigned_on=today,
            meeting_id=1,
        )  # fmt: skip
        self.fill(action)
        db.session.add(action)

    def remove_action(self) -> None:
        added = db.session.scalars(select(ActionItem).where(ActionItem.text_id == "Acak")).all()
        if added:
            db.session.delete(self.chance.choice(added))

    def change_proposal(self) -> None:
        proposal = self.one_of(Proposal)
        if proposal.status not in (ProposalStatus.MERGED, ProposalStatus.DEFERRED):
            proposal.status = self.chance.choice(STATUSES)
        proposal.classification = self.chance.choice(LEVELS)


def by_hand(today: date) -> tuple[dict[int, tuple[int, ...]], Counter[ProposalStatus]]:
    """Of the rows that the actor sees: figures of each unit, and proposals by status."""
    units: dict[int, Counter[str]] = {}
    for row in db.session.scalars(select(ActionItem)):
        counts = units.setdefault(row.responsible_unit_id or 0, Counter())
        is_open, is_done = row.status in OPEN, row.status == ActionStatus.COMPLETED
        counts["unfinished"] += is_open
        for name, promised in (("first", row.original_due_on), ("last", row.due_on)):
            is_late = bool(is_open and promised and promised < today)
            counts[f"{name} met"] += bool(is_done and promised and row.closed_on and row.closed_on <= promised)
            counts[f"{name} due"] += is_late or bool(is_done and promised)
            counts[f"{name} late"] += is_late
    names = ("unfinished", "last late", "first met", "first due", "last met", "last due")
    figures = {unit: tuple(counts[name] for name in names) for unit, counts in units.items()}
    return {unit: counts for unit, counts in figures.items() if any(counts)}, Counter(
        row.status for row in db.session.scalars(select(Proposal)) if row.status != ProposalStatus.MERGED
    )


def shown(today: date) -> tuple[dict[int, tuple[int, ...]], Counter[ProposalStatus]]:
    figures = {
        row.unit.id if row.unit else 0: (row.unfinished, row.overdue, row.first.met, row.first.due, row.last.met,
                                         row.last.due)
        for row in actions.by_unit(today)
    }  # fmt: skip
    counts = proposals.count_by_status()
    return {unit: numbers for unit, numbers in figures.items() if any(numbers)}, Counter(counts)


@pytest.mark.timeout(1800)
@runs("TALLY_RUNS", 2, in_depth=60)
def test_tallies_equal_a_fresh_count_for_every_reader_after_any_history(app: Flask, runs: int) -> None:
    for seed in range(runs):
        with app.app_context(), acting(SYSTEM), unrestricted():
            history = History(seed)
            for _ in range(TRANSACTIONS):
                history.transaction()
                assert list(tallies.differences()) == [], f"seed {seed}"
        readers = [
            Actor(account_id=9_999, name="Pembaca"),
            *(Actor(account_id=9_999, name="Pejabat", person_id=person_id, clearance=level)
              for person_id in history.person_ids for level in (Classification.RESTRICTED, Classification.SECRET)),
        ]  # fmt: skip
        for reader in readers:
            for days in (-400, -31, -1, 0, 1, 40):
                today = clock.today() + timedelta(days=days)
                with app.app_context(), acting(reader):
                    assert shown(today) == by_hand(today), f"seed {seed}, {reader}, {today}"


def test_check_tells_a_wrong_tally_and_counting_anew_mends_it(app: Flask) -> None:
    with app.app_context():
        db.session.execute(text("UPDATE tally SET count = count + 3 WHERE kind = 'unit.due'"))
        db.session.commit()
    runner = app.test_cli_runner()

    told = runner.invoke(args=["check"])
    assert (told.exit_code, "unit.due" in told.stderr, "-3" in told.stderr) == (1, True, True), told.output

    assert runner.invoke(args=["count"]).exit_code == 0
    with app.app_context():
        assert list(tallies.differences()) == []


def test_a_classified_row_is_in_no_tally(app: Flask) -> None:
    with app.app_context(), acting(SYSTEM), unrestricted():
        for action in db.session.scalars(select(ActionItem)):
            action.classification = Classification.RESTRICTED
        db.session.commit()

        kinds = select(Tally.kind).where(Tally.count > 0).distinct()
        assert not [kind for kind in db.session.scalars(kinds) if kind.startswith("unit.")]
