"""Meetings, and who attended them."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.core.clock import Zone, day_at
from tracker.core.db import Model, db
from tracker.core.running_codes import code_alone
from tracker.core.wording import lazy_gettext as _l
from tracker.imports.commands.fields import ZONES, Change, Field, Keeper, Row
from tracker.imports.rules import values
from tracker.imports.rules.kinds import CellKind, ImportKind, Register
from tracker.meetings import commands
from tracker.meetings import queries as meetings
from tracker.meetings.commands import AttendanceDraft, MeetingDraft
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import (
    AttendanceRole,
    AttendanceStatus,
    MeetingMode,
    MeetingStatus,
    MeetingType,
)
from tracker.people.commands import PersonDraft, add_person
from tracker.people.rules import folded, parsed

_STATUS_WORDS = {"hadir": AttendanceStatus.PRESENT, "daring": AttendanceStatus.PRESENT_ONLINE, "zoom":
                 AttendanceStatus.PRESENT_ONLINE, "izin": AttendanceStatus.EXCUSED, "sakit": AttendanceStatus.EXCUSED,
                 "tidak hadir": AttendanceStatus.ABSENT, "diwakili": AttendanceStatus.REPRESENTED}  # fmt: skip
_ROLE_WORDS = {"ketua": AttendanceRole.CHAIR, "pimpinan rapat": AttendanceRole.CHAIR, "anggota":
               AttendanceRole.PARTICIPANT, "notulis": AttendanceRole.MINUTE_TAKER}  # fmt: skip
_ZONE_BEHIND = re.compile(rf"\b({'|'.join(ZONES)})\b", re.IGNORECASE)
_SIMPLE = ("name_id", "name_en", "date", "end_on", "start_time", "end_time", "timezone", "meeting_type",
           "venue", "city", "mode", "organiser_unit_id", "invitation_number", "document_number", "note")  # fmt: skip


class Meetings(Keeper):
    kind = ImportKind.MEETINGS
    fields = (
        Field(name="code", label=_l("Code"), also=("Kode rapat",)),
        Field(name="name_id", label=_l("Name in Indonesian"), is_needed=True,
              also=("Nama rapat", "Rapat", "Judul", "Acara", "Perihal", "Name", "Meeting")),
        Field(name="name_en", label=_l("Name in English")),
        Field(name="date", label=_l("Date"), kind=CellKind.DAY, is_needed=True,
              also=("Tanggal rapat", "Hari, tanggal", "Hari/tanggal")),
        Field(name="end_on", label=_l("Last day"), kind=CellKind.DAY, also=("Sampai tanggal",)),
        Field(name="start_time", label=_l("Start"), kind=CellKind.TIME, also=("Mulai", "Jam", "Pukul", "Waktu")),
        Field(name="end_time", label=_l("End"), kind=CellKind.TIME, also=("Selesai",)),
        Field(name="timezone", label=_l("Time zone"), kind=CellKind.CODE, codes=Zone, words=ZONES, also=("Zona",)),
        Field(name="meeting_type", label=_l("Type"), kind=CellKind.CODE, codes=MeetingType, also=("Jenis rapat",)),
        Field(name="venue", label=_l("Venue"), also=("Tempat", "Lokasi", "Place")),
        Field(name="city", label=_l("City"), also=("Kota",)),
        Field(name="mode", label=_l("How it is held"), kind=CellKind.CODE, codes=MeetingMode, also=("Cara",)),
        Field(name="organiser_unit_id", label=_l("Organiser"), kind=CellKind.REFERENCE, register=Register.UNITS,
              also=("Penyelenggara", "Unit penyelenggara")),
        Field(name="chair", label=_l("Chair"), kind=CellKind.REFERENCE, register=Register.PERSONS,
              also=("Pimpinan", "Pimpinan rapat", "Ketua rapat")),
        Field(name="invitation_number", label=_l("Invitation number"), also=("Nomor undangan",)),
        Field(name="document_number", label=_l("Document number"), also=("Nomor notula", "Nomor dokumen")),
        Field(name="agenda", label=_l("Agenda"), kind=CellKind.TEXTS, also=("Agenda rapat", "Pembahasan")),
        Field(name="note", label=_l("Note"), longest=20_000, also=("Keterangan", "Catatan")),
    )  # fmt: skip

    @cached_property
    def _known(self) -> dict[int, Meeting]:
        return {meeting.id: meeting for meeting in db.session.scalars(select(Meeting))}

    @cached_property
    def _ids(self) -> dict[object, list[int]]:
        ids: dict[object, list[int]] = {}
        for meeting in self._known.values():
            ids.setdefault(meeting.code, []).append(meeting.id)
            ids.setdefault((folded(meeting.name_id), meeting.date), []).append(meeting.id)
        return ids

    def identity(self, row: Row) -> object:
        return folded(row.get("name_id", "")), row.get("date")

    def title(self, row: Row) -> str:
        return str(row.get("name_id", ""))

    def prepare(self, row: Row) -> None:
        code = row.get("code")
        if code and code_alone(code) not in self._ids:
            row.refuse(
                _l("Nothing here has the code %(code)s, or it is not open to you. Leave it out for a new meeting.",
                   code=code), "code",
            )  # fmt: skip
        self._spread_days(row)
        self._spread_hours(row)
        start, end = row.get("start_time"), row.get("end_time")
        if start and end and not row.get("end_on") and end < start:
            row.refuse(_l("It ends before it begins."), "end_time")

    def _spread_days(self, row: Row) -> None:
        several = values.several_days(row.written.get("date", ""))
        if several and not row.get("end_on"):
            row.values["date"], row.values["end_on"] = several
            row.notes = [note for note in row.notes if note.field != "date"]
        day, last = row.get("date"), row.get("end_on")
        if day and last and last <= day:
            row.values.pop("end_on")
            if last < day:
                row.refuse(_l("It ends before it begins."), "end_on")

    def _spread_hours(self, row: Row) -> None:
        for at, name in enumerate(("start_time", "end_time")):
            if isinstance(both := row.get(name), tuple):
                row.values[name] = both[at]
                row.values.setdefault("end_time", both[1])
        said = {found.upper() for name in ("start_time", "end_time")
                for found in _ZONE_BEHIND.findall(row.written.get(name, ""))}  # fmt: skip
        if len(said) == 1:
            row.values.setdefault("timezone", ZONES[said.pop()])

    def find(self, row: Row) -> int | None:
        """By its code, or by name and day."""
        for key in (code_alone(row.get("code", "")), (folded(row.get("name_id", "")), row.get("date"))):
            ids = self._ids.get(key, []) if key else []
            if len(ids) == 1:
                return ids[0]
        return None

    def stored(self, row_id: int) -> Mapping[str, Any]:
        meeting = self._known[row_id]
        return {name: getattr(meeting, name) for name in _SIMPLE} | {"timezone": meeting.zone}

    def add(self, row: Row) -> Model:
        draft = MeetingDraft(**{name: row.values[name] for name in _SIMPLE if name in row.values})
        chair = row.get("chair")
        attendance = [AttendanceDraft(person_id=chair, role=AttendanceRole.CHAIR)] if isinstance(chair, int) else []
        status = MeetingStatus.HELD if draft.date <= day_at(self.at) else MeetingStatus.SCHEDULED
        return commands.log_meeting(draft, attendance, row.get("agenda", []), status=status, by=self.by, at=self.at)

    def change(self, row: Row) -> Model:
        meeting = meetings.meeting(row.known_id or 0, to_change=True)
        before = {name: getattr(meeting, name) for name in MeetingDraft.__dataclass_fields__}
        before["timezone"] = meeting.zone
        given = {name: row.values[name] for name in _SIMPLE if name in row.values}
        agenda = [item.text for item in meeting.agenda]
        commands.edit_meeting(meeting, MeetingDraft(**{**before, **given}), agenda, by=self.by, at=self.at)
        return meeting


class AttendanceRows(Keeper):
    kind = ImportKind.ATTENDANCE
    fields = (
        Field(name="meeting_id", label=_l("Meeting (date)"), kind=CellKind.REFERENCE, register=Register.MEETINGS,
              is_needed=True, also=("Rapat", "Kode rapat", "Nama rapat", "Tanggal rapat", "Meeting", "Tanggal")),
        Field(name="person_id", label=_l("Name"), kind=CellKind.REFERENCE, register=Register.PERSONS,
              may_be_unknown=True, also=("Nama peserta", "Peserta", "Nama lengkap", "Person", "NIP")),
        Field(name="post_as_written", label=_l("Post"), also=("Jabatan",)),
        Field(name="unit_as_written", label=_l("Unit or body as written"), also=("Unit", "Instansi", "Unit kerja")),
        Field(name="role", label=_l("Role"), kind=CellKind.CODE, codes=AttendanceRole, words=_ROLE_WORDS,
              also=("Peran", "Sebagai")),
        Field(name="status", label=_l("Attendance"), kind=CellKind.CODE, codes=AttendanceStatus, words=_STATUS_WORDS,
              also=("Kehadiran", "Status", "Hadir")),
        Field(name="represented_by", label=_l("Represented by"), also=("Diwakili oleh",)),
        Field(name="note", label=_l("Note"), also=("Keterangan", "Catatan")),
    )  # fmt: skip

    @cached_property
    def _known(self) -> dict[int, Attendance]:
        return {row.id: row for row in db.session.scalars(select(Attendance))}

    @cached_property
    def _ids(self) -> dict[object, int]:
        ids: dict[object, int] = {}
        for row in self._known.values():
            key = (row.meeting_id, row.person_id or folded(row.post_as_written or ""))
            ids.setdefault(key, row.id)
        return ids

    def identity(self, row: Row) -> object:
        return row.get("meeting_id"), row.get("person_id") or folded(row.get("post_as_written", ""))

    def title(self, row: Row) -> str:
        return row.written.get("person_id") or row.written.get("post_as_written", "")

    def prepare(self, row: Row) -> None:
        if not row.get("person_id") and not row.get("post_as_written") and not row.questions:
            row.refuse(_l("Write a name or a post."), "person_id")

    def find(self, row: Row) -> int | None:
        person = row.get("person_id")
        key = person if isinstance(person, int) else folded(row.get("post_as_written", "")) if person is None else None
        return self._ids.get((row.get("meeting_id"), key)) if key else None

    def stored(self, row_id: int) -> Mapping[str, Any]:
        names = ("post_as_written", "unit_as_written", "role", "status", "represented_by", "note")
        return {name: getattr(self._known[row_id], name) for name in names}

    def changes(self, row: Row) -> list[Change]:
        """Held by the person on that day, however it is written here, the post is no change."""
        known = self._known[row.known_id or 0]
        changes = super().changes(row)
        return [change for change in changes if change.name != "post_as_written" or not known.post_as_written]

    def _meeting(self, row: Row) -> Meeting:
        query = select(Meeting).filter_by(id=row.get("meeting_id")).options(selectinload(Meeting.attendance))
        return db.session.scalars(query.execution_options(populate_existing=True)).one()

    def _draft(self, row: Row, meeting: Meeting) -> AttendanceDraft:
        person = row.get("person_id")
        if isinstance(person, str):
            name = parsed(person)
            new = PersonDraft(name=name.core, title_prefix=name.prefix, title_suffix=name.suffix, is_provisional=True)
            added = add_person(new, by=self.by, at=self.at, made_in=meeting.id)
            self.registers.persons.learn(added.id, person)
            person = added.id
        post = row.get("post_as_written")
        names = ("unit_as_written", "role", "status", "represented_by", "note")
        draft = AttendanceDraft(
            person_id=person,
            position_id=self.registers.posts.find(post).id if post else None,
            post_as_written=post,
            **{name: row.values[name] for name in names if name in row.values},
        )
        return commands.with_post_of_the_day(draft, meeting.date)

    def add(self, row: Row) -> Model:
        meeting = self._meeting(row)
        return commands.add_attendance(meeting, self._draft(row, meeting), by=self.by, at=self.at)

    def change(self, row: Row) -> Model:
        loaded = selectinload(Attendance.meeting).selectinload(Meeting.attendance)
        query = select(Attendance).filter_by(id=row.known_id).options(loaded)
        attendance = db.session.scalars(query.execution_options(populate_existing=True)).one()
        before = {name: getattr(attendance, name) for name in AttendanceDraft.__dataclass_fields__}
        given = {change.name: row.values[change.name] for change in row.changes}
        commands.edit_attendance(attendance, AttendanceDraft(**{**before, **given}), by=self.by, at=self.at)
        return attendance
