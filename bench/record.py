"""A record of any size, shaped like ten years of a directorate general.

A meeting has 12 attendees, 4 agenda items, 50 statements and 5 proposals; a proposal has 2 actions. The same seed gives
the same record.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from bench.sentences import Writer
from bench.shape import (
    ACTIONS,
    ATTENDEES,
    CONFIDENTIAL,
    FIRST_DAY,
    KINDS,
    LAST_DAY,
    NEW_ACTIONS,
    NEW_PROPOSALS,
    OLD_ACTIONS,
    OLD_PROPOSALS,
    PERSONS,
    POINTS,
    POSTS,
    PROPOSALS,
    SETTLED_AFTER,
    STATEMENTS,
    UNITS,
    Cast,
    T,
)
from bench.store import Store
from tracker.actions import rules as action_rules
from tracker.actions.rules import ActionStatus, InstructionType
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.core.numbering import CodeSeries
from tracker.core.places import nth
from tracker.meetings.rules import (
    AttendanceRole,
    AttendanceStatus,
    Bearing,
    MeetingMode,
    MeetingStatus,
    MeetingType,
    StatementKind,
)
from tracker.people.rules import folded
from tracker.proposals import rules as proposal_rules
from tracker.proposals.rules import Attribution, Effect, LinkState, ProponentRole, ProposalStatus
from tracker.search import commands as search
from tracker.search import formats
from tracker.search.models import ENTRIES
from tracker.search.rules import SearchKind
from tracker.targets.models import Target


class Record:
    """Generates meetings into a store."""

    def __init__(self, store: Store, meetings: int, seed: int) -> None:
        """Meetings are spread evenly over the years."""
        self._store, self._meetings = store, meetings
        self._chance = Random(seed)  # noqa: S311  # reproducible on purpose
        self._writer = Writer(self._chance)
        self._codes: dict[tuple[str, int], int] = {}
        for series in db.session.scalars(select(CodeSeries)):
            self._codes[series.prefix, series.year] = series.last

    def make(self) -> Iterator[int]:
        """Generate the record; yields after each meeting."""
        cast = self._cast()
        span = (LAST_DAY - FIRST_DAY).days
        for number in range(self._meetings):
            self._meeting(cast, FIRST_DAY + timedelta(days=span * number // self._meetings))
            yield 1
            if self._store.is_full:
                self._store.write()
        self._store.close()
        for (prefix, year), last in self._codes.items():
            db.session.merge(CodeSeries(prefix=prefix, year=year, last=last))

    def _cast(self) -> Cast:
        add = self._store.add
        units = [
            add(T["org_unit"], name_id=f"Subdirektorat {self._writer.title()}", name_en=None, short=None, version=1)
            for _ in range(UNITS)
        ]
        posts = []
        for number in range(POSTS):
            title = f"Kepala Seksi {self._writer.title()}"
            posts.append((add(T["position"], title_id=title, title_en=None, short=None, aliases=[],
                              unit_id=units[number % UNITS], version=1), title))  # fmt: skip
        persons = []
        for number in range(PERSONS):
            name = f"{self._writer.name()} {number}"
            row = add(T["person"], name=name, folded=folded(name), title_prefix=None, title_suffix="S.H.", aliases=[],
                      is_provisional=False, note=None, nip=None, version=1)  # fmt: skip
            persons.append(SimpleNamespace(id=row, full_name=f"{name}, S.H."))
        self._store.write()
        for kind, table in (
            (SearchKind.UNIT, "org_unit"),
            (SearchKind.POST, "position"),
            (SearchKind.PERSON, "person"),
        ):
            search.renew(kind, db.session.scalars(select(T[table].c.id)).all())
        return Cast(persons, units, posts, list(db.session.scalars(select(Target.id))))

    def _code(self, prefix: str, year: int) -> str:
        self._codes[prefix, year] = self._codes.get((prefix, year), 0) + 1
        return f"{prefix}-{year}-{self._codes[prefix, year]:03}"

    def _classification(self) -> Classification:
        return self._chance.choice(CONFIDENTIAL) if self._chance.random() < 0.03 else Classification.ORDINARY

    def _index(self, kind: SearchKind, row_id: int, document: formats.Document | None) -> None:
        for entry in search.entries_of(kind, {row_id: document} if document else {}):
            self._store.add(ENTRIES, **entry)

    def _add_event(
        self, subject: str, row_id: int, verb: str, on: date, meeting_id: int | None, to: str | None = None
    ) -> None:
        self._store.add(T["event"], subject=subject, subject_id=row_id, verb=verb, at=_at(on), on=on,
                        by_account_id=None,
                        by_name="Sekretariat", meeting_id=meeting_id, from_state=None, to_state=to, reason=None,
                        evidence=None, details={})  # fmt: skip

    def _meeting(self, cast: Cast, on: date) -> None:
        pick, add = self._chance.choice, self._store.add
        row: dict[str, Any] = {
            "code": self._code("R", on.year), "name_id": f"Rapat {self._writer.title()}", "name_en": None,
            "meeting_type": pick(list(MeetingType)), "status": MeetingStatus.HELD, "date": on, "start_time": time(9),
            "end_time": time(11, 30), "timezone": "Asia/Jakarta", "venue": "Graha Pengayoman", "venue_detail": None,
            "city": "Jakarta", "mode": pick(list(MeetingMode)), "organiser_unit_id": pick(cast.units),
            "organiser_is_inferred": False, "document_number": None, "invitation_number": None, "opening": None,
            "closing": None, "note": None, "classification": self._classification(), "recorded_at": _at(on),
            "version": 1,
        }  # fmt: skip
        row["id"] = add(T["meeting"], **row)
        points = [self._writer.title() for _ in range(POINTS)]
        for number, text in enumerate(points, 1):
            add(T["agenda_item"], meeting_id=row["id"], place=nth(number), text=text)
        meeting = SimpleNamespace(
            **row, named_after=None, agenda=[SimpleNamespace(text=text, repeats=False) for text in points]
        )
        self._index(SearchKind.MEETING, meeting.id, formats.of_meeting(meeting))
        self._add_event("meeting", meeting.id, "logged", on, meeting.id)
        speakers = self._attendance(cast, meeting)
        statement_ids = [self._statement(meeting, number, pick(speakers)) for number in range(1, STATEMENTS + 1)]
        for number in range(PROPOSALS):
            self._proposal(cast, meeting, statement_ids[number * 10 : number * 10 + 3])

    def _attendance(self, cast: Cast, meeting: Any) -> list[Any]:
        listed = []
        for number, person in enumerate(self._chance.sample(cast.persons, ATTENDEES), 1):
            post_id, title = self._chance.choice(cast.posts)
            row = self._store.add(
                T["attendance"], meeting_id=meeting.id, place=nth(number), person_id=person.id, position_id=post_id,
                post_as_written=title, role=AttendanceRole.CHAIR if number == 1 else AttendanceRole.PARTICIPANT,
                status=AttendanceStatus.PRESENT, version=1,
            )  # fmt: skip
            listed.append(SimpleNamespace(id=row, person=person, post_as_written=title))
        return listed

    def _statement(self, meeting: Any, number: int, speaker: Any) -> int:
        kind = StatementKind.PROPOSAL if number % 10 == 1 else self._chance.choice(KINDS)
        row: dict[str, Any] = {
            "meeting_id": meeting.id, "place": nth(number), "kind": kind, "quote": None,
            "gist_id": self._writer.sentence(), "gist_en": None, "speaker_id": speaker.id, "speaker_note": None,
            "on_behalf_of": None, "has_sic": False,
            "recorder_note": None, "removed_at": None, "classification": meeting.classification, "version": 1,
        }  # fmt: skip
        row_id = self._store.add(T["statement"], **row)
        self._index(
            SearchKind.STATEMENT, row_id, formats.of_statement(SimpleNamespace(**row, meeting=meeting, speaker=speaker))
        )
        return row_id

    def _proposal(self, cast: Cast, meeting: Any, statement_ids: list[int]) -> None:
        pick, add, on = self._chance.choice, self._store.add, meeting.date
        status = pick(OLD_PROPOSALS if LAST_DAY - on > SETTLED_AFTER else NEW_PROPOSALS)
        row: dict[str, Any] = {
            "code": self._code("U", on.year), "former_code": None, "title_id": self._writer.title(), "title_en": None,
            "gist_id": self._writer.sentence(), "gist_en": None, "status": status, "status_since": on, "raised_on": on,
            "raised_in_id": meeting.id, "source_note": None, "responsible_unit_id": pick(cast.units),
            "outcome_note": None,
            "classification": self._classification(), "version": 1,
        }  # fmt: skip
        row["id"] = add(T["proposal"], **row)
        person, (post_id, title) = pick(cast.persons), pick(cast.posts)
        add(T["proposal_proponent"], proposal_id=row["id"], person_id=person.id, position_id=post_id,
            post_as_written=title,
            role=ProponentRole.PROPONENT, attribution=Attribution.PARAPHRASED, version=1)  # fmt: skip
        proponents = [SimpleNamespace(person=person, post_as_written=title)]
        proposal = SimpleNamespace(**row, proponents=proponents)
        is_open = status in proposal_rules.OPEN
        self._index(SearchKind.PROPOSAL, proposal.id, formats.of_proposal(proposal, is_open))
        if self._chance.random() < 0.7:
            add(T["proposal_target_link"], proposal_id=proposal.id, target_id=pick(cast.targets),
                effect=Effect.SUPPORTS,
                state=LinkState.CONFIRMED, version=1)  # fmt: skip
        for number, statement_id in enumerate(statement_ids):
            add(T["statement_proposal"], statement_id=statement_id, proposal_id=proposal.id,
                bearing=Bearing.DISCUSSES if number else Bearing.RAISES)  # fmt: skip
        self._add_event("proposal", proposal.id, "proposed", on, meeting.id, "submitted")
        if status is not ProposalStatus.SUBMITTED:
            self._add_event("proposal", proposal.id, f"moved_{status}", on + timedelta(days=7), None, status)
        for _ in range(ACTIONS):
            self._action(cast, proposal)

    def _action(self, cast: Cast, proposal: Any) -> None:
        pick, add, on = self._chance.choice, self._store.add, proposal.raised_on
        status = pick(OLD_ACTIONS if LAST_DAY - on > SETTLED_AFTER else NEW_ACTIONS)
        due, done = on + timedelta(days=pick((14, 30, 60, 90))), on + timedelta(days=pick((10, 25, 40, 70)))
        pic, is_open = pick(cast.persons), status in action_rules.OPEN
        row: dict[str, Any] = {
            "code": self._code("TL", on.year), "former_code": None, "text_id": self._writer.sentence(), "text_en": None,
            "instruction_type": pick(list(InstructionType)), "status": status, "status_since": on, "assigned_on": on,
            "meeting_id": proposal.raised_in_id, "proposal_id": proposal.id,
            "responsible_unit_id": pick(cast.units), "pic_id": pic.id, "due_on": due, "original_due_on": due,
            "evidence": None, "waiting_for": None,
            "verified_at": _at(done) if status is ActionStatus.COMPLETED else None,
            "closed_on": None if is_open else done,
            "classification": proposal.classification, "version": 1,
        }  # fmt: skip
        row["id"] = add(T["action_item"], **row)
        add(T["due_date_change"], action_id=row["id"], from_on=None, to_on=due, reason=None, at=_at(on),
            by_name="Sekretariat")  # fmt: skip
        notes = [self._writer.sentence() for _ in range(2)]
        for number, note in enumerate(notes, 1):
            add(T["action_update"], action_id=row["id"], on=on + timedelta(days=number),
                status=ActionStatus.IN_PROGRESS,
                progress_note=note, percent=30 * number, at=_at(on), by_name=pic.full_name)  # fmt: skip
        updates = [SimpleNamespace(progress_note=note, obstacle=None, next_step=None, evidence=None)
                   for note in reversed(notes)]  # newest first, as in the model  # fmt: skip
        action = SimpleNamespace(**row, pic=pic, supporters=[], updates=updates)
        self._index(SearchKind.ACTION, action.id, formats.of_action(action, is_open))
        self._add_event("action_item", action.id, "assigned", on, None, ActionStatus.NOT_STARTED)
        self._add_event("action_item", action.id, "progress_reported", on + timedelta(days=2), None)
        if status is not ActionStatus.NOT_STARTED:
            self._add_event("action_item", action.id, f"moved_{status}", done, None, status)


def _at(on: date) -> datetime:
    return datetime.combine(on, time(4), UTC)
