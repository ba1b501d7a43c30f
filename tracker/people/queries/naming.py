"""Which person or post a written name or title refers to, and who held which post on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from tracker.core.db import db
from tracker.people import rules
from tracker.people.models import OrgUnit, Person, Position, PositionHolding
from tracker.people.queries.register import covers_day


class KnownPerson(NamedTuple):
    id: int
    full_name: str
    aliases: list[str]
    nip: str | None
    is_provisional: bool
    note: str | None


class HeldPost(NamedTuple):
    """A post held on a day, with the title of that day: «Plt. Direktur …»."""

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
    """All persons of the register, loaded once for repeated look-ups by name."""

    def __init__(self) -> None:
        self.by_id = {row.id: KnownPerson(*row) for row in db.session.execute(_PERSONS)}
        self._names = rules.NameIndex(
            (person.id, (person.full_name, *person.aliases)) for person in self.by_id.values()
        )
        self._by_number = {person.nip: person.id for person in self.by_id.values() if person.nip}

    def find(self, name: str) -> rules.NameMatches[int]:
        return self._names.find(name)

    def with_number(self, nip: str | None) -> int | None:
        return self._by_number.get(nip) if nip else None


class KnownPosts:
    def __init__(self) -> None:
        self._by_title: dict[str, list[int]] = {}
        for number, *titles, aliases in db.session.execute(_TITLES.where(Position.is_listed).order_by(Position.id)):
            for title in {rules.folded(title) for title in (*titles, *aliases) if title}:
                self._by_title.setdefault(title, []).append(number)

    def find(self, title: str) -> int | None:
        """The post with exactly this title, with or without a leading Plt., Plh. or Pj.; None if ambiguous."""
        plain = rules.without_acting_prefix(rules.parsed(title).core)
        for written in (title, plain):
            position_ids = self._by_title.get(rules.folded(written), [])
            if len(position_ids) == 1:
                return position_ids[0]
        return None


def posts_held(person_ids: Iterable[int], day: date) -> dict[int, list[HeldPost]]:
    """Posts held on that day by person, definitive ones first."""
    query = (
        select(PositionHolding.person_id, PositionHolding.kind, Position.id, Position.title_id, OrgUnit.name_id)
        .join(PositionHolding.position)
        .outerjoin(Position.unit)
        .where(PositionHolding.person_id.in_([*person_ids]), covers_day(day))
        .order_by(PositionHolding.id)
    )
    posts: dict[int, list[HeldPost]] = {}
    rows = db.session.execute(query).all()
    for row in sorted(rows, key=lambda row: row.kind is not rules.HoldingKind.DEFINITIVE):
        post = HeldPost(row.id, rules.with_prefix(row.kind, row.title_id), row.name_id)
        if post not in posts.setdefault(row.person_id, []):
            posts[row.person_id].append(post)
    return posts


def title_of_position(position_id: int) -> str | None:
    return db.session.scalar(select(Position.title_id).filter_by(id=position_id))


def persons_named(written: Sequence[str], *, except_id: int | None = None) -> list[KnownPerson]:
    """Persons whom one of the names may refer to, best match first."""
    known = KnownPersons()
    person_ids = dict.fromkeys(number for name in written for number in known.find(name).all)
    return [known.by_id[number] for number in person_ids if number != except_id]
