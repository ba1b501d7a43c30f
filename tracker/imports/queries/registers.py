"""Which row a cell means: by code, name, short name or post. What is only near is asked, never guessed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import select

from tracker.core.choices import SHOWN, Choice, Source
from tracker.core.db import db
from tracker.core.running_codes import code_alone, codes_in
from tracker.imports.formats import Cell
from tracker.imports.rules import values
from tracker.imports.rules.kinds import Register
from tracker.meetings import queries as meetings
from tracker.meetings.live.formats.dates import dates_in
from tracker.meetings.models import Meeting
from tracker.people import queries as people
from tracker.people.models import OrgUnit, Position
from tracker.people.rules import folded, parsed, without_acting_prefix
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal
from tracker.targets import queries as targets
from tracker.targets.models import Indicator, Target, TargetDocument

#: More rows are not offered to choose from.
MOST_CANDIDATES = 8
#: From which relative words would count; whole dates do not depend on it.
_SOME_DAY = date(2000, 1, 1)
#: A letter and a figure, or figures with a sign between: «TL-12», «07/2023».
_CODE_OF_OFFICE = re.compile(r"[^\W\d_].*\d|\d.*[^\w\s].*\d")


@dataclass(frozen=True)
class Meant:
    """The row that a cell means; or the rows that it may mean; or neither."""

    id: int | None = None
    candidates: tuple[Choice, ...] = ()


NOTHING = Meant()


class Lookup(Protocol):
    def find(self, written: str) -> Meant: ...

    def learn(self, number: int, *spellings: str | None) -> None:
        """Take a row into account that was stored after loading."""

    def described(self, ids: Sequence[int]) -> Mapping[int, str]:
        """The rows in words, by id."""


class _Names:
    """Rows found by exactly one of their spellings; else what the search of the forms finds."""

    def __init__(self, source: Source | None, rows: Iterable[Sequence[Any]]) -> None:
        self._source = source
        self._ids: dict[str, list[int]] = {}
        self._searched: dict[str, Meant] = {}
        for number, *spellings in rows:
            self.learn(number, *(text for spelling in spellings for text in _texts(spelling)))

    def learn(self, number: int, *spellings: str | None) -> None:
        for spelling in filter(None, spellings):
            ids = self._ids.setdefault(folded(spelling), [])
            if number not in ids:
                ids.append(number)

    def find(self, written: str) -> Meant:
        for spelling in self._spellings(written):
            ids = self._ids.get(folded(spelling), [])
            if len(ids) == 1:
                return Meant(ids[0])
            if ids:
                return Meant(candidates=self._described(ids))
        if written not in self._searched:
            found = self._source.meant(written)[:SHOWN] if self._source else []
            self._searched[written] = Meant(candidates=tuple(found[:MOST_CANDIDATES]))
        return self._searched[written]

    def described(self, ids: Sequence[int]) -> Mapping[int, str]:
        return {choice.id: choice.name for choice in self._source.describe(ids)} if self._source and ids else {}

    def _spellings(self, written: str) -> Sequence[str]:
        return (written,)

    def _described(self, ids: Sequence[int]) -> tuple[Choice, ...]:
        described = self._source.describe(ids[:MOST_CANDIDATES]) if self._source else []
        return tuple(described) or tuple(Choice(number, "") for number in ids[:MOST_CANDIDATES])


def _texts(spelling: str | list[str] | None) -> Iterable[str]:
    if isinstance(spelling, str):
        return (spelling,)
    return spelling or ()


class _Posts(_Names):
    def _spellings(self, written: str) -> Sequence[str]:
        """With and without a leading Plt., Plh. or Pj."""
        return (written, without_acting_prefix(parsed(written).core), without_acting_prefix(written))


class _Coded(_Names):
    """Rows with a running code, which may stand before or behind other words."""

    def _spellings(self, written: str) -> Sequence[str]:
        codes = [code.code for code in codes_in(written)]
        alone = code_alone(written)
        return (*([alone] if alone else []), *codes[:1], written, *_first_with_figures(written))


def _first_with_figures(written: str) -> Sequence[str]:
    """The former code of an office before its words: «U/07/2023 Pembentukan forum»."""
    words = written.split()
    return words[:1] if len(words) > 1 and _CODE_OF_OFFICE.search(words[0]) else []


class _Meetings(_Coded):
    """Found by code, by name, or by their day: «Rapim (21 Oktober 2020)», «21/10/2020»."""

    def __init__(self) -> None:
        super().__init__(meetings.MEETINGS, ())
        self._on: dict[date, list[tuple[int, str]]] = {}
        columns = (Meeting.id, Meeting.classification, Meeting.code, Meeting.name_id, Meeting.name_en, Meeting.date)
        for row in db.session.execute(select(*columns)):
            self.learn(row.id, row.code, row.name_id, row.name_en)
            self.place(row.id, row.date, row.name_id)

    def place(self, number: int, day: date, name: str) -> None:
        self._on.setdefault(day, []).append((number, folded(name)))

    def find(self, written: str) -> Meant:
        day = None if _has_code(written) else _day_named(written)
        if day is None:
            return super().find(written)
        there = self._on.get(day, [])
        named = [number for number, name in there if name in folded(written)]
        ids = named or [number for number, _ in there]
        if len(ids) == 1:
            return Meant(ids[0])
        return Meant(candidates=self._described(ids)) if ids else super().find(written)


def _day_named(written: str) -> date | None:
    """Of a text that is a day as a cell may hold it, also as Excel counts days; or that names one day."""
    whole = values.day(Cell(written, "")).value
    days = [whole] if whole else [found.day for found in dates_in(written, _SOME_DAY)]
    return days[0] if len(days) == 1 else None


def _has_code(written: str) -> bool:
    return next(codes_in(written), None) is not None


class _Persons:
    """Found by their civil-service number or exact name; partly or nearly equal names are asked."""

    def __init__(self) -> None:
        self.known = people.KnownPersons()
        self._learned: dict[str, int] = {}

    def learn(self, number: int, *spellings: str | None) -> None:
        for spelling in filter(None, spellings):
            self._learned.setdefault(parsed(spelling).identity, number)

    def find(self, written: str) -> Meant:
        by_number = self.known.with_number(written.replace(" ", ""))
        if by_number is not None:
            return Meant(by_number)
        matches = self.known.find(written)
        if len(matches.same) == 1:
            return Meant(matches.same[0])
        learned = self._learned.get(parsed(written).identity)
        if learned is not None and not matches.same:
            return Meant(learned)
        return Meant(candidates=self.candidates(matches.same or matches.all))

    def described(self, ids: Sequence[int]) -> Mapping[int, str]:
        return {choice.id: choice.name for choice in people.PERSONS.describe(ids)} if ids else {}

    def candidates(self, ids: Sequence[int]) -> tuple[Choice, ...]:
        described = {choice.id: choice for choice in people.PERSONS.describe(ids[:MOST_CANDIDATES])} if ids else {}
        return tuple(described[number] for number in ids if number in described)


class Registers:
    """The registers that a run refers to, each loaded once."""

    @cached_property
    def persons(self) -> _Persons:
        return _Persons()

    @cached_property
    def units(self) -> _Names:
        columns = (OrgUnit.id, OrgUnit.name_id, OrgUnit.name_en, OrgUnit.short)
        return _Names(people.UNITS, db.session.execute(select(*columns)))

    @cached_property
    def posts(self) -> _Names:
        columns = (Position.id, Position.title_id, Position.title_en, Position.short, Position.aliases)
        return _Posts(people.POSTS, db.session.execute(select(*columns).where(Position.is_listed)))

    @cached_property
    def meetings(self) -> _Names:
        return _Meetings()

    @cached_property
    def proposals(self) -> _Names:
        columns = (Proposal.id, Proposal.classification, Proposal.code, Proposal.former_code, Proposal.title_id,
                   Proposal.title_en)  # fmt: skip
        rows = ((number, *texts) for number, _, *texts in db.session.execute(select(*columns)))
        return _Coded(proposals.PROPOSALS, rows)

    @cached_property
    def documents(self) -> _Names:
        columns = (TargetDocument.id, TargetDocument.name_id, TargetDocument.name_en, TargetDocument.code)
        current = TargetDocument.superseded_edition.is_(None)
        return _Names(targets.TARGETS, db.session.execute(select(*columns).where(current)))

    @cached_property
    def targets(self) -> _Names:
        columns = (Target.id, Target.name_id, Target.name_en, Target.code)
        current = Target.superseded_edition.is_(None)
        return _Names(targets.TARGETS, db.session.execute(select(*columns).where(current)))

    @cached_property
    def indicators(self) -> _Names:
        columns = (Indicator.id, Indicator.name_id, Indicator.name_en, Indicator.code)
        current = Indicator.superseded_edition.is_(None)
        return _Names(targets.TARGETS, db.session.execute(select(*columns).where(current)))

    def of(self, register: Register) -> Lookup:

        found: Lookup = getattr(self, register.value)
        return found
