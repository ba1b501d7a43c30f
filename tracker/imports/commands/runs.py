"""Bring a file, choose its columns, answer its questions, store it whole. Callers commit."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from tracker.audit.commands import record
from tracker.audit.models import Event
from tracker.core import storage
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.occurrence import recording_history
from tracker.core.wording import language
from tracker.core.wording import lazy_gettext as _l
from tracker.imports import queries
from tracker.imports.commands.fields import Row
from tracker.imports.commands.planning import Plan, find, plan_of, shown
from tracker.imports.commands.tracking import tracking
from tracker.imports.formats import Sheet
from tracker.imports.models import ImportRun
from tracker.imports.rules.kinds import MOST_AT_ONCE, ImportKind, RowState, RunState
from tracker.people.rules import folded

CHANGED_MEANWHILE = _l("The registers have changed since this was shown. Look at it again, then save.")
#: Rows between two notes of the progress.
STEP = 50
#: Told how many rows are done, and of how many.
Progress = Callable[[int, int], None]


def untold(done: int, total: int) -> None:
    """Within a request nobody looks at the progress."""


@dataclass(frozen=True, kw_only=True)
class RunDraft:
    kind: ImportKind
    name: str
    content: bytes
    is_pasted: bool
    is_history: bool


def begin(drafts: Iterable[tuple[RunDraft, Sequence[Sheet]]], *, by: Actor, at: datetime) -> ImportRun:
    """Keep the files, and work out what the first of them would do. The turn of the next comes when it is stored."""
    in_order = sorted(drafts, key=lambda pair: list(ImportKind).index(pair[0].kind))
    first, *_ = [_kept(draft, by=by, at=at) for draft, _ in in_order]
    look(first, in_order[0][1], by=by, at=at)
    return first


def _kept(draft: RunDraft, *, by: Actor, at: datetime) -> ImportRun:
    if by.account_id is None:
        raise NotPossible(_l("Only somebody who is signed in can import."))
    run = ImportRun(
        import_kind=draft.kind,
        run_state=RunState.PREPARED,
        is_history=draft.is_history,
        name=draft.name,
        is_pasted=draft.is_pasted,
        size=len(draft.content),
        mark=storage.store().put(io.BytesIO(draft.content)),
        chosen=queries.remembered(draft.kind),
        answers={},
        made_by_id=by.account_id,
        by_name=by.name,
        at=at,
    )
    db.session.add(run)
    db.session.flush()  # the event needs its id
    record(run, "begun", by=by, at=at)
    return run


def look(run: ImportRun, sheets: Sequence[Sheet], *, by: Actor, at: datetime) -> None:
    """Work out what it would do now."""
    run.plan = shown(tried(run, sheets, by=by, at=at), language())


def match(
    run: ImportRun, sheets: Sequence[Sheet], columns: Mapping[str, str], answers: Mapping[str, Any], *,
    is_history: bool, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Choose columns by hand and answer questions; the plan follows."""
    ensure_prepared(run)
    run.chosen = {**run.chosen, **columns}
    run.answers = {**run.answers, **answers}
    run.is_history = is_history
    look(run, sheets, by=by, at=at)
    run.refusal = None


def tried(run: ImportRun, sheets: Sequence[Sheet], *, by: Actor, at: datetime) -> Plan:
    """The plan, with what the commands refuse of it: a short file is stored once for trial and taken back."""
    plan = plan_of(run, sheets, by=by, at=at)
    if not 0 < len(plan.to_store) <= MOST_AT_ONCE:
        return plan
    trial = plan_of(run, sheets, by=by, at=at)
    savepoint = db.session.begin_nested()
    with recording_history(if_so=run.is_history):
        for row, shown_row in zip(trial.rows, plan.rows, strict=True):
            if row.state in {RowState.NEW, RowState.CHANGED} and not row.pending:
                _try(row, shown_row, trial)
    savepoint.rollback()
    return plan


def _try(row: Row, shown_row: Row, trial: Plan) -> None:
    savepoint = db.session.begin_nested()
    try:
        _write(row, trial)
        db.session.flush()
    except NotPossible as refusal:
        savepoint.rollback()
        shown_row.refuse(str(refusal), _named(refusal.field, trial))


