"""Rows that fields offer: searched while somebody types, never listed in full."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Select, case, or_

from tracker.core.db import db

#: The most choices shown at once.
SHOWN = 20
#: What is typed beyond these is not looked at.
LONGEST_TYPED = 300
MOST_WORDS = 8
#: Between a name and what distinguishes it from equal ones.
BETWEEN = " · "


class Choice(NamedTuple):
    id: int
    name: str
    #: What distinguishes it from rows of the same name: post, unit, date, edition.
    detail: str = ""
    #: What else means exactly this row: its code, its other spellings.
    also: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return f"{self.name}{BETWEEN}{self.detail}" if self.detail else self.name

    def is_called(self, typed: str) -> bool:
        return _even(typed) in {_even(spelling) for spelling in (self.words, self.name, *self.also)}


def _even(text: str) -> str:
    return " ".join(text.casefold().split())


@dataclass(frozen=True, eq=False)
class Source:
    """Where the choices of one kind come from."""

    #: The name in the address of the search: /choices/people.
    kind: str
    #: Selects the ids of the rows that may be chosen.
    rows: Callable[..., Select[Any]]
    number: Any
    #: The order of the choices while nothing is typed.
    order: Sequence[Any]
    #: The text columns that are searched; what begins with the words in the first comes first.
    texts: Sequence[Any]
    #: Describes the rows with these ids, in any order, and leaves out those that may not be chosen.
    describe: Callable[[Collection[int]], Sequence[Choice]]
    #: By the id of a row that was merged into another, or superseded: the row that stands for it.
    successors: Callable[[Collection[int]], Mapping[int, int]] = lambda _: {}
    #: How the columns were normalised.
    fold: Callable[[str], str] = str
    #: The ids by which a field may narrow `rows`.
    narrows: frozenset[str] = field(default_factory=frozenset)

    def search(self, typed: str, **narrowed: int) -> list[Choice]:
        """The likeliest rows with all these words, one more than is shown. Without words, the first ones."""
        query, words = self.rows(**narrowed), self._words(typed)
        if typed.strip() and not words:
            return []
        for word in words:
            query = query.where(or_(*(text.icontains(word, autoescape=True) for text in self.texts)))
        if words:
            first, text = self.texts[0], self.fold(typed.strip()[:LONGEST_TYPED])
            ranks = (first.istartswith(text, autoescape=True), 0), (first.icontains(f" {text}", autoescape=True), 1)
            query = query.order_by(case(*ranks, else_=2))
        ids = db.session.scalars(query.order_by(*self.order).limit(SHOWN + 1)).all()
        described = {choice.id: choice for choice in self.describe(ids)} if ids else {}
        return [described[number] for number in ids if number in described]

    def meant(self, typed: str, **narrowed: int) -> list[Choice]:
        """The rows that the typed text can mean: those called exactly so, else all that contain it."""
        name, between, _ = typed.rpartition(BETWEEN)
        found = self.search(name if between else typed, **narrowed)
        exact = [choice for choice in found if choice.is_called(typed)]
        if between and not exact:
            return self.search(typed, **narrowed)
        return exact or found

    def named(self, ids: Collection[int], **narrowed: int) -> dict[int, Choice]:
        """The choice for each of these ids; for a merged row, that of the row that stands for it."""
        found = self._described(ids, narrowed)
        missing = [number for number in ids if number not in found]
        now = self.successors(missing) if missing else {}
        later = self._described(set(now.values()), narrowed) if now else {}
        return found | {number: later[end] for number, end in now.items() if end in later}

    def _described(self, ids: Collection[int], narrowed: Mapping[str, int]) -> dict[int, Choice]:
        if narrowed and ids:
            ids = db.session.scalars(self.rows(**narrowed).where(self.number.in_(ids))).all()
        return {choice.id: choice for choice in self.describe(ids)} if ids else {}

    def _words(self, typed: str) -> list[str]:
        words = self.fold(typed[:LONGEST_TYPED]).split()
        return [word for word in words if any(map(str.isalnum, word))][:MOST_WORDS]


_sources: dict[str, Source] = {}


def register(*sources: Source) -> None:
    _sources.update({source.kind: source for source in sources})


def source(kind: str) -> Source | None:
    return _sources.get(kind)
