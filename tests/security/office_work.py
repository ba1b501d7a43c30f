"""Ordinary work of an office, made up by chance and done through the commands: what is to become secret, and the rest.

It is played in the same order, at the same moments and with the same words whether the secret part is in it or not.
Every text of a matter has a word that stands nowhere else.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from random import Random
from string import ascii_lowercase
from typing import Any

import time_machine
from flask import Flask, current_app
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, selectinload

from tracker.accounts.commands import AccountDraft, hasher, open_account
from tracker.accounts.models import Account
from tracker.accounts.queries import as_actor
from tracker.actions import commands as actions
from tracker.actions import queries as action_queries
from tracker.actions.changes import commands as steering
from tracker.actions.changes import queries as change_queries
from tracker.actions.models import ActionItem
from tracker.actions.rules import HoldKind
from tracker.attachments import queries as attachments_asked
from tracker.attachments.commands import Incoming, attach
from tracker.attachments.commands import remove as take_off
from tracker.attachments.rules import AttachmentKind
from tracker.calendar.holidays.rules import WEEK, week_of
from tracker.classification import commands as secrecy
from tracker.classification import queries as secrecy_asked
from tracker.core import clock
from tracker.core.actor import SYSTEM, Actor, Classification, Role, acting
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meetings_asked
from tracker.meetings.commands import AttendanceDraft, Bearings, MeetingDraft, StatementDraft
from tracker.meetings.commands.drafts import UNRELATED
from tracker.meetings.live import commands as live
from tracker.meetings.live.commands.deciding import decide as decide_by_line
from tracker.meetings.live.rules import Decision as LineDecision
from tracker.meetings.models import Meeting
from tracker.meetings.rules import AttendanceRole, Bearing, StatementKind
from tracker.meetings.series import commands as series
from tracker.minutes import commands as minutes
from tracker.people import commands as people
from tracker.proposals import commands as proposals
from tracker.proposals import queries as proposal_queries
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Attribution, Effect, LinkState, ProposalStatus, RelationKind, Step
from tracker.reviews import commands as reviews
from tracker.reviews import labels as review_labels
from tracker.reviews import queries as reviews_asked
from tracker.reviews import rules as review_rules
from tracker.reviews.commands import DecisionDraft, Plan
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import Decision
from tracker.status import commands as answers
from tracker.status.follows import commands as follows
from tracker.targets import commands as targets
from tracker.targets.rules import DocumentKind, ObjectiveLevel, TargetState

#: How every word of a text begins that is to become secret; and of every other.
SECRET, OPEN = "zrahasia", "zterbuka"
PASSWORD = "sandi-untuk-percobaan"
#: Who looks: one without a part in anything, and one who takes part in all of it; neither is cleared.
READER, PARTICIPANT = "pembaca", "peserta"
_ACCOUNTS: dict[str, tuple[frozenset[Role], Classification]] = {
    "sekretaris": (frozenset({Role.SECRETARIAT}), Classification.TOP_SECRET),
    "penelaah": (frozenset({Role.REVIEWER}), Classification.TOP_SECRET),
    "pimpinan": (frozenset({Role.DECISION_MAKER}), Classification.TOP_SECRET),
    READER: (frozenset({Role.READER}), Classification.ORDINARY),
    PARTICIPANT: (frozenset({Role.REVIEWER, Role.PIC, Role.ADVISER}), Classification.ORDINARY),
}


class Kind(StrEnum):
    """What of a matter is classified; all else that tells of it follows."""

    MEETING = "meeting"
    PROPOSAL = "proposal"
    LINE = "line"
    ACTION = "action"
    FILE = "file"


@dataclass
class Matter:
    """One thing that the office deals with, in a meeting of its own or in the one that all share."""

    number: int
    kind: Kind
    is_secret: bool
    chance: Random
    meeting: int = 0
    lines: list[int] = field(default_factory=list)
    proposals: list[int] = field(default_factory=list)
    actions: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    said: int = 0

    def text(self, about: str) -> str:
        """Words that tell of what they are about, and a word of their own."""
        self.said += 1
        return f"{about} {SECRET if self.is_secret else OPEN}{_letters(self.number)}{_letters(self.said)}"


def _letters(number: int) -> str:
    return ascii_lowercase[number // 26] + ascii_lowercase[number % 26]


def matters_of(seed: int, count: int = 7) -> list[Matter]:
    """What one history deals with: all that can be secret, some of it twice, and something of each that is not."""
    chance = Random(seed)  # invents work, guards nothing
    kinds = [*Kind, *chance.choices(list(Kind), k=max(0, count - len(Kind)))]
    chance.shuffle(kinds)
    rest = [Kind.MEETING, Kind.PROPOSAL, Kind.ACTION]
    found = [(kind, True) for kind in kinds] + [(kind, False) for kind in rest]
    chance.shuffle(found)
    return [
        Matter(number, kind, is_secret, Random(f"{seed}:{number}")) for number, (kind, is_secret) in enumerate(found)
    ]


class Office:
    """Plays a history into an empty database."""

    def __init__(self, app: Flask, seed: int, *, with_secret: bool) -> None:
        self.app, self.with_secret = app, with_secret
        self.matters = [one for one in matters_of(seed) if with_secret or not one.is_secret]
        #: What was stored by the secret part, by table.
        self.secret_rows: dict[str, set[int]] = {}
        self._is_secret = False
        self.refused: list[str] = []

    def play(self) -> None:
        """All of it, up to the moment at which parts of it are classified."""
        today = clock.now()
        with self.app.app_context(), self.heard():
            self.at_time(today - timedelta(days=40), 0, self.set_up)
            rounds: list[tuple[int, Callable[[Matter], None]]] = [
                (38, self._meet),
                (37, self.propose),
                (36, self._follow_up),
                (35, self._steer),
                (34, self._report),
                (33, self._decide),
                (32, self._rearrange),
            ]
            for days, deed in rounds:
                for one in self.matters:
                    self.at_time(today - timedelta(days=days), one.number, lambda one=one, deed=deed: deed(one), one)
            self.at_time(today - timedelta(days=21), 0, self.sit)
            for days, deed in ((20, self._afterwards), (19, self._minutes), (18, self._keep)):
                for one in self.matters:
                    self.at_time(today - timedelta(days=days), one.number, lambda one=one, deed=deed: deed(one), one)
            self.at_time(today - timedelta(days=17), 0, self._steer_several)
            self.at_time(today - timedelta(days=7), 0, self.sit)

    def classify(self, level: Classification) -> None:
        """All of the secret part."""
        chosen = {Kind.MEETING: ("meetings", "meeting"), Kind.LINE: ("statements", "lines"),
                  Kind.PROPOSAL: ("proposals", "proposals"), Kind.ACTION: ("actions", "actions"),
                  Kind.FILE: ("attachments", "files")}  # fmt: skip
        with self.app.app_context():
            for one in (one for one in self.matters if one.is_secret):
                kind, name = chosen[one.kind]
                numbers = getattr(one, name)
                self.classify_one((kind, numbers if isinstance(numbers, int) else numbers[0]), level, one)

    def classify_one(self, source: tuple[str, int], level: Classification, of: Matter) -> None:
        """Through the command, with all that it proposes."""
        with self.app.app_context(), unrestricted():
            thing = secrecy_asked.thing(*source, to_change=True)
            if thing.classification is Classification.ORDINARY:
                raise_it = partial(secrecy.classify, thing, level, of.text("Sebab"), at=clock.now())
                assert self.do("sekretaris", lambda by: raise_it(by=by)) is not None, self.refused
            db.session.remove()

    # What happens around the deeds.

    def actor(self, name: str) -> Actor:
        return as_actor(
            db.session.scalars(select(Account).filter_by(username=name).options(selectinload(Account.roles))).one()
        )

    def at_time(self, day: datetime, minute: int, deed: Callable[[], None], of: Matter | None = None) -> None:
        moment = day.replace(hour=4, minute=0, second=0, microsecond=0) + timedelta(minutes=3 * minute)
        with time_machine.travel(moment, tick=False), self.secretly(of is not None and of.is_secret):
            deed()
        db.session.remove()

    @contextmanager
    def secretly(self, is_secret: bool) -> Iterator[None]:
        before, self._is_secret = self._is_secret, is_secret
        try:
            yield
        finally:
            self._is_secret = before

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Note what is stored by the secret part."""

        def hear(session: Session, _: object) -> None:
            for row in session.new:
                number = inspect(row).mapper.primary_key_from_instance(row)[0]
                rows = self.secret_rows.setdefault(row.__tablename__, set())
                (rows.add if self._is_secret else rows.discard)(number)  # a number may have been let go of

        event.listen(db.session, "after_flush", hear)
        try:
            yield
        finally:
            event.remove(db.session, "after_flush", hear)

    def do(self, name: str, deed: Callable[[Actor], Any]) -> Any:
        """Done by somebody and stored, or refused and forgotten, as a request would be; the number of what was made."""
        actor = self.actor(name)
        with acting(actor):
            try:
                made = deed(actor)
                db.session.flush()
                number = getattr(made, "id", 0)
                commit()
            except NotPossible as refused:
                db.session.rollback()
                self.refused.append(str(refused))
                return None
        return number

    # The office, and the meeting that all share.

    def set_up(self) -> None:
        at = clock.now()
        with acting(SYSTEM):
            unit = people.add_unit(people.UnitDraft(name_id="Direktorat"), by=SYSTEM, at=at)
            other = people.add_unit(people.UnitDraft(name_id="Sekretariat"), by=SYSTEM, at=at)
            post = people.add_position(people.PositionDraft(title_id="Direktur", unit_id=unit.id), by=SYSTEM, at=at)
            persons = {}
            using = hasher(current_app.extensions["settings"])
            for name, (roles, clearance) in _ACCOUNTS.items():
                person = people.add_person(people.PersonDraft(name=f"Si {name.title()}"), by=SYSTEM, at=at)
                persons[name] = person.id
                draft = AccountDraft(
                    username=name,
                    display_name=name.title(),
                    roles=roles,
                    clearance=clearance,
                    person_id=person.id,
                    email=f"{name}@example.org",
                )
                open_account(draft, PASSWORD, using=using, by=SYSTEM, at=at)
            people.add_holding(post, people.HoldingDraft(person_id=persons["pimpinan"]), by=SYSTEM, at=at)
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
            self.units, self.post, self.persons, self.target = (unit.id, other.id), post.id, persons, indicator.id
            commit()
        draft = MeetingDraft(name_id="Rapat bersama", date=day_at(clock.now()), venue="Aula")
        self.shared = self.do(
            "sekretaris", lambda by: meetings.log_meeting(draft, self._present(), ["Lain-lain"], by=by, at=clock.now())
        )
        self.do(
            "sekretaris",
            lambda by: meetings.add_statement(
                meetings_asked.meeting(self.shared),
                StatementDraft(kind=StatementKind.REMARK, gist_id="Pembukaan"),
                by=by,
                at=clock.now(),
            ),
        )

    def _present(self) -> list[AttendanceDraft]:
        return [
            AttendanceDraft(person_id=self.persons["pimpinan"], role=AttendanceRole.CHAIR),
            AttendanceDraft(person_id=self.persons["sekretaris"], role=AttendanceRole.MINUTE_TAKER),
            AttendanceDraft(person_id=self.persons[PARTICIPANT]),
        ]

    # The deeds of a matter.

    def _meet(self, of: Matter) -> None:
        text, at = of.text, clock.now()
        of.meeting = self.shared
        if of.kind is Kind.MEETING:
            draft = MeetingDraft(
                name_id=text("Rapat"),
                date=day_at(at),
                venue=text("Ruang"),
                opening=text("Pembukaan"),
                closing=text("Penutup"),
                note=text("Catatan"),
                organiser_unit_id=self.units[0],
            )
            there = [*self._present(), AttendanceDraft(post_as_written=text("Utusan"), note=text("Keterangan"))]
            of.meeting = self.do(
                "sekretaris",
                lambda by: meetings.log_meeting(draft, there, [text("Acara"), text("Acara")], by=by, at=at),
            )
            stranger = self.do(
                "sekretaris",
                lambda by: people.add_person(people.PersonDraft(name=text("Tamu")), by=by, at=at, made_in=of.meeting),
            )
            self.do(
                "sekretaris",
                lambda by: meetings.add_attendance(
                    self.meeting_of(of), AttendanceDraft(person_id=stranger), by=by, at=at
                ),
            )
            self.do("sekretaris", lambda by: meetings.add_agenda_item(self.meeting_of(of), text("Acara"), by=by, at=at))
            item = meetings_asked.meeting(of.meeting).agenda[0].id
            self.do(
                "sekretaris",
                lambda by: meetings.rename_agenda_item(
                    meetings_asked.agenda_item(item, to_change=True), text("Acara"), by=by, at=at
                ),
            )
            self.do(
                "sekretaris",
                lambda by: live.save_draft(
                    self.meeting_of(of), live.Draft(key=f"draf{of.number}", text=text("Draf"), step=1), by=by, at=at
                ),
            )
        if of.kind in {Kind.FILE, Kind.MEETING}:
            self.attach_to(of, lambda: self.meeting_of(of))
        if of.kind in {Kind.MEETING, Kind.PROPOSAL, Kind.LINE}:
            self.say(of, StatementKind.PROPOSAL)

    def meeting_of(self, of: Matter) -> Meeting:
        return meetings_asked.meeting(of.meeting, to_change=True)

    def attach_to(self, of: Matter, parent: Callable[[], Any], kind: AttachmentKind = AttachmentKind.OTHER) -> None:
        made = self.do(
            "sekretaris",
            lambda by: attach(
                parent(),
                Incoming(
                    stream=io.BytesIO(of.text("Isi").encode()),
                    name=f"{of.text('berkas')}.txt",
                    media_type="text/plain",
                    kind=kind,
                    caption=of.text("Berkas"),
                ),
                by=by,
                at=clock.now(),
            ),
        )
        if made:
            of.files.append(made)

    def say(
        self, of: Matter, kind: StatementKind, about: Callable[[], Bearings] = lambda: UNRELATED, **given: Any
    ) -> int:
        draft = StatementDraft(kind=kind, gist_id=of.text("Kata"), recorder_note=of.text("Keterangan"), **given)
        made: int = self.do(
            "sekretaris", lambda by: meetings.add_statement(self.meeting_of(of), draft, about(), by=by, at=clock.now())
        )
        of.lines.append(made)
        return made

    def propose(self, of: Matter) -> None:
        at = clock.now()
        if of.kind in {Kind.MEETING, Kind.PROPOSAL, Kind.LINE}:
            of.proposals.append(
                self.do(
                    "sekretaris",
                    lambda by: meetings.raise_proposal(
                        meetings_asked.statement(of.lines[0], to_change=True), of.text("Usulan"), None, by=by, at=at
                    ),
                )
            )
            named = proposals.ProponentDraft(person_id=self.persons[PARTICIPANT], attribution=Attribution.UNCONFIRMED)
            self.do("sekretaris", lambda by: proposals.add_proponent(self.proposal_of(of), named, by=by, at=at))
            self.do(
                "sekretaris",
                lambda by: proposals.link_target(
                    self.proposal_of(of),
                    proposals.LinkDraft(
                        target_id=self.target,
                        effect=of.chance.choice(list(Effect)),
                        explanation_id=of.text("Dampak"),
                        expected_effect=of.text("Harapan"),
                    ),
                    by=by,
                    at=at,
                ),
            )
            self.do(
                "penelaah",
                lambda by: proposals.settle_link(
                    self.proposal_of(of),
                    self.proposal_of(of).target_links[0],
                    of.chance.choice([LinkState.CONFIRMED, LinkState.REJECTED]),
                    of.text("Alasan"),
                    by=by,
                    at=at,
                ),
            )
            others = [
                one.proposals[0]
                for one in self.matters
                if one is not of and one.proposals and (of.is_secret or not one.is_secret)
            ]
            for other in others[:1]:
                self.do(
                    "sekretaris",
                    lambda by, other=other: proposals.relate(
                        self.proposal_of(of),
                        proposal_queries.in_full(other),
                        of.chance.choice([RelationKind.CONTINUES, RelationKind.DUPLICATES]),
                        of.text("Hubungan"),
                        by=by,
                        at=at,
                    ),
                )
            if of.chance.random() < 0.6:
                of.proposals.append(
                    self.do(
                        "penelaah",
                        lambda by: answers.split(
                            self.proposal_of(of),
                            [answers.Part(title_id=of.text("Bagian"), gist_id=of.text("Bagian"))],
                            reason=of.text("Sebab"),
                            by=by,
                            at=at,
                        )[0],
                    )
                )
            self.attach_to(of, lambda: self.proposal_of(of))

    def proposal_of(self, of: Matter, place: int = 0) -> Proposal:
        return proposal_queries.in_full(of.proposals[place], to_change=True)

    def action_of(self, of: Matter, place: int = 0) -> ActionItem:
        return action_queries.in_full(of.actions[place], to_change=True)

    def _follow_up(self, of: Matter) -> None:
        at = clock.now()
        if of.kind is Kind.FILE:
            return
        for place in range(of.chance.randint(1, 2)):
            origin = actions.Origin(
                meeting_id=of.meeting,
                statement_id=of.lines[0] if of.lines and place else None,
                proposal_id=of.proposals[-1] if of.proposals else None,
            )
            draft = actions.ActionDraft(
                text_id=of.text("Tugas"),
                pic_id=self.persons[PARTICIPANT],
                responsible_unit_id=self.units[0],
                supporters=[actions.Supporter(as_written=of.text("Mitra"))],
                waiting_for=of.text("Pihak"),
            )
            due = day_at(at) + timedelta(days=of.chance.randint(2, 60))
            of.actions.append(
                self.do(
                    "sekretaris",
                    lambda by, draft=draft, origin=origin, due=due: actions.assign_action(
                        draft, origin, due, on=day_at(at), by=by, at=at
                    ),
                )
            )
            if of.kind is Kind.ACTION:  # its other actions would be ordinary ones
                break

    def _steer(self, of: Matter) -> None:
        at, soon = clock.now(), day_at(clock.now()) + timedelta(days=70)
        for place in range(len(of.actions)):
            ask = lambda by, place=place: steering.ask_due_date(  # noqa: E731
                self.action_of(of, place), soon, of.text("Menunggu"), by=by, at=at
            )
            if of.chance.random() < 0.7 and self.do(PARTICIPANT, ask):
                asked = change_queries.open_request(of.actions[place])
                number = asked.id if asked else 0
                settle = steering.grant_request if of.chance.random() < 0.5 else steering.refuse_request
                self.do(
                    "penelaah",
                    lambda by, place=place, number=number, settle=settle: settle(
                        self.action_of(of, place),
                        change_queries.request(of.actions[place], number),
                        of.text("Jawaban"),
                        by=by,
                        at=at,
                    ),
                )
            self.do(
                "penelaah",
                lambda by, place=place: actions.move_due_date(
                    self.action_of(of, place),
                    actions.Promise(
                        due_on=soon + timedelta(days=3), reason=of.text("Mundur"), agreed_by=of.text("Pejabat")
                    ),
                    by=by,
                    at=at,
                ),
            )
            if of.chance.random() < 0.5:
                self.do(
                    "penelaah",
                    lambda by, place=place: steering.hold(
                        self.action_of(of, place),
                        steering.HoldDraft(
                            kind=HoldKind.WAITING_OUTSIDE,
                            waiting_for=of.text("Instansi"),
                            since=day_at(at),
                            reason=of.text("Hambatan"),
                        ),
                        by=by,
                        at=at,
                    ),
                )
        things: list[Callable[[], Any]] = [lambda: self.action_of(of)] * bool(of.actions)
        things += [lambda: self.proposal_of(of)] * bool(of.proposals)
        for thing in things:
            self.do(
                "penelaah",
                lambda by, thing=thing: steering.escalate(
                    thing(), position_id=self.post, person_id=None, reason=of.text("Buntu"), by=by, at=at
                ),
            )
            self.do(
                "penelaah",
                lambda by, thing=thing: answers.hand_over(
                    thing(),
                    answers.Recipient(outside=of.text("Lembaga")),
                    on=day_at(at),
                    reason=of.text("Serah"),
                    by=by,
                    at=at,
                ),
            )

    def _report(self, of: Matter) -> None:
        for place in range(len(of.actions)):
            is_finished = of.chance.random() < 0.3
            self.do(
                PARTICIPANT,
                lambda by, place=place, is_finished=is_finished: actions.report_progress(
                    self.action_of(of, place),
                    actions.Report(
                        on=day_at(clock.now()),
                        progress_note=of.text("Kemajuan"),
                        percent=40,
                        obstacle=of.text("Kendala"),
                        next_step=of.text("Langkah"),
                        evidence=of.text("Bukti"),
                        is_finished=is_finished,
                    ),
                    by=by,
                    at=clock.now(),
                ),
            )
        if of.actions:
            self.attach_to(of, lambda: self.action_of(of), AttachmentKind.EVIDENCE)
            if of.files and of.chance.random() < 0.5:
                last = of.files[-1]
                self.do(
                    "sekretaris",
                    lambda by: take_off(attachments_asked.attachment(last, to_change=True), by=by, at=clock.now()),
                )

    def _decide(self, of: Matter) -> None:
        """A line of its meeting, or of the meeting that all share, decides of the proposal."""
        if not of.proposals:
            return
        self.do(
            "sekretaris",
            lambda by: proposals.move_proposal(
                self.proposal_of(of),
                proposals.Move(
                    step=Step(
                        to=ProposalStatus.UNDER_DISCUSSION,
                        on=day_at(clock.now()),
                        reason=of.text("Pokok"),
                        has_meeting=True,
                    ),
                    meeting_id=of.meeting,
                ),
                by=by,
                at=clock.now(),
            ),
        )
        if of.kind is Kind.MEETING:
            line = self.say(
                of, StatementKind.DECISION, lambda: Bearings(proposals=[(self.proposal_of(of), Bearing.DECIDES)])
            )
            self.do(
                "pimpinan",
                lambda by: decide_by_line(
                    meetings_asked.statement(line),
                    LineDecision(outcome=ProposalStatus.DEFERRED, revisit_on=day_at(clock.now()) + timedelta(days=9)),
                    by=by,
                    at=clock.now(),
                ),
            )

    def _rearrange(self, of: Matter) -> None:
        """Lines are cut, joined, moved, removed and put back; what is told of it names their words."""
        if not of.lines:
            return
        at, first = clock.now(), of.lines[0]
        line = lambda number=first: meetings_asked.statement(number, to_change=True)  # noqa: E731
        half = self.do("sekretaris", lambda by: meetings.split_statement(line(), 4, by=by, at=at))
        if half and of.chance.random() < 0.6:
            self.do("sekretaris", lambda by: meetings.join_statements(line(half), line(), by=by, at=at))
        elif half and of.kind is not Kind.MEETING:
            self.do("sekretaris", lambda by: meetings.remove_statement(line(half), by=by, at=at))
        self.do("sekretaris", lambda by: meetings.move_statement(line(), by=by, at=at))
        for step in (meetings.remove_statement, meetings.restore_statement):
            self.do("sekretaris", lambda by, step=step: step(line(), by=by, at=at))

    def _afterwards(self, of: Matter) -> None:
        if of.kind is Kind.MEETING:
            self.do(
                "sekretaris",
                lambda by: series.begin_series(
                    self.meeting_of(of), series.SeriesDraft(name_id=f"Rangkaian {of.number}"), by=by, at=clock.now()
                ),
            )
            last = meetings_asked.meeting(of.meeting).agenda[-1].id
            self.do(
                "sekretaris",
                lambda by: meetings.carry_agenda_item(
                    meetings_asked.agenda_item(last, to_change=True),
                    meetings_asked.meeting(self.later, to_change=True),
                    by=by,
                    at=clock.now(),
                ),
            )

    def _minutes(self, of: Matter) -> None:
        if of.kind is not Kind.MEETING:
            return
        at = clock.now()
        self.do("sekretaris", lambda by: minutes.submit(self.meeting_of(of), by=by, at=at))
        self.do(
            "pimpinan",
            lambda by: minutes.send_back(
                self.meeting_of(of), of.text("Perbaiki"), {of.lines[0]: of.text("Baris")}, by=by, at=at
            ),
        )
        self.do("sekretaris", lambda by: minutes.submit(self.meeting_of(of), by=by, at=at))
        self.do("pimpinan", lambda by: minutes.approve(self.meeting_of(of), None, by=by, at=at))
        if of.chance.random() < 0.5:
            self.do(
                "sekretaris", lambda by: minutes.open_correction(self.meeting_of(of), of.text("Koreksi"), by=by, at=at)
            )

    def _keep(self, of: Matter) -> None:
        """Whoever is not cleared follows it, and has looked at it."""
        things: list[Callable[[], Any]] = [lambda: self.proposal_of(of)] * bool(of.proposals)
        things += [lambda: self.action_of(of)] * bool(of.actions)
        for name in (READER, PARTICIPANT):
            for thing in things:
                self.do(name, lambda by, thing=thing: follows.follow(thing(), by=by, at=clock.now()))

    def _steer_several(self) -> None:
        """One change of many, and its undoing."""
        chosen = [number for one in self.matters for number in one.actions if not one.is_secret]
        mixed = [number for one in self.matters for number in one.actions]
        for numbers, minute in ((mixed, 0), (chosen, 1)):
            draft = steering.BulkDraft(reason="Serentak", responsible_unit_id=self.units[1 - minute])
            self.do(
                "penelaah",
                lambda by, numbers=numbers, draft=draft: steering.change_several(
                    [action_queries.in_full(number, to_change=True) for number in numbers if self._is_open(number)],
                    draft,
                    by=by,
                    at=clock.now(),
                ),
            )

    def _is_open(self, number: int) -> bool:
        return bool(db.session.scalar(select(ActionItem.id).filter_by(id=number, closed_on=None)))

    # The sittings.

    def sit(self) -> None:
        at = clock.now()
        day, week = day_at(at), week_of(day_at(at))
        plan = Plan(week=week, held_on=day, patience=WEEK, meeting=review_labels.meeting_draft(str(week), day))
        self.do("penelaah", lambda by: reviews.open_review(plan, by=by, at=at))
        self.later = reviews_asked.review(str(week)).meeting_id
        undone: set[int] = set()
        while True:
            review = reviews_asked.review(str(week), to_change=True)
            following = review_rules.next_to_settle(reviews_asked.stops(review.id), None)
            if following is None:
                break
            item = reviews_asked.item(review.id, following)
            of = next(
                one
                for one in self.matters
                if (item.action_id or 0) in one.actions or (item.proposal_id or 0) in one.proposals
            )
            verdict = DecisionDraft(
                decision=of.chance.choice([Decision.GOES_ON, Decision.EXTEND, Decision.ESCALATE, Decision.REASSIGN]),
                reason=of.text("Alasan"),
                note=of.text("Catatan"),
                evidence=of.text("Bukti"),
                due_on=day + timedelta(days=of.chance.randint(20, 40)),
                person_id=self.persons["pimpinan"],
                pic_id=self.persons[of.chance.choice([PARTICIPANT, "pimpinan"])],
                unit_id=self.units[of.chance.randint(0, 1)],
            )
            with self.secretly(of.is_secret):
                if (
                    self.do(
                        "penelaah",
                        lambda by, item=item, verdict=verdict, review=review: reviews.decide(
                            review, item, verdict, by=by, at=at
                        ),
                    )
                    is None
                ):
                    self._goes_on(str(week), following, of.text("Catatan"))
                elif following not in undone and of.chance.random() < 0.3:
                    undone.add(following)
                    self.do(
                        "penelaah",
                        lambda by, number=following: reviews.undo(*self._stop(str(week), number), by=by, at=at),
                    )
        self.do(
            "penelaah",
            lambda by: reviews.close(
                reviews_asked.review(str(week), to_change=True),
                review_labels.statements_of(reviews_asked.decided(reviews_asked.review(str(week)).id)),
                by=by,
                at=at,
            ),
        )

    def _stop(self, week: str, number: int) -> tuple[Review, ReviewItem]:
        review = reviews_asked.review(week, to_change=True)
        return review, reviews_asked.item(review.id, number)

    def _goes_on(self, week: str, number: int, note: str) -> None:
        verdict = DecisionDraft(decision=Decision.GOES_ON, note=note)
        done = self.do("penelaah", lambda by: reviews.decide(*self._stop(week, number), verdict, by=by, at=clock.now()))
        assert done is not None, self.refused[-2:]
