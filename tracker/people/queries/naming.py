"""Whom a written name or title means, and which posts people held on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from tracker.core.db import db
from tracker.people import rules
from tracker.people.models import OrgUnit, Person, Position, PositionHolding
from tracker.people.queries.register import covers_day


class KnownPerson(NamedTuple):
    """A person of the register, by the names they bear."""

    id: int
    full_name: str
    aliases: list[str]
    nip: str | None
    is_provisional: bool
    note: str | None


class HeldPost(NamedTuple):
    """A post that somebody held on a day, in the words of that day: «Plt. Direktur …»."""

    position_id: int
    words: str
    unit: str | None


_PERSONS = (
    select(Person.id, Person.full_name, Person.aliases, Person.nip, Person.is_provisional, Person.note)
    .where(Person.is_listed)
    .order_by(Person.name, Person.id)
)
_TITLES = select(Position.id, Position.title_id, Position.title_en, Position.short, Position.aliases)


class KnownPersons:
    """Everybody in the register, read once and looked up by name as often as needed."""

    def __init__(self) -> None:
        """Read the register."""
        self.by_id = {row.id: KnownPerson(*row) for row in db.session.execute(_PERSONS)}
        self._names = rules.NameIndex((one.id, (one.full_name, *one.aliases)) for one in self.by_id.values())
        self._by_number = {one.nip: one.id for one in self.by_id.values() if one.nip}

    def find(self, name: str) -> rules.Found[int]:
        """The persons whom a name may mean."""
        return self._names.find(name)

    def with_number(self, nip: str | None) -> int | None:
        """The person with this civil-service number."""
        return self._by_number.get(nip) if nip else None


class KnownPosts:
    """All posts of the register, read once and looked up by title as often as needed."""

    def __init__(self) -> None:
        """Read the register."""
        self._by_title: dict[str, list[int]] = {}
        for number, *titles, aliases in db.session.execute(_TITLES.where(Position.is_listed).order_by(Position.id)):
            for title in {rules.folded(title) for title in (*titles, *aliases) if title}:
                self._by_title.setdefault(title, []).append(number)

    def find(self, title: str) -> int | None:
        """The one post that is written so, with or without Plt., Plh. or Pj. before it."""
        plain = rules.without_acting(rules.parsed(title).core)
        for written in (title, plain):
            found = self._by_title.get(rules.folded(written), [])
            if len(found) == 1:
                return found[0]
        return None


def posts_held(person_ids: Iterable[int], day: date) -> dict[int, list[HeldPost]]:
    """The posts that these persons held on that day, as far as known, by person; the definitive ones first."""
    question = (
        select(PositionHolding.person_id, PositionHolding.kind, Position.id, Position.title_id, OrgUnit.name_id)
        .join(PositionHolding.position)
        .outerjoin(Position.unit)
        .where(PositionHolding.person_id.in_([*person_ids]), covers_day(day))
        .order_by(PositionHolding.id)
    )
    held: dict[int, list[HeldPost]] = {}
    rows = db.session.execute(question).all()
    for row in sorted(rows, key=lambda one: one.kind is not rules.HoldingKind.DEFINITIVE):
        post = HeldPost(row.id, rules.with_prefix(row.kind, row.title_id), row.name_id)
        if post not in held.setdefault(row.person_id, []):
            held[row.person_id].append(post)
    return held


def title_of_position(position_id: int) -> str | None:
    """The title of a post as official documents have it."""
    return db.session.scalar(select(Position.title_id).filter_by(id=position_id))


def persons_named(written: Sequence[str], *, except_id: int | None = None) -> list[KnownPerson]:
    """Persons who may be called so in one of these ways, the likeliest first."""
    known = KnownPersons()
    found = dict.fromkeys(number for name in written for number in known.find(name).all)
    return [known.by_id[number] for number in found if number != except_id]
