"""Undo a run whole, while nobody has built on it. Callers commit."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, delete, inspect, select
from sqlalchemy.orm import lazyload

from tracker.audit.commands import record
from tracker.audit.models import Event, Involvement
from tracker.audit.rules import AuditedKind, UnauditedKind
from tracker.core.actor import Actor
from tracker.core.db import Model, db
from tracker.core.errors import NotPossible
from tracker.core.json_values import from_json
from tracker.core.visibility import unrestricted
from tracker.core.wording import gettext, label
from tracker.core.wording import lazy_gettext as _l
from tracker.imports.commands.runs import STEP, Progress, untold
from tracker.imports.models import ImportRun
from tracker.imports.rules.kinds import RunState
from tracker.notifications.models import Notice
from tracker.reply_links.models import ReplyLink

MOST_NAMED = 3
_AT_ONCE = 500
#: Where a row is named by its text.
_NAMES = ("code", "name_id", "title_id", "name", "text_id", "username")

#: Tables whose references are no use: events keep what happened, and parts go with their rows.
_NO_USE = frozenset({"event", "audit_entry", "involvement", "search_entry", "import_run", "notice", "reply_link"})

Ids = Mapping[str, set[int]]


ONLY_STORED = _l("Only a saved import can be undone.")


def hand_over_undoing(run: ImportRun) -> None:
    """Let it be undone outside the request."""
    if run.run_state is not RunState.STORED:
        raise NotPossible(ONLY_STORED)
    run.run_state, run.refusal = RunState.UNDOING, None


def undo(run: ImportRun, *, by: Actor, at: datetime, on_progress: Progress = untold) -> None:
    """Delete what it added, and put back what it changed. Refused, by name, if anything was built on it since."""
    if run.run_state not in {RunState.STORED, RunState.UNDOING} or run.undo_data is None:
        raise NotPossible(ONLY_STORED)
    added, changed = run.undo_data["added"], run.undo_data["changed"]
    ids = _by_table([*added, *(key.split(":") for key in changed)])
    _ensure_nothing_built(run, ids, _by_table(added))
    done, total = 0, len(added) + len(changed)

    def told(more: int) -> None:
        nonlocal done
        done += more
        on_progress(done, total)

    with unrestricted():
        _put_back(changed, told, by=by, at=at)
        _delete(added, told)
    run.run_state, run.undone_at, run.refusal = RunState.UNDONE, at, None
    record(run, "undone", by=by, at=at, new=len(added), changed=len(changed))


def _by_table(rows: Sequence[Sequence[Any]]) -> dict[str, set[int]]:
    ids: dict[str, set[int]] = defaultdict(set)
    for table, number in rows:
        ids[table].add(int(number))
    return ids


def _ensure_nothing_built(run: ImportRun, ids: Ids, added: Ids) -> None:
    with unrestricted():
        built = [*_changed_since(run, ids), *_referring(added)]
    if not built:
        return
    names = _names_of(built)
    if not names:
        raise NotPossible(_l("Other records build on this import, so it cannot be undone."))
    raise NotPossible(_l("Others have built on this import, so it cannot be undone: %(what)s.", what="; ".join(names)))


def _changed_since(run: ImportRun, ids: Ids) -> Iterator[tuple[str, int]]:
    last = (run.undo_data or {}).get("last_event") or 0
    query = select(Event.subject, Event.subject_id).where(Event.id > last).distinct()
    for subject, subject_id in db.session.execute(query.where(Event.subject.in_([*ids]))):
        if subject_id in ids[subject]:
            yield subject, subject_id


def _referring(added: Ids) -> Iterator[tuple[str, int]]:
    """Rows outside the run that refer to rows that it added."""
    for table, number, column, target in _references():
        query = select(number).where(column.in_(bindparam("ids", expanding=True)))
        for some in _batches(added.get(target, set())):
            for (row_id,) in db.session.execute(query, {"ids": some}):
                if row_id not in added.get(table, set()):
                    yield table, row_id
    query = select(Involvement.subject, Involvement.subject_id)
    for some in _batches(added.get("person", set())):
        for subject, subject_id in db.session.execute(query.where(Involvement.person_id.in_(some))):
            if subject_id not in added.get(subject, set()):
                yield subject, subject_id


def _batches(ids: set[int], *, last_first: bool = False) -> Iterator[list[int]]:
    ordered = sorted(ids, reverse=last_first)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def _references() -> Iterator[tuple[str, Any, Any, str]]:
    """(table, column of its id, column that refers, table referred to); a row without an id is that of its owner."""
    for table in Model.metadata.sorted_tables:
        if table.name in _NO_USE:
            continue
        owner, number = _owner(table)
        for column in table.columns:
            for key in column.foreign_keys if column is not number else ():
                yield owner, number, column, key.column.table.name


def _owner(table: Table) -> tuple[str, Any]:
    """The table and the column of the id: those of the first row in the key, if it has no id of its own."""
    if "id" in table.c:
        return table.name, table.c.id
    owners = [(column, key.column.table.name) for column in table.primary_key for key in column.foreign_keys]
    column, name = owners[0] if owners else (next(iter(table.primary_key)), table.name)
    return name, column


def _names_of(built: Sequence[tuple[str, int]]) -> list[str]:
    """The rows that the reader may see, in words."""
    names = []
    for table, number in dict.fromkeys(built):
        row = db.session.get(_models()[table], number) if table in _models() else None
        if row is None:
            continue
        called = next((str(getattr(row, name)) for name in _NAMES if getattr(row, name, None)), "")
        names.append(f"{label(_KINDS[table])} {called}".strip())
        if len(names) == MOST_NAMED:
            more = len(set(built)) - MOST_NAMED
            return [*names, gettext("and %(count)d more", count=more)] if more else names
    return names


_KINDS = {kind.value: kind for kind in (*AuditedKind, *UnauditedKind)}


def _models() -> dict[str, type[Any]]:
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Model.registry.mappers}


def _put_back(
    changed: Mapping[str, Mapping[str, Any]], told: Callable[[int], None], *, by: Actor, at: datetime
) -> None:
    for done, (key, before) in enumerate(changed.items(), 1):
        table, number = key.split(":")
        row = db.session.get_one(_models()[table], int(number))
        columns = inspect(row).mapper.columns
        for name, value in before.items():
            setattr(row, name, from_json(columns[name].type, value))
        if table in _SUBJECTS:
            record(row, "import_undone", by=by, at=at)
        if done % STEP == 0:
            told(STEP)


#: Rows whose history says that an import was undone.
_SUBJECTS = frozenset({"org_unit", "position", "person", "meeting", "proposal", "action_item", "target", "account"})


def _delete(added: Sequence[Sequence[Any]], told: Callable[[int], None]) -> None:
    ids = _by_table(added)
    for table, numbers in ids.items():
        for some in _batches(numbers):
            db.session.execute(
                delete(Involvement).where(Involvement.subject == table, Involvement.subject_id.in_(some))
            )
    for table, recipient in (("account", Notice.account_id), ("person", Notice.person_id)):  # mails not sent yet
        for some in _batches(ids.get(table, set())):
            db.session.execute(delete(Notice).where(recipient.in_(some)))
    _delete_reply_links(ids)
    models = _models()
    for table in reversed(Model.metadata.sorted_tables):  # what refers goes before what it refers to
        if table.name in ids:
            _delete_from(models[table.name], ids[table.name], told)


def _delete_reply_links(ids: Ids) -> None:
    """Links nobody answered with: an answer would be a use."""
    owners = {"action_item": ReplyLink.action_id, "person": ReplyLink.person_id, "account": ReplyLink.account_id}
    for table, column in owners.items():
        for some in _batches(ids.get(table, set())):
            for link in db.session.scalars(select(ReplyLink).where(column.in_(some))).all():
                db.session.delete(link)
            db.session.flush()


def _delete_from(model: type[Any], ids: set[int], told: Callable[[int], None]) -> None:
    """In batches, the last first; a row that refers to another of its table goes before that one."""
    table, mapper = model.__table__, inspect(model)
    # To order what is deleted, a flush may load a row that one of these refers to.
    deletable = select(model).options(lazyload("*")).execution_options(populate_existing=True)
    upward = [mapper.get_property_by_column(key.parent).key for key in table.foreign_keys if key.column.table is table]
    for some in _batches(ids, last_first=True):
        rows = db.session.scalars(deletable.where(model.id.in_(some)).order_by(model.id.desc())).all()
        for row in rows:
            db.session.delete(row)
            if any(getattr(row, name) in ids for name in upward):
                db.session.flush()
        db.session.flush()
        told(len(some))
