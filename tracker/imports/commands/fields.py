"""The fields of a kind, and its rows: what cells mean, what is wrong, what must be asked."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar

from flask_babel.speaklater import LazyString

from tracker.core.actor import Actor
from tracker.core.choices import Choice
from tracker.core.clock import Zone
from tracker.core.db import Model
from tracker.core.mail import is_mail_address
from tracker.core.running_codes import code_alone
from tracker.core.wording import clock, gettext, label, number, short_day
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections.commands import in_each_language
from tracker.imports.formats import Cell
from tracker.imports.queries.registers import Registers
from tracker.imports.rules.kinds import CellKind, ImportKind, Register, RowState

_IN_BRACKETS = re.compile(r"\([^)]*\)")
LONGEST_LINE, LONGEST_TEXT = 300, 20_000
#: The answer that a row, or what a cell names, is not yet in the register.
NEW = "new"
#: Time zones by their abbreviations.
ZONES = {zone.name: zone for zone in Zone}


@dataclass(frozen=True, kw_only=True)
class Field:
    name: str
    label: LazyString
    kind: CellKind = CellKind.TEXT
    is_needed: bool = False
    codes: type[StrEnum] | None = None
    #: Further words of offices for its codes.
    words: Mapping[str, StrEnum] = field(default_factory=dict)
    register: Register | None = None
    #: Whether a name that is in no register is kept as text, or added.
    may_be_unknown: bool = False
    longest: int = LONGEST_LINE
    #: Further headings that offices use.
    also: tuple[str, ...] = ()

    @cached_property
    def spellings(self) -> Sequence[str]:
        """Its headings in both languages, the first as in our own files."""
        return [*dict.fromkeys((*in_each_language(lambda: str(self.label)).values(), *self.also))]

    @cached_property
    def codes_by_spelling(self) -> Mapping[str, StrEnum]:
        found: dict[str, StrEnum] = {}
        for member in self.codes or ():
            words = in_each_language(lambda member=member: label(member)).values()  # type: ignore[misc]  # bound at once
            short = (_IN_BRACKETS.sub("", word).strip() for word in words)
            for spelling in (*words, *short, member.value):
                found.setdefault(spelling, member)
        return {**found, **self.words}


@dataclass(frozen=True)
class Problem:
    sentence: str
    #: The address of the cell, and its field, if it is about one.
    cell: str = ""
    field: str | None = None


@dataclass(frozen=True)
class Note:
    """How a cell was read that could have been meant otherwise."""

    field: str
    cell: str
    code: StrEnum
    sentence: str


@dataclass(frozen=True)
class Question:
    #: The same question is asked once for all rows.
    key: str
    written: str
    candidates: tuple[Choice, ...]
    cell: str
    may_be_new: bool


@dataclass(frozen=True)
class Change:
    """A field with what it holds and what it would hold, in words."""

    name: str
    label: str
    before: str
    after: str
    #: The register of what it refers to, and the ids before and after.
    refers: tuple[Register, int | None, int | None] | None = None


@dataclass
class Row:
    sheet: str
    number: int
    #: By field.
    cells: Mapping[str, Cell]
    #: What the cells mean by field, without those left empty. A reference is an id, or the text of an unknown name.
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    #: What was written, by field.
    written: dict[str, str] = field(default_factory=dict)
    #: References to other rows of the same file, by field: the text as written.
    pending: dict[str, str] = field(default_factory=dict)
    known_id: int | None = None
    changes: list[Change] = field(default_factory=list)

    def refuse(self, sentence: object, of: str | None = None) -> None:
        """One problem of a cell is enough."""
        if of is not None and any(problem.field == of for problem in self.problems):
            return
        self.problems.append(Problem(str(sentence), self.address(of), of))

    def ensure_address(self, of: str) -> None:
        if self.get(of) and not is_mail_address(self.get(of)):
            self.refuse(_l("Enter an e-mail address like nama@kemenham.go.id."), of)

    def tell_former_code(self) -> None:
        """What stands under «Code» and is none of ours is what the office called it before."""
        written = self.get("code")
        if written and code_alone(written) is None:
            self.values.setdefault("former_code", self.values.pop("code"))

    def address(self, name: str | None) -> str:
        """«B7», of the cell of a field; empty without one."""
        return self.cells[name].address if name and name in self.cells else ""

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)

    @property
    def state(self) -> RowState:
        if self.problems:
            return RowState.WRONG
        if self.questions:
            return RowState.ASKED
        if self.known_id is None:
            return RowState.NEW
        return RowState.CHANGED if self.changes else RowState.SAME


class Keeper:
    """One kind of rows in one run: finds the stored row, compares with it, and stores through the commands."""

    kind: ClassVar[ImportKind]
    fields: ClassVar[Sequence[Field]]
    #: Fields that may stand side by side for each period, and the field of the period.
    by_period: ClassVar[tuple[Sequence[str], str] | None] = None

    def __init__(self, registers: Registers, answers: Mapping[str, Any], *, by: Actor, at: datetime,
                 is_history: bool) -> None:  # fmt: skip
        self.registers, self.answers = registers, answers
        self.by, self.at, self.is_history = by, at, is_history

    @classmethod
    def field(cls, name: str) -> Field:
        return next(one for one in cls.fields if one.name == name)

    @classmethod
    def has(cls, name: str) -> bool:
        return any(one.name == name for one in cls.fields)

    def identity(self, row: Row) -> object:
        """What tells rows of the file apart; two rows with the same are refused. None if nothing does."""
        return None

    def title(self, row: Row) -> str:
        """The row in a few words."""
        raise NotImplementedError

    def moment(self, row: Row) -> date:
        """The rows are stored by it, then as they stand in the file."""
        return date.min

    def names(self, row: Row) -> Sequence[str]:
        """By what other rows of the same file may refer to it."""
        return ()

    def spread(self, row: Row) -> None:
        """Take apart cells that hold several things, before references are looked up."""

    def prepare(self, row: Row) -> None:
        """Refuse what does not fit together."""

    def find(self, row: Row) -> int | None:
        """The stored row that it means."""
        raise NotImplementedError

    def stored(self, row_id: int) -> Mapping[str, Any]:
        """The values of a stored row by field."""
        raise NotImplementedError

    def changes(self, row: Row) -> list[Change]:
        """What storing a known row would change. What the file leaves empty stays as it is."""
        stored, changes = self.stored(row.known_id or 0), []
        for one in self.fields:
            given = row.pending.get(one.name) or row.get(one.name)
            if given is None or one.name not in stored or given == stored[one.name]:
                continue
            changes.append(change_of(one, stored[one.name], given))
        return changes

    def add(self, row: Row) -> Model:
        raise NotImplementedError

    def change(self, row: Row) -> Model:
        raise NotImplementedError


def change_of(one: Field, before: Any, after: Any) -> Change:
    ids = (before if isinstance(before, int) else None, after if isinstance(after, int) else None)
    refers = (one.register, *ids) if one.kind is CellKind.REFERENCE and one.register and any(ids) else None
    return Change(one.name, str(one.label), in_words(one, before), in_words(one, after), refers)


def in_words(one: Field, value: Any) -> str:
    """A value as it is shown; an id of another row has its words where it is shown."""
    if value in (None, [], "") or (one.kind is CellKind.REFERENCE and isinstance(value, int)):
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return "; ".join(value)
    speak: dict[CellKind, Callable[[Any], str]] = {
        CellKind.CODE: label, CellKind.DAY: short_day, CellKind.TIME: clock, CellKind.NUMBER: number,
        CellKind.PERCENT: number, CellKind.WHOLE_NUMBER: number,
    }  # fmt: skip
    return speak.get(one.kind, str)(value)
