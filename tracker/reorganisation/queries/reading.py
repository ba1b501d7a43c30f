"""Which unit, post, person or item the cells of a sheet mean, and how cells name them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from tracker.core.db import db
from tracker.core.wording import lazy_gettext as _l
from tracker.people.models import OrgUnit, Person, Position
from tracker.people.rules import folded
from tracker.reorganisation.models import Reorganisation, ReorganisationItem
from tracker.reorganisation.queries.records import IS_OPEN, ITEM_TABLES
from tracker.reorganisation.rules import (
    KIND_WORDS,
    SEPARATOR,
    ItemLine,
    Line,
    LineKind,
    SheetRow,
    split_name,
    write_sheet,
)


class Fault(NamedTuple):
    """A cell that cannot be used: row, name of the column, and why."""

    row: int
    column: str
    sentence: LazyString


class _Names:
    """Rows by their names; a slash and the name of what is above tell those of one name apart."""

    def __init__(self, rows: Iterable[tuple[int, Sequence[str | None], Sequence[str | None]]]) -> None:
        self._by_name: dict[str, list[int]] = {}
        self._above: dict[int, set[str]] = {}
        self._names: dict[int, tuple[str, str | None]] = {}
        for number, names, above in rows:
            self._names[number] = (names[0] or "", above[0] if above else None)
            self._above[number] = {folded(one) for one in above if one}
            for name in {folded(spelling) for spelling in filter(None, names)}:
                self._by_name.setdefault(name, []).append(number)

    def find(self, written: str) -> list[int]:
        whole = self._by_name.get(folded(written), [])
        name, above = split_name(written)
        if whole or not above:
            return whole
        return [number for number in self._by_name.get(folded(name), []) if folded(above) in self._above[number]]

    def write(self, number: int | None) -> str:
        """The name, with that of what is above where others are called the same."""
        name, above = self._names.get(number or 0, ("", None))
        is_shared = len(self._by_name.get(folded(name), [])) > 1
        return f"{name}{SEPARATOR}{above}" if is_shared and above else name


def _goes_on(kind: type[OrgUnit] | type[Position], on: date) -> ColumnElement[bool]:
    return or_(kind.valid_to.is_(None), kind.valid_to >= on)


class Reader:
    """Reads rows of the sheet against the registers, and collects what it cannot use."""

    def __init__(self, on: date) -> None:
        self.faults: list[Fault] = []
        above = aliased(OrgUnit)
        units = select(OrgUnit.id, OrgUnit.name_id, OrgUnit.name_en, OrgUnit.short, above.name_id, above.short)
        units = units.outerjoin(above, above.id == OrgUnit.parent_id).where(_goes_on(OrgUnit, on))
        posts = select(
            Position.id, Position.title_id, Position.title_en, Position.short, OrgUnit.name_id, OrgUnit.short
        )
        posts = posts.outerjoin(Position.unit).where(Position.is_listed, _goes_on(Position, on))
        persons = select(Person.id, Person.name, Person.full_name, Person.aliases).where(Person.is_listed)
        self._names = {
            LineKind.UNIT: _Names((row[0], row[1:4], row[4:]) for row in db.session.execute(units)),
            LineKind.POST: _Names((row[0], row[1:4], row[4:]) for row in db.session.execute(posts)),
            LineKind.PERSON: _Names((row[0], (*row[1:3], *row[3]), ()) for row in db.session.execute(persons)),
        }
        self._items: dict[str, list[tuple[str, int]]] = {}
        for table, is_open in IS_OPEN.items():
            kind = ITEM_TABLES[table]
            for code, number in db.session.execute(select(kind.code, kind.id).where(is_open)):
                self._items.setdefault(folded(code or ""), []).append((table, number))

    def read(self, rows: Sequence[SheetRow]) -> tuple[list[Line], list[ItemLine]]:
        """Lines in the order of the rows; `faults` names the cells that none could be made of."""
        lines: list[Line] = []
        items: list[ItemLine] = []
        for row in rows:
            kind = row.kind or self._kind(row)
            if kind is LineKind.ITEM:
                items += self._item(row)
            elif kind is not None:
                lines += self._line(row, kind)
        return lines, items

    def _kind(self, row: SheetRow) -> LineKind | None:
        """What the row is about, if only one kind has something of that name."""
        kinds = [kind for kind, names in self._names.items() if names.find(row.predecessor)]
        kinds += [LineKind.ITEM] if row.predecessor and folded(row.predecessor) in self._items else []
        if len(kinds) == 1:
            return kinds[0]
        if not row.predecessor:
            self._fault(row, "kind", _l("Say whether it is a unit or a post."))
        elif kinds:
            self._fault(row, "kind", _l("Say whether “%(name)s” is a unit, a post or a person.", name=row.predecessor))
        else:
            self._fault(row, "predecessor", _l("Nothing is called “%(name)s”.", name=row.predecessor))
        return None

    def _line(self, row: SheetRow, kind: LineKind) -> list[Line]:
        before = len(self.faults)
        predecessor = self._existing(row, "predecessor", row.predecessor, kind) if row.predecessor else None
        if not row.predecessor and (kind is LineKind.PERSON or not row.successor):
            self._fault(row, "predecessor", _l("Enter who or what this line is about."))
        to = LineKind.POST if kind is LineKind.PERSON else kind
        successor = self._maybe(row, "successor", row.successor, to)
        below = self._maybe(row, "below", row.below, LineKind.UNIT)
        if row.english and (successor or not row.successor or kind is LineKind.PERSON):
            self._fault(row, "english", _l("Only something new, or a new name, gets an English name here."))
        if len(self.faults) > before:
            return []
        return [
            Line(
                place=row.number, kind=kind, predecessor=predecessor, successor=successor,
                successor_name=row.successor if row.successor and successor is None else None,
                successor_name_en=row.english or None,
                below=below, below_name=row.below if row.below and below is None else None,
                takes_rest=row.takes_rest,
            )
        ]  # fmt: skip

    def _item(self, row: SheetRow) -> list[ItemLine]:
        found = self._items.get(folded(row.predecessor), []) if row.predecessor else []
        if len(found) != 1:
            no_item = _l("No open item that you may see has the code “%(name)s”.", name=row.predecessor)
            self._fault(row, "predecessor", _l("More than one has this code.") if found else no_item)
            return []
        if not row.successor:
            self._fault(row, "successor", _l("Enter the unit that it goes to."))
            return []
        before = len(self.faults)
        unit = self._maybe(row, "successor", row.successor, LineKind.UNIT)
        if len(self.faults) > before:
            return []
        table, number = found[0]
        return [ItemLine(
            place=row.number, table=table, item_id=number, successor=unit,
            successor_name=None if unit else row.successor,
        )]  # fmt: skip

    def _existing(self, row: SheetRow, column: str, written: str, kind: LineKind) -> int | None:
        found = self._names[kind].find(written)
        if not found:
            sentence = {
                LineKind.UNIT: _l("No unit is called “%(name)s”.", name=written),
                LineKind.POST: _l("No post is called “%(name)s”.", name=written),
                LineKind.PERSON: _l("No person is called “%(name)s”.", name=written),
            }[kind]
            self._fault(row, column, sentence)
        return self._only(row, column, written, found)

    def _maybe(self, row: SheetRow, column: str, written: str, kind: LineKind) -> int | None:
        """The row of this name, if there is one; otherwise it is the name of a new one."""
        return self._only(row, column, written, self._names[kind].find(written)) if written else None

    def _only(self, row: SheetRow, column: str, written: str, found: Sequence[int]) -> int | None:
        if len(found) > 1:
            self._fault(
                row, column,
                _l("More than one is called “%(name)s”. Write the unit above it after a slash: “%(name)s / …”.",
                   name=written),
            )  # fmt: skip
        return found[0] if len(found) == 1 else None

    def _fault(self, row: SheetRow, column: str, sentence: LazyString) -> None:
        self.faults.append(Fault(row.number, column, sentence))

    def write(self, decree: Reorganisation, items: Sequence[ReorganisationItem]) -> str:
        """The lines of a decree as cells, which `read` takes for the same lines."""
        return write_sheet([*map(self.cells, decree.lines), *map(self._cells_of_item, items)])

    def cells(self, line: Any) -> tuple[str, ...]:
        units, posts, persons = self._names.values()
        predecessor = units.write(line.unit_id) or posts.write(line.position_id) or persons.write(line.person_id)
        successor = units.write(line.successor_unit_id) or posts.write(line.successor_position_id)
        below = units.write(line.below_unit_id)
        rest = "ya" if line.takes_rest else ""
        english = line.successor_name_en or ""
        after, below = line.successor_name or successor, line.below_name or below
        return (KIND_WORDS[line.kind], predecessor, after, below, rest, english)

    def _cells_of_item(self, item: ReorganisationItem) -> tuple[str, ...]:
        units = self._names[LineKind.UNIT]
        row: Any = item.action or item.proposal or item.target
        after = item.successor_name or units.write(item.successor_unit_id)
        return (KIND_WORDS[LineKind.ITEM], row.code, after, "", "", "")
