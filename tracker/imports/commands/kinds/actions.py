"""Follow-up actions: the matrix that the product writes, and the usual forms of offices."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select

from tracker.actions import commands
from tracker.actions import queries as actions
from tracker.actions.commands import NO_EVIDENCE, ActionDraft, Origin, Promise, Report, Supporter
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus, can_move
from tracker.core.actor import Classification
from tracker.core.clock import day_at
from tracker.core.db import Model, db
from tracker.core.running_codes import code_alone
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections.commands import in_each_language
from tracker.imports.commands.fields import Change, Field, Keeper, Row
from tracker.imports.commands.kinds.matrix import (
    NEXT,
    REPORTED,
    day_in,
    derived,
    even,
    first_promised,
    former_code,
    waiting_for,
)
from tracker.imports.rules.kinds import CellKind, ImportKind, Register
from tracker.lists.columns.actions import ACTIONS as MATRIX
from tracker.lists.labels import in_text
from tracker.meetings.models import Meeting
from tracker.people.rules import folded
from tracker.proposals.models import Proposal
from tracker.proposals.rules import NotActionableReason

A = ActionStatus
_PIC = re.compile(r"^\s*(?:PIC|PJ|Penanggung jawab)\s*:\s*", re.IGNORECASE | re.MULTILINE)
#: Columns of the matrix that hold several things, by field: compared with what the matrix would write.
_WRITTEN_BY_MATRIX = {
    "meeting_id": "Meeting (date)", "origin": "Proposal, decision or directive",
    "responsible": "Responsible (unit; PIC)", "supporting": "Supporting units and persons",
    "progress": "Progress made", "obstacle": "Obstacle", "evidence": "Evidence", "next_step": "Next step (due)",
    "targets": "Performance target concerned", "remarks": "Remarks", "text_id": "Follow-up",
}  # fmt: skip
STATUS_WORDS = {
    "selesai": A.COMPLETED, "tuntas": A.COMPLETED, "done": A.COMPLETED, "sudah": A.COMPLETED, "closed": A.COMPLETED,
    "proses": A.IN_PROGRESS, "dalam proses": A.IN_PROGRESS, "sedang berjalan": A.IN_PROGRESS,
    "on progress": A.IN_PROGRESS,
    "belum": A.NOT_STARTED, "belum ditindaklanjuti": A.NOT_STARTED, "open": A.NOT_STARTED, "batal": A.CANCELLED,
}  # fmt: skip


class Actions(Keeper):
    kind = ImportKind.ACTIONS
    fields = (
        Field(name="code", label=_l("Code"), also=("Kode TL", "Kode tindak lanjut")),
        Field(name="former_code", label=_l("Former code"),
              also=("Kode lama", "Nomor lama", "Kode terdahulu", "Kode semula", "No. TL", "Nomor TL",
                    "Nomor tindak lanjut", "No. tindak lanjut", "Old code", "Reference", "Ref")),
        Field(name="meeting_id", label=_l("Meeting (date)"), kind=CellKind.REFERENCE, register=Register.MEETINGS,
              also=("Rapat", "Meeting", "Nama rapat", "Kode rapat", "Tanggal rapat", "Sumber")),
        Field(name="origin", label=_l("Proposal, decision or directive"), longest=20_000,
              also=("Usulan", "Proposal", "Keputusan", "Arahan", "Kode usulan")),
        Field(name="text_id", label=_l("Follow-up"), is_needed=True, longest=20_000,
              also=("Uraian", "Uraian tindak lanjut", "Rencana tindak lanjut", "Kegiatan", "What is to be done",
                    "Yang dikerjakan", "Action", "Tugas")),
        Field(name="text_en", label=_l("The same in English"), longest=20_000),
        Field(name="responsible", label=_l("Responsible (unit; PIC)"), longest=2000,
              also=("Penanggung jawab", "PIC", "Pelaksana", "Responsible", "Unit dan PIC")),
        Field(name="responsible_unit_id", label=_l("Responsible unit"), kind=CellKind.REFERENCE,
              register=Register.UNITS, also=("Unit kerja", "Unit", "Unit penanggung jawab")),
        Field(name="pic_id", label=_l("Person in charge (PIC)"), kind=CellKind.REFERENCE, register=Register.PERSONS,
              may_be_unknown=True, also=("Nama PIC", "PIC")),
        Field(name="responsible_position_id", label=_l("Responsible post"), kind=CellKind.REFERENCE,
              register=Register.POSTS, also=("Jabatan",)),
        Field(name="supporting", label=_l("Supporting units and persons"), longest=20_000,
              also=("Pendukung", "Unit pendukung", "Supporting")),
        Field(name="assigned_on", label=_l("Assigned on"), kind=CellKind.DAY,
              also=("Tanggal", "Tanggal penugasan", "Ditugaskan")),
        Field(name="due_on", label=_l("Due"), kind=CellKind.DAY,
              also=("Tenggat", "Tenggat waktu", "Batas waktu", "Target waktu", "Deadline", "Due date",
                    "Target selesai")),
        Field(name="first_due_on", label=_l("First due date"), kind=CellKind.DAY, also=("Tenggat awal",)),
        Field(name="due_reason", label=_l("Reason for moving the due date"), also=("Alasan perpanjangan",)),
        Field(name="status", label=_l("Status"), kind=CellKind.CODE, codes=ActionStatus, words=STATUS_WORDS,
              also=("Status tindak lanjut",)),
        Field(name="progress", label=_l("Progress made"), longest=20_000,
              also=("Progres", "Perkembangan", "Capaian", "Realisasi", "Progress", "Laporan")),
        Field(name="progress_on", label=_l("Date of the report"), kind=CellKind.DAY, also=("Tanggal laporan",)),
        Field(name="percent", label=_l("Percent complete"), kind=CellKind.PERCENT, also=("Persen", "%", "Persentase")),
        Field(name="obstacle", label=_l("Obstacle"), longest=20_000, also=("Kendala", "Hambatan")),
        Field(name="evidence", label=_l("Evidence"), longest=20_000, also=("Bukti", "Data dukung", "Bukti dukung")),
        Field(name="next_step", label=_l("Next step (due)"), longest=20_000, also=("Langkah berikutnya",)),
        Field(name="closed_on", label=_l("Finished on"), kind=CellKind.DAY, also=("Tanggal selesai", "Selesai pada")),
        Field(name="verified_by", label=_l("Verified by"), also=("Diverifikasi oleh", "Verifikator")),
        Field(name="reason_code", label=_l("Valid reason"), kind=CellKind.CODE, codes=NotActionableReason),
        Field(name="reason", label=_l("Reason"), longest=20_000, also=("Alasan",)),
        Field(name="targets", label=_l("Performance target concerned"), longest=20_000),
        Field(name="remarks", label=_l("Remarks"), longest=20_000, also=("Keterangan", "Catatan", "Ket")),
    )  # fmt: skip

    @cached_property
    def _known(self) -> dict[int, ActionItem]:
        columns = actions.OF_ROWS
        return {action.id: action for action in db.session.scalars(select(ActionItem).options(*columns))}

    @cached_property
    def _by_code(self) -> dict[str, int]:
        return {action.code: action.id for action in self._known.values()}

    @cached_property
    def _by_former_code(self) -> dict[str, list[int]]:
        ids: dict[str, list[int]] = {}
        for action in self._known.values():
            ids.setdefault(folded(action.former_code or ""), []).append(action.id)
        return ids

    @cached_property
    def _by_text(self) -> dict[str, list[int]]:
        ids: dict[str, list[int]] = {}
        for action in self._known.values():
            ids.setdefault(folded(action.text_id), []).append(action.id)
        return ids

    @cached_property
    def _matrix(self) -> Mapping[int, Mapping[str, set[str]]]:
        """What the matrix writes, by action and column, in both languages."""
        written: dict[int, dict[str, set[str]]] = {}
        rows = list(self._known.values())
        facts = MATRIX.related(rows) if rows else None
        columns = {name: column for name, heading in _WRITTEN_BY_MATRIX.items() for column in MATRIX.columns
                   if str(column.heading) == gettext(heading)}  # fmt: skip
        for action in rows:
            cells = written.setdefault(action.id, {})
            for name, column in columns.items():
                texts = in_each_language(lambda column=column, action=action: in_text(column.value(action, facts)))  # type: ignore[misc]
                cells[name] = {even(text) for text in texts.values()}
        return written

    def identity(self, row: Row) -> object:
        return folded(row.get("text_id", "")), row.get("meeting_id"), row.get("origin"), row.get("due_on")

    def title(self, row: Row) -> str:
        return str(row.get("text_id", ""))

    def spread(self, row: Row) -> None:
        """A cell may name unit, person and post; a report has a day and a percentage; remarks tell the first date."""
        self._spread_responsible(row)
        report = REPORTED.match(row.get("progress", ""))
        if report:
            del row.values["progress"]
            if report["note"]:
                row.values["progress"] = report["note"]
            row.values.setdefault("progress_on", day_in(report["day"]))
            if report["percent"]:
                row.values.setdefault("percent", int(report["percent"]))
        step = NEXT.match(row.get("next_step", ""))
        if step:
            row.values["next_step"], row.values["next_due_on"] = step["step"], day_in(step["day"])
        self._spread_remarks(row)
        row.tell_former_code()

    def _spread_responsible(self, row: Row) -> None:
        written = row.values.pop("responsible", None)
        if not written:
            return
        unit, *persons = _PIC.split(written)
        for text in filter(None, (part.strip() for part in (unit, *persons))):
            self._place(row, text, is_person=text != unit.strip())

    def _place(self, row: Row, text: str, *, is_person: bool) -> None:
        """By exact name: a unit, a post, or «person, post»; anything else is a person, or a name to be kept."""
        if folded(text) in _UNKNOWN:
            return
        if not is_person and self.registers.units.find(text).id is not None:
            row.values.setdefault("responsible_unit_id", text)
        elif self.registers.posts.find(text).id is not None:
            row.values.setdefault("responsible_position_id", text)
        else:
            name, _, post = text.rpartition(", ")
            if name and self.registers.posts.find(post).id is not None:
                row.values.setdefault("responsible_position_id", post)
                text = name
            row.values.setdefault("pic_id", text)

    def _spread_remarks(self, row: Row) -> None:
        left = []
        for part in filter(None, (part.strip() for part in row.values.pop("remarks", "").split(";"))):
            first = next((found for sentence in first_promised() if (found := re.fullmatch(sentence, part))), None)
            waiting = next((found for sentence in waiting_for() if (found := re.fullmatch(sentence, part))), None)
            former = next((found for sentence in former_code() if (found := re.fullmatch(sentence, part))), None)
            if first:
                row.values.setdefault("first_due_on", day_in(first[1]))
            elif waiting:
                row.values.setdefault("pic_id", waiting[1])
            elif former:
                row.values.setdefault("former_code", former[1])
            elif part not in derived():
                left.append(part)
        if left:
            row.values["remarks"] = "; ".join(left)

    def prepare(self, row: Row) -> None:
        row.values["origin_id"] = self._proposal_of(row)
        code = code_alone(row.get("code", ""))
        if row.get("code") and code not in self._by_code:
            row.refuse(
                _l("Nothing here has the code %(code)s, or it is not open to you. For a new follow-up leave it out, or "
                   "put it under “Former code”.", code=row.get("code")), "code",
            )  # fmt: skip
        if self._found(row) is None:
            self._prepare_new(row)
        self._ensure_status(row)

    def _proposal_of(self, row: Row) -> int | None:
        written = row.get("origin", "")
        return self.registers.proposals.find(written.splitlines()[0]).id if written else None

    def _prepare_new(self, row: Row) -> None:
        if not isinstance(row.get("meeting_id"), int) and row.get("origin_id") is None and not row.questions:
            row.refuse(_l("Choose the meeting or the proposal that the action follows from."), "meeting_id")
        if not row.get("assigned_on") and (day := self._day_of_origin(row)):
            row.values["assigned_on"] = day

    def _day_of_origin(self, row: Row) -> date | None:
        """As history it was assigned on the day of its meeting or proposal, otherwise today."""
        if not self.is_history:
            return day_at(self.at)
        meeting = db.session.get(Meeting, row.get("meeting_id")) if isinstance(row.get("meeting_id"), int) else None
        proposal = db.session.get(Proposal, row.get("origin_id")) if row.get("origin_id") else None
        return meeting.date if meeting else proposal.raised_on if proposal else None

    def _ensure_status(self, row: Row) -> None:
        known = self._known.get(self._found(row) or 0)
        status = row.get("status")
        if status is None or (known and known.status is status):
            return
        if status is A.COMPLETED and not self.is_history:
            row.refuse(
                _l("Only history can be imported as completed: tick it, or leave the verification to a reviewer."),
                "status",
            )
        elif status is A.COMPLETED and not row.get("evidence") and not (known and known.evidence):
            row.refuse(NO_EVIDENCE, "evidence")

    def find(self, row: Row) -> int | None:
        return self._found(row)

    def _found(self, row: Row) -> int | None:
        """By its code; else by its former code or its words at the same meeting."""
        code = code_alone(row.get("code", ""))
        if code in self._by_code:
            return self._by_code[code or ""]
        return self._only(row, self._coded(row)) or self._only(
            row, self._by_text.get(folded(row.get("text_id", "")), [])
        )

    def _coded(self, row: Row) -> Sequence[int]:
        """A number alone is rather that of a line."""
        former = folded(row.get("former_code", ""))
        return [] if not former or former.isdecimal() else self._by_former_code.get(former, [])

    def _only(self, row: Row, ids: Sequence[int]) -> int | None:
        if isinstance(row.get("meeting_id"), int):
            ids = [number for number in ids if self._known[number].meeting_id == row.get("meeting_id")]
        return ids[0] if len(ids) == 1 else None

    def stored(self, row_id: int) -> Mapping[str, Any]:
        action = self._known[row_id]
        names = ("text_id", "text_en", "former_code", "due_on", "status", "evidence", "responsible_unit_id", "pic_id",
                 "responsible_position_id", "meeting_id", "percent")  # fmt: skip
        return {name: getattr(action, name) for name in names} | {"first_due_on": action.original_due_on}

    def changes(self, row: Row) -> list[Change]:
        """A cell that says what the matrix would write is no change; nor is what can only be told of a new action."""
        matrix = self._matrix[row.known_id or 0]
        same = {name for name, texts in matrix.items() if even(row.written.get(name, "")) in texts}
        known = self._known[row.known_id or 0]
        if "responsible" in same or "responsible" not in row.written:
            same |= {name for name in _ASSIGNED if name not in row.written}
        if isinstance(row.get("pic_id"), str) and row.get("pic_id") == known.waiting_for:
            same.add("pic_id")
        if "progress" in same:
            same |= {"percent", "progress_on"} - set(row.written)
        changes = [change for change in super().changes(row) if change.name not in {*same, *_ONLY_OF_NEW}]
        told = [
            Change(name, str(self.field(name).label), "", row.written[name])
            for name in ("progress", "obstacle", "next_step")
            if row.get(name) and name not in same and not self._is_reported(known, name, row.get(name))
        ]
        return [*changes, *told]

    def _is_reported(self, action: ActionItem, name: str, text: str) -> bool:
        column = {"progress": "progress_note"}.get(name, name)
        return any(even(getattr(update, column) or "") == even(text) for update in self._updates(action.id))

    def _updates(self, action_id: int) -> Sequence[Any]:
        return actions.in_full(action_id).updates

    def add(self, row: Row) -> Model:
        on = row.get("assigned_on") or day_at(self.at)
        first = row.get("first_due_on") or row.get("due_on")
        origin = Origin(meeting_id=row.get("meeting_id"), proposal_id=row.get("origin_id"))
        draft = replace(self._draft(row, {}), classification=self._level(origin))
        action = commands.assign_action(draft, origin, first, on=on, by=self.by, at=self.at)
        self._move_due_date(action, row)
        self._report(action, row, on)
        self._set_status(action, row, on)
        return action

    def _level(self, origin: Origin) -> Classification:
        """No action is less secret than what it follows from."""
        rows = (db.session.get(Meeting, origin.meeting_id) if origin.meeting_id else None,
                db.session.get(Proposal, origin.proposal_id) if origin.proposal_id else None)  # fmt: skip
        return Classification.ORDINARY.at_least(*(row.classification for row in rows if row))

    def change(self, row: Row) -> Model:
        action = actions.in_full(row.known_id or 0, to_change=True)
        names = {change.name for change in row.changes}
        if names & {*_TEXTS, *_ASSIGNED, "supporting"}:
            before = {name: getattr(action, name) for name in (*_TEXTS, *_ASSIGNED)}
            commands.edit_action(action, self._draft(row, before, action), reason=row.get("reason"), by=self.by,
                                 at=self.at)  # fmt: skip
        if "due_on" in names:
            self._move_due_date(action, row)
        if names & {"progress", "obstacle", "next_step", "percent"}:
            self._report(action, row, action.status_since)
        if "status" in names:
            self._set_status(action, row, action.status_since)
        return action

    def _draft(self, row: Row, before: Mapping[str, Any], action: ActionItem | None = None) -> ActionDraft:
        values = {**before, **{name: row.values[name] for name in (*_TEXTS, *_ASSIGNED) if row.get(name)}}
        pic = values.get("pic_id")
        values["waiting_for"] = pic if isinstance(pic, str) else None
        values["pic_id"] = None if isinstance(pic, str) else pic
        if action is None:
            units, supporters = self._supporting(row)
        else:
            units = [unit.id for unit in action.supporting_units]
            supporters = [
                Supporter(person_id=one.person_id, position_id=one.position_id, as_written=one.as_written)
                for one in action.supporters
            ]
        return ActionDraft(**values, supporting_unit_ids=units, supporters=supporters)

    def _supporting(self, row: Row) -> tuple[list[int], list[Supporter]]:
        """Exact names become units, posts and persons; others stay as they are written."""
        units, supporters = [], []
        for text in filter(None, (part.strip() for part in re.split(r"[\n;]", row.get("supporting", "")))):
            unit, post = self.registers.units.find(text).id, self.registers.posts.find(text).id
            person = self.registers.persons.find(text).id
            if unit is not None:
                units.append(unit)
            elif post is not None:
                supporters.append(Supporter(position_id=post))
            else:
                supporters.append(Supporter(person_id=person) if person else Supporter(as_written=text))
        return units, supporters

    def _move_due_date(self, action: ActionItem, row: Row) -> None:
        due = row.get("due_on")
        if due and action.due_on != due:
            reason = row.get("due_reason") or gettext("Moved by import")
            commands.move_due_date(action, Promise(due_on=due, reason=reason), by=self.by, at=self.at)

    def _report(self, action: ActionItem, row: Row, since: date) -> None:
        note = row.get("progress") or row.get("remarks")
        if not note and not row.get("obstacle") and not row.get("next_step") and row.get("percent") is None:
            return
        if row.get("progress") and row.get("remarks"):
            note = f"{row.get('progress')}\n{row.get('remarks')}"
        on = row.get("progress_on") or row.get("closed_on") or (since if self.is_history else day_at(self.at))
        report = Report(
            on=on, progress_note=note or None, percent=row.get("percent"),
            obstacle=row.get("obstacle"), next_step=row.get("next_step"), next_due_on=row.get("next_due_on"),
            evidence=row.get("evidence"),
        )  # fmt: skip
        commands.report_progress(action, report, by=self.by, at=self.at)

    def _set_status(self, action: ActionItem, row: Row, since: date) -> None:
        status = row.get("status")
        if status is None or status is action.status:
            return
        on = row.get("closed_on") or max(row.get("progress_on") or since, action.status_since)
        steps = [A.AWAITING_VERIFICATION, A.COMPLETED] if status is A.COMPLETED else [status]
        for step in steps:
            if step is action.status or (step is A.NOT_STARTED and not can_move(action.status, step)):
                continue
            commands.move_action(
                action, step, reason=row.get("reason") or row.get("remarks"), evidence=row.get("evidence"),
                reason_code=row.get("reason_code"), verified_by=row.get("verified_by"), on=on, by=self.by, at=self.at,
            )  # fmt: skip


_TEXTS = ("text_id", "text_en", "former_code")
_ASSIGNED = ("responsible_unit_id", "pic_id", "responsible_position_id")
#: What only a new action is told: the rest of its history is not written over.
_ONLY_OF_NEW = frozenset({"meeting_id", "first_due_on", "assigned_on", "evidence", "closed_on", "percent"})
_UNKNOWN = frozenset({"belum ditetapkan", "not yet set", ""})
