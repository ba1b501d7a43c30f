"""Proposals with their proponents, decisions and links to targets."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select

from tracker.core.clock import day_at
from tracker.core.db import Model, db
from tracker.core.errors import NotPossible
from tracker.core.running_codes import code_alone
from tracker.core.wording import label
from tracker.core.wording import lazy_gettext as _l
from tracker.imports.commands.fields import Change, Field, Keeper, Row
from tracker.imports.rules import values
from tracker.imports.rules.kinds import CellKind, ImportKind, Register
from tracker.meetings.models import Meeting
from tracker.people.rules import folded
from tracker.proposals import commands, policy, rules
from tracker.proposals import queries as proposals
from tracker.proposals.commands import LinkDraft, Move, ProponentDraft, ProposalDraft
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Attribution, Effect, NotActionableReason, ProposalStatus, Step

S = ProposalStatus
_STATUS_WORDS = {"disetujui": S.APPROVED, "diterima": S.APPROVED, "ditolak": S.REJECTED, "ditunda": S.DEFERRED,
                 "dibahas": S.UNDER_DISCUSSION, "ditindaklanjuti": S.IN_FOLLOW_UP}  # fmt: skip
#: What a realised proposal has passed. The matrix of an office names the last state alone.
_BEFORE_REALISED = (S.APPROVED, S.IN_FOLLOW_UP)
_SIMPLE = ("title_id", "title_en", "gist_id", "gist_en", "raised_on", "source_note", "decision_authority_id",
           "responsible_unit_id", "outcome_note", "former_code")  # fmt: skip


_PLACED = ("raised_in_id", "raised_on")


class Proposals(Keeper):
    kind = ImportKind.PROPOSALS
    fields = (
        Field(name="code", label=_l("Code"), also=("Kode usulan",)),
        Field(name="former_code", label=_l("Former code"),
              also=("Kode lama", "Nomor lama", "Kode terdahulu", "Kode semula", "No. usulan", "Nomor usulan",
                    "Old code", "Reference", "Ref")),
        Field(name="title_id", label=_l("Title"), is_needed=True, also=("Judul", "Usulan", "Judul usulan", "Proposal")),
        Field(name="title_en", label=_l("Title in English")),
        Field(name="gist_id", label=_l("Gist in Indonesian"), longest=20_000,
              also=("Uraian", "Isi usulan", "Pokok usulan", "Ringkasan", "Penjelasan")),
        Field(name="gist_en", label=_l("Gist in English"), longest=20_000),
        Field(name="raised_on", label=_l("Proposed on"), kind=CellKind.DAY,
              also=("Tanggal", "Tanggal usulan", "Diusulkan pada", "Date")),
        Field(name="raised_in_id", label=_l("Meeting (date)"), kind=CellKind.REFERENCE, register=Register.MEETINGS,
              also=("Rapat", "Nama rapat", "Kode rapat", "Meeting")),
        Field(name="source_note", label=_l("Source"), longest=20_000, also=("Sumber", "Surat")),
        Field(name="proponents", label=_l("Proponents"), longest=2000,
              also=("Pengusul", "Diusulkan oleh", "Nama pengusul", "Proponent")),
        Field(name="decision_authority_id", label=_l("Decided by the post"), kind=CellKind.REFERENCE,
              register=Register.POSTS, also=("Pemutus", "Diputuskan oleh")),
        Field(name="responsible_unit_id", label=_l("Responsible unit"), kind=CellKind.REFERENCE,
              register=Register.UNITS, also=("Unit kerja", "Unit", "Unit penanggung jawab")),
        Field(name="status", label=_l("Status"), kind=CellKind.CODE, codes=ProposalStatus, words=_STATUS_WORDS,
              also=("Status usulan", "Keputusan", "Hasil", "Decision")),
        Field(name="decided_on", label=_l("Decided on"), kind=CellKind.DAY, also=("Tanggal keputusan",)),
        Field(name="realised_on", label=_l("Realised on"), kind=CellKind.DAY,
              also=("Terwujud pada", "Tanggal terwujud", "Tanggal realisasi")),
        Field(name="confirmed_by", label=_l("Confirmed by, as written"), longest=200,
              also=("Dinyatakan terwujud oleh", "Ditetapkan oleh", "Dikonfirmasi oleh")),
        Field(name="reason", label=_l("Reason"), longest=20_000, also=("Alasan", "Pertimbangan")),
        Field(name="reason_code", label=_l("Valid reason"), kind=CellKind.CODE, codes=NotActionableReason),
        Field(name="evidence", label=_l("Evidence"), longest=20_000, also=("Bukti",)),
        Field(name="revisit_on", label=_l("Revisit on"), kind=CellKind.DAY, also=("Dibahas lagi pada",)),
        Field(name="target_id", label=_l("Target"), kind=CellKind.REFERENCE, register=Register.TARGETS,
              also=("Indikator", "Sasaran", "Target kinerja")),
        Field(name="effect", label=_l("Effect"), kind=CellKind.CODE, codes=Effect, also=("Pengaruh",)),
        Field(name="outcome_note", label=_l("Outcome"), longest=20_000, also=("Keterangan", "Hasil akhir")),
    )  # fmt: skip

    @cached_property
    def _known(self) -> dict[int, Proposal]:
        return {proposal.id: proposal for proposal in db.session.scalars(select(Proposal))}

    @cached_property
    def _ids(self) -> dict[str, list[int]]:
        ids: dict[str, list[int]] = {}
        for proposal in self._known.values():
            for key in (proposal.code, folded(proposal.title_id)):
                ids.setdefault(key, []).append(proposal.id)
        return ids

    @cached_property
    def _by_former_code(self) -> dict[str, list[int]]:
        ids: dict[str, list[int]] = {}
        for proposal in self._known.values():
            ids.setdefault(folded(proposal.former_code or ""), []).append(proposal.id)
        return ids

    def identity(self, row: Row) -> object:
        return folded(row.get("title_id", "")), row.get("raised_in_id"), row.get("raised_on")

    def title(self, row: Row) -> str:
        return str(row.get("title_id", ""))

    def spread(self, row: Row) -> None:
        row.tell_former_code()

    def prepare(self, row: Row) -> None:
        code = row.get("code")
        if code and code_alone(code) not in self._ids:
            row.refuse(
                _l("Nothing here has the code %(code)s, or it is not open to you. For a new proposal leave it out, or "
                   "put it under “Former code”.", code=code), "code",
            )  # fmt: skip
        meeting = db.session.get(Meeting, row.get("raised_in_id")) if isinstance(row.get("raised_in_id"), int) else None
        if self._found(row) is None:
            if not row.get("raised_on"):
                row.values["raised_on"] = meeting.date if meeting else None if self.is_history else day_at(self.at)
            if row.get("raised_on") is None:
                row.refuse(_l("Write the day on which it was proposed."), "raised_on")
            if meeting is None and not row.get("source_note") and not row.questions:
                row.refuse(_l("Write the meeting, or another source."), "raised_in_id")
            row.values.setdefault("gist_id", row.get("title_id"))

    def find(self, row: Row) -> int | None:
        return self._found(row)

    def _found(self, row: Row) -> int | None:
        """By its code; else by its former code or title, at the same meeting or on the same day if they are written."""
        code = code_alone(row.get("code", ""))
        if code:
            return self._only(row, self._ids.get(code, []), ())
        former = folded(row.get("former_code", ""))
        coded = [] if not former or former.isdecimal() else self._by_former_code.get(former, [])
        named = self._ids.get(folded(row.get("title_id", "")), [])
        return self._only(row, coded, _PLACED) or self._only(row, named, _PLACED)

    def _only(self, row: Row, ids: Sequence[int], placed: Sequence[str]) -> int | None:
        for name in placed:
            if row.written.get(name):
                ids = [number for number in ids if getattr(self._known[number], name) == row.get(name)]
        return ids[0] if len(ids) == 1 else None

    def stored(self, row_id: int) -> Mapping[str, Any]:
        return {name: getattr(self._known[row_id], name) for name in (*_SIMPLE, "raised_in_id", "status")}

    def changes(self, row: Row) -> list[Change]:
        return [change for change in super().changes(row) if change.name in {*row.written, "former_code"}]

    def _draft(self, row: Row, before: Mapping[str, Any]) -> ProposalDraft:
        names = (*_SIMPLE, "raised_in_id")
        return ProposalDraft(**{**before, **{name: row.values[name] for name in names if row.get(name) is not None}})

    def add(self, row: Row) -> Model:
        meeting = db.session.get(Meeting, row.get("raised_in_id")) if row.get("raised_in_id") else None
        before = {"classification": meeting.classification} if meeting else {}
        proposal = commands.propose(self._draft(row, before), by=self.by, at=self.at)
        named = values.entries(row.cells["proponents"]).value if row.get("proponents") else ()
        for name in named or ():
            commands.add_proponent(proposal, self._proponent(name), by=self.by, at=self.at)
        if row.get("target_id"):
            link = LinkDraft(target_id=row.get("target_id"), effect=row.get("effect"))
            commands.link_target(proposal, link, by=self.by, at=self.at)
        db.session.flush()
        self._set_status(proposal, row)
        self.registers.proposals.learn(proposal.id, proposal.code, proposal.former_code, proposal.title_id)
        return proposal

    def _proponent(self, name: str) -> ProponentDraft:
        person = self.registers.persons.find(name).id
        post = None if person else self.registers.posts.find(name).id
        return ProponentDraft(
            person_id=person, position_id=post, post_as_written=None if person else name,
            attribution=Attribution.UNCONFIRMED,
        )  # fmt: skip

    def change(self, row: Row) -> Model:
        proposal = proposals.in_full(row.known_id or 0, to_change=True)
        names = {change.name for change in row.changes}
        if names - {"status"}:
            before = {name: getattr(proposal, name) for name in ProposalDraft.__dataclass_fields__}
            commands.edit_proposal(proposal, self._draft(row, before), reason=row.get("reason"), by=self.by, at=self.at)
        if "status" in names:
            self._set_status(proposal, row)
        return proposal

    def _set_status(self, proposal: Proposal, row: Row) -> None:
        status = row.get("status")
        if status is None or status is proposal.status or status is S.SUBMITTED:
            return
        for before in _BEFORE_REALISED if status is S.REALISED else ():
            if rules.can_move(proposal.status, before):
                self._move(proposal, row, before, None if proposal.is_decided else row.get("decided_on"))
        self._move(proposal, row, status, row.get("realised_on" if status is S.REALISED else "decided_on"))

    def _move(self, proposal: Proposal, row: Row, status: ProposalStatus, on: date | None) -> None:
        meeting_id = row.get("raised_in_id") or proposal.raised_in_id
        step = Step(
            to=status, on=on or self._usual_day(proposal), reason=row.get("reason"),
            reason_code=row.get("reason_code"), revisit_on=row.get("revisit_on"), evidence=row.get("evidence"),
            has_authority=row.get("decision_authority_id") is not None, has_meeting=meeting_id is not None,
        )  # fmt: skip
        self._ensure_may_move(proposal, status, step.on)
        missing = proposals.lacking(proposal, step)
        if missing:
            raise NotPossible("; ".join(label(need) for need in missing), field="status")
        move = Move(
            step=step, meeting_id=meeting_id, authority_id=row.get("decision_authority_id"),
            confirmed_by=row.get("confirmed_by") if proposal.is_history_on(step.on) else None,
        )  # fmt: skip
        commands.move_proposal(proposal, move, by=self.by, at=self.at)

    def _ensure_may_move(self, proposal: Proposal, status: ProposalStatus, on: date) -> None:
        is_of_then = status is S.REALISED and policy.may_record_realised(self.by, proposal, on)
        if policy.may_move(self.by, proposal, status) or is_of_then:
            return
        if status is S.REALISED and policy.may_edit(self.by):
            raise NotPossible(
                _l("Only what was realised before it was recorded as history can be recorded by the secretariat. "
                   "A reviewer or decision maker records the others."), field="status",
            )  # fmt: skip
        raise NotPossible(_l("This status can only be recorded by somebody with another role."), field="status")

    def _usual_day(self, proposal: Proposal) -> date:
        """Of history it was decided on the day on which it was proposed, otherwise today."""
        return proposal.status_since if self.is_history else day_at(self.at)
