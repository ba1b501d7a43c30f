"""Runs of the signed-in account, and their files."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import defer

from tracker.core import clock, storage
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.settings import current_settings
from tracker.imports.formats import Sheet, sheets_in, sheets_pasted
from tracker.imports.models import ImportRun
from tracker.imports.rules.kinds import SECONDS_OF_PATIENCE, ImportKind, RunState

MOST_LISTED = 50
#: From so many earlier runs the columns chosen by hand are remembered.
_EARLIER = 20


def runs() -> Sequence[ImportRun]:
    query = select(ImportRun).options(defer(ImportRun.undo_data)).order_by(ImportRun.id.desc())
    return db.session.scalars(query.limit(MOST_LISTED)).all()


def run(run_id: int, *, to_change: bool = False) -> ImportRun:
    query = select(ImportRun).filter_by(id=run_id).options(defer(ImportRun.undo_data))
    row = db.session.scalar(query.with_for_update() if to_change else query)
    if row is None:
        raise NotFound
    return row


def together(run: ImportRun) -> Sequence[ImportRun]:
    """The runs of files that were uploaded at once, in their order."""
    query = select(ImportRun).filter_by(made_by_id=run.made_by_id, at=run.at).order_by(ImportRun.id)
    return db.session.scalars(query.options(defer(ImportRun.undo_data), defer(ImportRun.plan))).all()


def following(run: ImportRun) -> ImportRun | None:
    """The next of the runs that were begun with this one."""
    return next((other for other in together(run) if other.run_state is RunState.PREPARED and other is not run), None)


def remembered(kind: ImportKind) -> dict[str, str]:
    """By heading, folded: the field that this account chose for it last."""
    query = select(ImportRun.chosen).filter_by(import_kind=kind).order_by(ImportRun.id.desc()).limit(_EARLIER)
    chosen: dict[str, str] = {}
    for earlier in reversed(db.session.scalars(query).all()):
        chosen |= earlier
    return chosen


def content_of(run: ImportRun) -> bytes:
    stored = storage.store().open(run.mark)
    if stored is None:
        raise NotFound
    with stored:
        return stored.read()


def sheets_of(run: ImportRun) -> Sequence[Sheet]:
    content = content_of(run)
    return sheets_pasted(content.decode()) if run.is_pasted else sheets_in(content, run.name)


def note_progress(run_id: int, done: int, total: int) -> None:
    """In a file: the database of the run is not committed before its end, and SQLite has one writer at a time."""
    place = _progress_file(run_id)
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_suffix(".new")
    new.write_text(f"{done} {total} {clock.now().timestamp()}")
    new.replace(place)


def progress(run: ImportRun) -> tuple[int, int]:
    """(rows done so far, rows to do)."""
    done, total, _ = _noted(run.id)
    return int(done), int(total)


def is_silent(run: ImportRun, at: datetime) -> bool:
    """Whether a run at work has shown no sign of life for a while: its process has ended."""
    *_, last = _noted(run.id)
    return at.timestamp() - last > SECONDS_OF_PATIENCE


def _noted(run_id: int) -> tuple[float, float, float]:
    """Rows done, rows to do, and when that was noted; zeros if nothing was."""
    try:
        done, total, at = map(float, _progress_file(run_id).read_text().split())
    except (OSError, ValueError):
        return 0, 0, 0
    return done, total, at


def _progress_file(run_id: int) -> Path:
    return current_settings().instance / "imports" / str(run_id)
