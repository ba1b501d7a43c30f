"""Reports on actions that are here already, and their verification: a row is what happened on a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select

from tracker.actions import commands
from tracker.actions import queries as actions
from tracker.actions.commands import Report
from tracker.actions.models import ActionItem, ActionUpdate
from tracker.actions.rules import ActionStatus
from tracker.core.db import Model, db
from tracker.core.running_codes import code_alone
from tracker.core.wording import lazy_gettext as _l
from tracker.imports.commands.fields import Change, Field, Keeper, Row, change_of
from tracker.imports.commands.kinds.actions import STATUS_WORDS
from tracker.imports.commands.kinds.matrix import even
from tracker.imports.rules.kinds import CellKind, ImportKind
from tracker.people.rules import folded

A = ActionStatus
#: What a report says of the action; anything else is decided, not reported.
_REPORTED = frozenset({A.IN_PROGRESS, A.AWAITING_VERIFICATION, A.COMPLETED})
_TOLD = ("progress", "obstacle", "next_step", "percent")


class Reports(Keeper):
    kind = ImportKind.REPORTS
    fields = (
        Field(name="code", label=_l("Code"), also=("Kode TL", "Kode tindak lanjut", "Kode lama", "No. TL", "Nomor TL",
                                                     "Former code")),
        Field(name="text_id", label=_l("Follow-up"), longest=20_000,
              also=("Uraian", "Uraian tindak lanjut", "Kegiatan", "Action")),
        Field(name="on", label=_l("Date of the report"), kind=CellKind.DAY, is_needed=True,
              also=("Tanggal laporan", "Per tanggal", "Dilaporkan pada", "Tanggal verifikasi", "Diverifikasi pada")),
        Field(name="progress", label=_l("Progress made"), longest=20_000,
              also=("Progres", "Perkembangan", "Capaian", "Realisasi", "Progress", "Laporan", "Isi laporan")),
        Field(name="percent", label=_l("Percent complete"), kind=CellKind.PERCENT, also=("Persen", "%", "Persentase")),
        Field(name="obstacle", label=_l("Obstacle"), longest=20_000, also=("Kendala", "Hambatan")),
        Field(name="next_step", label=_l("Next step"), longest=20_000, also=("Langkah berikutnya", "Rencana")),
        Field(name="next_due_on", label=_l("Due date of the next step"), kind=CellKind.DAY,
              also=("Tenggat langkah berikutnya",)),
        Field(name="evidence", label=_l("Evidence"), longest=20_000, also=("Bukti", "Data dukung", "Bukti dukung")),
        Field(name="status", label=_l("Status"), kind=CellKind.CODE, codes=ActionStatus, words=STATUS_WORDS,
              also=("Status tindak lanjut",)),
        Field(name="verified_by", label=_l("Verified by"), also=("Diverifikasi oleh", "Verifikator")),
    )  # fmt: skip

    @cached_property
    def _known(self) -> dict[int, ActionItem]:
        return {action.id: action for action in db.session.scalars(select(ActionItem).options(*actions.OF_ROWS))}

    @cached_property
    def _ids(self) -> dict[str, list[int]]:
        """By code, former code, and words."""
        ids: dict[str, list[int]] = {}
        for action in self._known.values():
            for name in filter(None, (action.code, folded(action.former_code or ""), folded(action.text_id))):
                ids.setdefault(name, []).append(action.id)
        return ids

    @cached_property
    def _reports(self) -> dict[tuple[int, date, object], int]:
        columns = (ActionUpdate.id, ActionUpdate.action_id, ActionUpdate.on, ActionUpdate.progress_note,
                   ActionUpdate.obstacle, ActionUpdate.next_step, ActionUpdate.percent)  # fmt: skip
        rows = db.session.execute(select(*columns).where(ActionUpdate.action_id.in_([*self._known])))
        return {(action_id, on, _first(told)): report_id for report_id, action_id, on, *told in rows}

    def identity(self, row: Row) -> object:
        return row.get("action_id"), row.get("on"), _said(row), row.get("status")

    def moment(self, row: Row) -> date:
        return row.get("on") or date.min

    def title(self, row: Row) -> str:
        action = self._known.get(row.get("action_id", 0))
        return f"{action.code} {action.text_id}" if action else str(row.get("code") or row.get("text_id", ""))

    def prepare(self, row: Row) -> None:
        code = code_alone(row.get("code", ""))
        names = [code] if code else [folded(row.get("code", "")), folded(row.get("text_id", ""))]
        ids = next((found for name in names if (found := self._ids.get(name))), [])
        if len(ids) == 1:
            row.values["action_id"] = ids[0]
        elif len(ids) > 1:
            row.refuse(_l("Several follow-ups have these words. Name the one that is meant by its code."), "text_id")
        else:
            row.refuse(_l("Name the follow-up by its code or its words. Nothing here is called so, or it is not open "
                          "to you."), "code" if row.get("code") else "text_id")  # fmt: skip
        status = row.get("status")
        if status is not None and status not in _REPORTED:
            row.refuse(
                _l("Here follow-ups are reported on and verified. Other changes come with their table."), "status"
            )
        if _said(row) is None and status not in {A.AWAITING_VERIFICATION, A.COMPLETED}:
            row.refuse(_l("Write what was done."), "progress")

    def find(self, row: Row) -> int | None:
        """The report that says this on this day; of a row that only verifies, minus the action once it is so."""
        action = self._known[row.get("action_id")]
        if _said(row) is not None:
            return self._reports.get((action.id, row.get("on"), _said(row)))
        return -action.id if row.get("status") is action.status else None

    def stored(self, row_id: int) -> Mapping[str, Any]:
        return {}

    def changes(self, row: Row) -> list[Change]:
        """A report stays as it is; only the step that it stands for may be missing."""
        before, after = self._known[row.get("action_id")].status, row.get("status")
        is_step = after in {A.AWAITING_VERIFICATION, A.COMPLETED} and before not in {after, A.COMPLETED}
        return [change_of(self.field("status"), before, after)] if is_step else []

    def add(self, row: Row) -> Model:
        action = actions.in_full(row.get("action_id"), to_change=True)
        if _said(row) is not None:
            is_finished = row.get("status") in {A.AWAITING_VERIFICATION, A.COMPLETED}
            report = Report(
                on=row.get("on"), progress_note=row.get("progress"), percent=row.get("percent"),
                obstacle=row.get("obstacle"), next_step=row.get("next_step"), next_due_on=row.get("next_due_on"),
                evidence=row.get("evidence"), is_finished=is_finished,
            )  # fmt: skip
            commands.report_progress(action, report, by=self.by, at=self.at)
        self._step(action, row)
        return action

    def change(self, row: Row) -> Model:
        action = actions.in_full(row.get("action_id"), to_change=True)
        self._step(action, row)
        return action

    def _step(self, action: ActionItem, row: Row) -> None:
        to = row.get("status")
        steps = {A.AWAITING_VERIFICATION: [to], A.COMPLETED: [A.AWAITING_VERIFICATION, to]}.get(to, [])
        for step in steps:
            if step is not action.status:
                commands.move_action(
                    action, step, reason=None, evidence=row.get("evidence"), verified_by=row.get("verified_by"),
                    on=row.get("on"), by=self.by, at=self.at,
                )  # fmt: skip


def _said(row: Row) -> object:
    return _first([row.get(name) for name in _TOLD])


def _first(told: Iterable[Any]) -> object:
    """What tells a report from another of its day: the first that it says."""
    first = next((one for one in told if one not in {None, ""}), None)
    return even(first) if isinstance(first, str) else first
