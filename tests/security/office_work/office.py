"""The office: its accounts and registers, and running commands as somebody at a given time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import time_machine
from flask import Flask, current_app
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, selectinload

from tests.security.office_work.matters import Matter, matters_of
from tracker.accounts.commands import AccountDraft, hasher, open_account
from tracker.accounts.models import Account
from tracker.accounts.queries import as_actor
from tracker.actions import queries as action_queries
from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.core.actor import SYSTEM, Actor, Classification, Role, acting
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.transactions import commit
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meeting_queries
from tracker.meetings.commands import AttendanceDraft, MeetingDraft, StatementDraft
from tracker.meetings.models import Meeting
from tracker.meetings.rules import AttendanceRole, StatementKind
from tracker.people import commands as people
from tracker.proposals import queries as proposal_queries
from tracker.proposals.models import Proposal
from tracker.targets import commands as targets
from tracker.targets.rules import DocumentKind, ObjectiveLevel, TargetState

PASSWORD = "sandi-untuk-percobaan"
SECRETARY, REVIEWER, DECISION_MAKER = "sekretaris", "penelaah", "pimpinan"
#: Accounts without clearance: one that takes part in nothing, and one that takes part in everything.
READER, PARTICIPANT = "pembaca", "peserta"
_ACCOUNTS: dict[str, tuple[frozenset[Role], Classification]] = {
    SECRETARY: (frozenset({Role.SECRETARIAT}), Classification.TOP_SECRET),
    REVIEWER: (frozenset({Role.REVIEWER}), Classification.TOP_SECRET),
    DECISION_MAKER: (frozenset({Role.DECISION_MAKER}), Classification.TOP_SECRET),
    READER: (frozenset({Role.READER}), Classification.ORDINARY),
    PARTICIPANT: (frozenset({Role.REVIEWER, Role.PIC, Role.ADVISER}), Classification.ORDINARY),
}


class Office:
    """Runs commands in an empty database. `set_up` must run first."""

    def __init__(self, app: Flask, seed: int, *, with_secret: bool) -> None:
        self.app = app
        self.matters = [matter for matter in matters_of(seed) if with_secret or not matter.is_secret]
        #: Ids of rows stored for secret matters, by table.
        self.secret_rows: dict[str, set[int]] = {}
        self.refused: list[str] = []
        self._is_secret = False
        self.units: tuple[int, int] = (0, 0)
        self.persons: dict[str, int] = {}
        self.post = self.target = self.shared_meeting = self.review_meeting = 0

    def set_up(self) -> None:
        """Create units, a post, accounts, a target, and the meeting that matters without their own share."""
        at = clock.now()
        with acting(SYSTEM):
            unit = people.add_unit(people.UnitDraft(name_id="Direktorat"), by=SYSTEM, at=at)
            other = people.add_unit(people.UnitDraft(name_id="Sekretariat"), by=SYSTEM, at=at)
            post = people.add_position(people.PositionDraft(title_id="Direktur", unit_id=unit.id), by=SYSTEM, at=at)
            using = hasher(current_app.extensions["settings"])
            for name, (roles, clearance) in _ACCOUNTS.items():
                person = people.add_person(people.PersonDraft(name=f"Si {name.title()}"), by=SYSTEM, at=at)
                self.persons[name] = person.id
                draft = AccountDraft(
                    username=name,
                    display_name=name.title(),
                    roles=roles,
                    clearance=clearance,
                    person_id=person.id,
                    email=f"{name}@example.org",
                )
                open_account(draft, PASSWORD, using=using, by=SYSTEM, at=at)
            people.add_holding(post, people.HoldingDraft(person_id=self.persons[DECISION_MAKER]), by=SYSTEM, at=at)
            self.units, self.post, self.target = (unit.id, other.id), post.id, _add_indicator(at)
            commit()
        self._hold_shared_meeting()

    def _hold_shared_meeting(self) -> None:
        draft = MeetingDraft(name_id="Rapat bersama", date=day_at(clock.now()), venue="Aula")
        opening = StatementDraft(kind=StatementKind.REMARK, gist_id="Pembukaan")
        self.shared_meeting = self.do(
            SECRETARY,
            lambda by: meetings.log_meeting(draft, self.attendance(), ["Lain-lain"], by=by, at=clock.now()),
        )
        self.do(
            SECRETARY,
            lambda by: meetings.add_statement(
                meeting_queries.meeting(self.shared_meeting), opening, by=by, at=clock.now()
            ),
        )

    def attendance(self) -> list[AttendanceDraft]:
        return [
            AttendanceDraft(person_id=self.persons[DECISION_MAKER], role=AttendanceRole.CHAIR),
            AttendanceDraft(person_id=self.persons[SECRETARY], role=AttendanceRole.MINUTE_TAKER),
            AttendanceDraft(person_id=self.persons[PARTICIPANT]),
        ]

    def do(self, name: str, command: Callable[[Actor], Any]) -> Any:
        """Run a command as this account and commit; the id of its result (or 0), or None if it was refused."""
        actor = as_actor(
            db.session.scalars(select(Account).filter_by(username=name).options(selectinload(Account.roles))).one()
        )
        with acting(actor):
            try:
                result = command(actor)
                db.session.flush()
                row_id = getattr(result, "id", 0)
                commit()
            except NotPossible as refused:
                db.session.rollback()
                self.refused.append(str(refused))
                return None
        return row_id

    def at_time(self, day: datetime, minute: int, work: Callable[[], None], matter: Matter | None = None) -> None:
        """Run work at a fixed moment, each matter three minutes after the one before."""
        moment = day.replace(hour=4, minute=0, second=0, microsecond=0) + timedelta(minutes=3 * minute)
        is_secret = matter is not None and matter.is_secret
        with time_machine.travel(moment, tick=False), self.marked_secret(is_secret):
            work()
        db.session.remove()

    @contextmanager
    def marked_secret(self, is_secret: bool) -> Iterator[None]:
        """Whether rows stored within belong to the secret part."""
        before, self._is_secret = self._is_secret, is_secret
        try:
            yield
        finally:
            self._is_secret = before

    @contextmanager
    def recording_secret_rows(self) -> Iterator[None]:
        def record(session: Session, _: object) -> None:
            for row in session.new:
                row_id = inspect(row).mapper.primary_key_from_instance(row)[0]
                rows = self.secret_rows.setdefault(row.__tablename__, set())
                # An id can be used again after a rollback, by a row that is not secret.
                (rows.add if self._is_secret else rows.discard)(row_id)

        event.listen(db.session, "after_flush", record)
        try:
            yield
        finally:
            event.remove(db.session, "after_flush", record)

    def meeting_of(self, matter: Matter) -> Meeting:
        return meeting_queries.meeting(matter.meeting, to_change=True)

    def proposal_of(self, matter: Matter) -> Proposal:
        return proposal_queries.in_full(matter.proposals[0], to_change=True)

    def action_of(self, matter: Matter, index: int = 0) -> ActionItem:
        return action_queries.in_full(matter.actions[index], to_change=True)


def _add_indicator(at: datetime) -> int:
    document = targets.add_target(
        targets.DocumentDraft(
            name_id="Target", document_kind=DocumentKind.PERFORMANCE_TARGET, year_from=2026, year_to=2026
        ),
        by=SYSTEM,
        at=at,
    )
    objective = targets.add_target(
        targets.ObjectiveDraft(name_id="Sasaran", level=ObjectiveLevel.PROGRAMME, document_id=document.id),
        by=SYSTEM,
        at=at,
        state=TargetState.IN_FORCE,
    )
    indicator = targets.add_target(
        targets.IndicatorDraft(name_id="Indikator", document_id=document.id, objective_id=objective.id),
        by=SYSTEM,
        at=at,
        state=TargetState.ACTIVE,
    )
    return indicator.id
