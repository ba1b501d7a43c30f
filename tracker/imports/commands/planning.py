"""What a file would do: each row as new, changed, the same, to be asked about, or wrong. Stores nothing."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from tracker.core.actor import Actor
from tracker.core.fields.checks import NOT_STORABLE
from tracker.core.texts import UNSTORABLE_SIGN
from tracker.core.wording import gettext
from tracker.imports.commands.fields import NEW, Change, Field, Keeper, Note, Question, Row, change_of
from tracker.imports.commands.kinds import KEEPERS
from tracker.imports.commands.reading import Column, Table, tables_of, value_of
from tracker.imports.commands.remarks import sentence
from tracker.imports.formats import Flaw, Sheet
from tracker.imports.models import ImportRun
from tracker.imports.queries.registers import Meant, Registers
from tracker.imports.rules import values
from tracker.imports.rules.columns import row_of
from tracker.imports.rules.kinds import CellKind, Register, RowState
from tracker.people.rules import folded

#: What a page shows; the file of wrong rows has all of them.
MOST_SHOWN = 100
LONGEST_SHOWN = 120


@dataclass
class Plan:
    keeper: Keeper
    tables: Sequence[Table]
    rows: list[Row] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        counts = {state.value: 0 for state in RowState}
        for row in self.rows:
            counts[row.state] += 1
        return counts

    @property
    def questions(self) -> list[Question]:
        return list({question.key: question for row in self.rows for question in row.questions}.values())

    @property
    def to_store(self) -> list[Row]:
        return [row for row in self.rows if row.state in {RowState.NEW, RowState.CHANGED}]

    @property
    def mark(self) -> str:
        """Differs as soon as storing would do anything else than this plan."""
        told = hashlib.sha256()
        for row in self.rows:
            told.update(repr((row.sheet, row.number, row.state.value, row.known_id, row.values, row.pending)).encode())
        return told.hexdigest()


def plan_of(run: ImportRun, sheets: Sequence[Sheet], *, by: Actor, at: datetime) -> Plan:
    keeper = KEEPERS[run.import_kind](Registers(), run.answers, by=by, at=at, is_history=run.is_history)
    plan = Plan(keeper, tables_of(sheets, type(keeper), run.chosen))
    plan.rows = [row for table in plan.tables for row in _read(table, keeper)]
    known_here = _names_of_the_file(keeper, plan.rows)
    for row in plan.rows:
        keeper.spread(row)
        _resolve(row, keeper, known_here)
        keeper.prepare(row)
        _need(row, keeper)
        row.known_id = None if row.problems else keeper.find(row)
        row.changes = keeper.changes(row) if row.known_id is not None and not row.problems else []
    plan.rows.sort(key=keeper.moment)
    _refuse_twice(plan)
    return plan


def _read(table: Table, keeper: Keeper) -> Iterator[Row]:
    for place in table.rows:
        cells = {name: cell for name, cell in place.cells.items() if not cell.is_empty}
        first = next(iter(cells.values()), None)
        row = Row(table.sheet, row_of(first.address) + 1 if first else place.number, place.cells)
        for name, cell in cells.items():
            row.written[name] = cell.text
            read = value_of(cell, keeper.field(name), table.notations.get(name))
            noted = [*([read.note] if read.note else []), *([values.merged(cell)] if cell.merged_with else [])]
            row.notes += [Note(name, cell.address, note.code, sentence(note)) for note in noted]
            if read.problem:
                row.refuse(sentence(read.problem), name)
            elif read.value is not None and read.value != []:
                row.values[name] = read.value
        yield row


def _names_of_the_file(keeper: Keeper, rows: Sequence[Row]) -> dict[str, Row]:
    """By name: the row of the file, for kinds whose rows may refer to each other."""
    return {folded(name): row for row in rows for name in keeper.names(row)}


def _resolve(row: Row, keeper: Keeper, known_here: Mapping[str, Row]) -> None:
    for one in keeper.fields:
        if one.kind is CellKind.REFERENCE and isinstance(row.get(one.name), str):
            _refer(row, one, keeper, known_here)


def _refer(row: Row, one: Field, keeper: Keeper, known_here: Mapping[str, Row]) -> None:
    written = row.values[one.name]
    meant = find(keeper, one, written)
    if meant.id is not None:
        row.values[one.name] = meant.id
        return
    other = known_here.get(folded(written))
    if other is row:
        row.refuse(gettext("This row refers to itself."), one.name)
    elif other is not None:
        del row.values[one.name]
        row.pending[one.name] = written
    elif keeper.answers.get(key_of(one, written)) == NEW and one.may_be_unknown:
        pass  # the text stays
    elif meant.candidates:
        key, cell = key_of(one, written), row.address(one.name)
        row.questions.append(Question(key, written, meant.candidates, cell, one.may_be_unknown))
    elif not one.may_be_unknown:
        row.refuse(gettext("Nothing is called “%(typed)s”, or it is not open to you.", typed=_short(written)), one.name)


def find(keeper: Keeper, one: Field, written: str) -> Meant:
    """The row meant by this text, or by the answer to the question about it."""
    answer = keeper.answers.get(key_of(one, written))
    if isinstance(answer, int):
        return Meant(answer)
    assert one.register is not None  # noqa: S101  # a reference has one
    return keeper.registers.of(one.register).find(written)


def key_of(one: Field, written: str) -> str:
    return f"{one.register}:{folded(written)}"


def _need(row: Row, keeper: Keeper) -> None:
    for one in keeper.fields:
        is_given = one.name in row.values or one.name in row.pending
        if one.is_needed and not is_given:
            cell = row.cells.get(one.name)
            is_merged = cell is not None and cell.flaw is Flaw.MERGED
            row.refuse(
                sentence(values.merged(cell)) if cell and is_merged
                else gettext("%(field)s is missing.", field=str(one.label)), one.name,
            )  # fmt: skip
        value = row.get(one.name)
        if isinstance(value, str) and len(value) > one.longest:
            row.refuse(gettext("Use at most %(most)d characters.", most=one.longest), one.name)
        if UNSTORABLE_SIGN in row.written.get(one.name, ""):
            row.refuse(NOT_STORABLE, one.name)


def _refuse_twice(plan: Plan) -> None:
    seen: dict[object, Row] = {}
    for row in plan.rows:
        key = plan.keeper.identity(row)
        if row.problems or key is None:
            continue
        for one in (key, row.known_id and ("known", row.known_id)):
            first = seen.setdefault(one, row) if one else row
            if first is not row:
                row.refuse(
                    gettext("This is the same as row %(row)s of the sheet “%(sheet)s”. Keep one of them.",
                            row=first.number, sheet=first.sheet)
                )  # fmt: skip
                break


def shown(plan: Plan, language: str) -> dict[str, Any]:
    """The plan as its page shows it, in JSON values. States and fields are named where they are shown."""
    order = list(RowState)
    rows = sorted((row for row in plan.rows if row.state is not RowState.SAME), key=lambda row: order.index(row.state))[
        :MOST_SHOWN
    ]
    told = {id(row): _told(row, plan) for row in rows}
    names = _names(plan, [change for changes in told.values() for change in changes])
    return {
        "language": language,
        "mark": plan.mark,
        "counts": plan.counts,
        "columns": [
            {"heading": column.heading, "key": column.key, "field": column.field, "is_near": column.is_near}
            for column in _different(plan.tables)
        ],
        "lacking": sorted({str(plan.keeper.field(name).label) for table in plan.tables for name in table.lacking}),
        "questions": [
            {"key": one.key, "written": one.written, "cell": one.cell, "may_be_new": one.may_be_new,
             "candidates": [[choice.id, choice.words] for choice in one.candidates]}
            for one in plan.questions
        ],
        "readings": _readings(plan),
        "left_out": _left_out(plan),
        "rows": [
            {"sheet": row.sheet, "number": row.number, "state": row.state.value,
             "title": _short(plan.keeper.title(row)) or "–",
             "problems": [[problem.cell, problem.sentence] for problem in row.problems],
             "notes": [[note.cell, note.sentence] for note in row.notes],
             "changes": [_in_words(change, names) for change in told[id(row)]]}
            for row in rows
        ],
    }  # fmt: skip


def _readings(plan: Plan) -> list[list[Any]]:
    """By column and way of reading: how many cells may be meant otherwise, and the first of them."""
    grouped: dict[tuple[str, StrEnum], list[Note]] = {}
    for row in plan.rows:
        if row.state is not RowState.SAME:
            for note in row.notes:
                grouped.setdefault((note.field, note.code), []).append(note)
    return [
        [str(plan.keeper.field(name).label), len(notes), notes[0].cell, notes[0].sentence]
        for (name, _), notes in grouped.items()
    ]


def _left_out(plan: Plan) -> list[list[str]]:
    """By sheet: the numbers of the rows that are no entries, for example totals and signatures."""
    return [
        [table.sheet, ", ".join(map(str, table.left_out[:MOST_SHOWN])) + (" …" if table.left_out[MOST_SHOWN:] else "")]
        for table in plan.tables
        if table.left_out
    ]


def _told(row: Row, plan: Plan) -> list[Change]:
    """What is stored of a row: what changes, or all that was understood of a new one."""
    if row.problems or row.state is RowState.CHANGED:
        return [] if row.problems else row.changes
    values = {**row.values, **row.pending}
    return [change_of(one, None, values[one.name]) for one in plan.keeper.fields if one.name in values]


def _names(plan: Plan, changes: Sequence[Change]) -> dict[tuple[Register, int], str]:
    """The rows that are referred to, in words."""
    ids: dict[Register, set[int]] = {}
    for change in changes:
        if change.refers:
            register, *both = change.refers
            ids.setdefault(register, set()).update(number for number in both if number)
    return {
        (register, number): words
        for register, numbers in ids.items()
        for number, words in plan.keeper.registers.of(register).described(sorted(numbers)).items()
    }


def _in_words(change: Change, names: Mapping[tuple[Register, int], str]) -> list[str]:
    before, after = change.before, change.after
    if change.refers:
        register, first, second = change.refers
        before = names.get((register, first), before) if first else before
        after = names.get((register, second), after) if second else after
    return [change.name, _short(before), _short(after)]


def _different(tables: Sequence[Table]) -> list[Column]:
    return list({column.key: column for table in tables for column in table.columns if column.heading}.values())


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