def _named(name: str | None, trial: Plan) -> str | None:
    """The field of the file that a refusal names."""
    return next((one for one in (name, f"{name}_id") if one and trial.keeper.has(one)), None)


def ensure_prepared(run: ImportRun) -> None:
    if run.run_state is not RunState.PREPARED:
        raise NotPossible(_l("This import has been saved already."))


def hand_over(run: ImportRun, mark: str) -> None:
    """Let it be stored outside the request. `mark` is that of the plan that was shown."""
    ensure_prepared(run)
    run.plan = {**(run.plan or {}), "mark": mark}
    run.run_state, run.refusal = RunState.WAITING, None


def take_back(run: ImportRun, refusal: str) -> None:
    """It could not be stored or undone outside the request, so it is as it was."""
    run.run_state = RunState.STORED if run.run_state is RunState.UNDOING else RunState.PREPARED
    run.refusal = refusal


def store(
    run: ImportRun, sheets: Sequence[Sheet], mark: str, *, by: Actor, at: datetime,
    on_progress: Progress = untold,
) -> int:  # fmt: skip
    """Store every new and changed row, or none. Refuses anything else than what the plan with this mark showed."""
    if run.run_state not in {RunState.PREPARED, RunState.WAITING}:
        raise NotPossible(_l("This import has been saved already."))
    plan = plan_of(run, sheets, by=by, at=at)
    if plan.mark != mark:
        raise NotPossible(CHANGED_MEANWHILE)
    _ensure_whole(plan)
    rows = _in_order(plan.to_store, plan)
    with recording_history(if_so=run.is_history), tracking() as touched:
        for done, row in enumerate(rows, 1):
            _store(row, plan)
            if done % STEP == 0:
                on_progress(done, len(rows))
    run.undo_data = touched.data() | {"last_event": db.session.scalar(select(func.max(Event.id)))}
    run.plan = shown(plan, language())
    run.run_state, run.stored_at = RunState.STORED, at
    counts = plan.counts
    record(run, "stored", by=by, at=at, new=counts["new"], changed=counts["changed"], same=counts["same"])
    db.session.flush()
    following = queries.following(run)
    if following:
        look(following, queries.sheets_of(following), by=by, at=at)
    return len(rows)


def _ensure_whole(plan: Plan) -> None:
    counts = plan.counts
    if counts[RowState.WRONG]:
        raise NotPossible(_l("Some rows are wrong. Correct them in the file and import it again."))
    if counts[RowState.ASKED]:
        raise NotPossible(_l("Answer the questions first."))
    if not plan.to_store:
        raise NotPossible(_l("There is nothing to save: every row is already here."))


def _store(row: Row, plan: Plan) -> None:
    try:
        _write(row, plan)
    except NotPossible as refusal:
        place = _l("Row %(row)s of the sheet “%(sheet)s”: %(why)s", row=row.number, sheet=row.sheet, why=str(refusal))
        raise NotPossible(place) from refusal


def _write(row: Row, plan: Plan) -> None:
    for name, written in row.pending.items():
        row.values[name] = find(plan.keeper, plan.keeper.field(name), written).id
    if row.known_id is None:
        plan.keeper.add(row)
    else:
        plan.keeper.change(row)


def _in_order(rows: Sequence[Row], plan: Plan) -> list[Row]:
    """Rows after those of the same file to which they refer."""
    by_name = {folded(name): row for row in rows for name in plan.keeper.names(row)}
    ordered: dict[int, Row] = {}
    for row in rows:
        _place(row, by_name, ordered, set())
    return list(ordered.values())


def _place(row: Row, by_name: Mapping[str, Row], ordered: dict[int, Row], above: set[int]) -> None:
    if id(row) in above:
        raise NotPossible(_l("Row %(row)s of the sheet “%(sheet)s” refers to itself through other rows.",
                             row=row.number, sheet=row.sheet))  # fmt: skip
    for written in row.pending.values():
        other = by_name.get(folded(written))
        if other is not None and id(other) not in ordered:
            _place(other, by_name, ordered, above | {id(row)})
    ordered.setdefault(id(row), row)
