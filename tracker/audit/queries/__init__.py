"""Queries for events, parts and audit entries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from tracker.audit.models import AuditEntry, AuditHead, Event, Involvement
from tracker.audit.rules import GENESIS, AuditedKind, Change, Part, digest
from tracker.core.actor import Actor
from tracker.core.clock import office_zone
from tracker.core.db import Model, db
from tracker.core.paging import Page, page_of
from tracker.core.visibility import Classified, RegisterEntry

COVERED = ("id", "account_id", "by_name", "change", "table_name", "row_id", "before", "after")


@dataclass(frozen=True)
class ChainFault:
    entry_id: int
    fault: str


class Oneself(NamedTuple):
    accounts: frozenset[int]
    persons: frozenset[int]


def events_of(subject: Model, *verbs: str, seen: Iterable[Model] = ()) -> Sequence[Event]:
    """Events of this row, all or only with these verbs, newest first.

    `seen` are rows that the user was shown already; their visibility is not queried again.
    """
    identity = subject.__mapper__.primary_key_from_instance(subject)[0]
    query = select(Event).filter_by(subject=subject.__tablename__, subject_id=identity)
    query = query.where(Event.verb.in_(verbs)) if verbs else query
    shown = frozenset(f"{row.__tablename__}:{row.__mapper__.primary_key_from_instance(row)[0]}" for row in seen)
    return _visible(db.session.scalars(query.order_by(Event.id.desc())).all(), shown)


def events_about(subjects: Mapping[str, Sequence[int]]) -> Sequence[Event]:
    asked = {name: ids for name, ids in subjects.items() if ids}
    return _visible(db.session.scalars(_about(tuple(asked)), asked).all()) if asked else []


@cache
def _about(subjects: tuple[str, ...]) -> Select[Event]:
    criteria = (and_(Event.subject == name, Event.subject_id.in_(bindparam(name, expanding=True))) for name in subjects)
    return select(Event).where(or_(*criteria)).order_by(Event.id.desc())


def event_if_seen(event_id: int) -> Event | None:
    """The event, unless it repeats text of a row that is not visible."""
    return next(iter(_visible(db.session.scalars(select(Event).filter_by(id=event_id)).all())), None)


def _visible(events: Sequence[Event], shown: frozenset[str] = frozenset()) -> Sequence[Event]:
    mentioned: dict[str, set[int]] = {}
    for event in events:
        for table, _, number in (mention.partition(":") for mention in event.mentions or () if mention not in shown):
            mentioned.setdefault(table, set()).add(int(number))
    if not mentioned:
        return events
    kinds: list[Any] = [*Classified.__subclasses__(), *RegisterEntry.__subclasses__()]
    mention_queries = [
        select(literal(kind.__tablename__), kind.id).where(kind.id.in_(mentioned[kind.__tablename__]))
        for kind in kinds
        if kind.__tablename__ in mentioned
    ]
    visible = shown | {f"{table}:{number}" for table, number in db.session.execute(union_all(*mention_queries))}
    return [event for event in events if visible.issuperset(event.mentions or ())]


def parts_of(actor: Actor, subject: Model) -> frozenset[Part]:
    identity = subject.__mapper__.primary_key_from_instance(subject)[0]
    return parts_in(actor, type(subject), [identity])[identity]


def parts_in(actor: Actor, kind: type[Model], ids: Collection[int]) -> Mapping[int, frozenset[Part]]:
    """All parts that the actor ever had in each of these rows, by id.

    They count for all accounts of a person, and for every person that was ever linked to an account. In a preview, the
    parts of the reader and of the real account both count.
    """
    readers = dict.fromkeys((identity.account_id, identity.person_id) for identity in (actor.seen, actor.real))
    values: dict[str, Any] = {"subject": kind.__tablename__, "ids": list(ids)}
    for at, (account_id, person_id) in enumerate(readers):
        values |= {f"account_{at}": account_id, f"person_{at}": person_id}
    parts: dict[int, frozenset[Part]] = defaultdict(frozenset)
    for subject_id, part in db.session.execute(_parts_query(len(readers)), values):
        parts[subject_id] |= {part}
    return parts


@cache
def _parts_query(readers: int) -> Select[int, Part]:
    """Made once: making it takes longer than reading the rows."""
    is_own = or_(
        *(
            _is_somebody(bindparam(f"account_{at}", type_=Integer), bindparam(f"person_{at}", type_=Integer))
            for at in range(readers)
        )
    )
    query = select(Involvement.subject_id, Involvement.part).distinct()
    is_asked_for = Involvement.subject_id.in_(bindparam("ids", expanding=True))
    return query.where(Involvement.subject == bindparam("subject"), is_asked_for, is_own)


def oneself(actor: Actor) -> Oneself:
    """Accounts that share or ever shared a person with the actor's account, and all persons ever linked to them."""
    account, person = literal(actor.account_id, Integer), literal(actor.person_id, Integer)
    own, other, linked = (aliased(Involvement) for _ in range(3))
    persons = select(own.person_id).where(own.subject == "account", own.subject_id == account)
    accounts = select(other.subject_id).where(
        other.subject == "account", or_(other.person_id == person, other.person_id.in_(persons))
    )
    query = select(linked.subject_id, linked.person_id).where(
        linked.subject == "account", or_(linked.subject_id == account, linked.subject_id.in_(accounts))
    )
    pairs = [(actor.account_id, actor.person_id), *db.session.execute(query)]
    columns = zip(*pairs, strict=True)
    account_ids, person_ids = (frozenset(row_id for row_id in ids if row_id is not None) for ids in columns)
    return Oneself(accounts=account_ids, persons=person_ids)


def had_part(kind: type[Any], parts: Collection[Part], account: Any, person: Any) -> ColumnElement[bool]:
    return exists().where(
        Involvement.subject == kind.__tablename__, Involvement.subject_id == kind.id, Involvement.part.in_(parts),
        _is_somebody(account, person),
    )  # fmt: skip


def _is_somebody(account: Any, person: Any) -> ColumnElement[bool]:
    """The SQL condition that a part belongs to this account or person, or to others ever linked to them."""
    own, other = aliased(Involvement), aliased(Involvement)
    persons = select(own.person_id).where(own.subject == "account", own.subject_id == account)
    accounts = select(other.subject_id).where(
        other.subject == "account", or_(other.person_id == person, other.person_id.in_(persons))
    )
    return or_(
        Involvement.account_id == account, Involvement.account_id.in_(accounts),
        Involvement.person_id == person, Involvement.person_id.in_(persons),
    )  # fmt: skip


def values_before(table: str, since: Mapping[int, datetime], except_by: int | None = None) -> dict[int, dict[str, Any]]:
    """The values of these rows at the given times, for columns changed since, except by the account `except_by`."""
    if not since:
        return {}
    is_of_others = AuditEntry.account_id.is_distinct_from(except_by) if except_by is not None else true()
    criteria = (is_of_others, AuditEntry.table_name == table, AuditEntry.row_id.in_([str(row_id) for row_id in since]),
                AuditEntry.change == "update", AuditEntry.at >= min(since.values()).replace(microsecond=0))  # fmt: skip
    values: dict[int, dict[str, Any]] = {}
    for entry in db.session.scalars(select(AuditEntry).where(*criteria).order_by(AuditEntry.id)):
        if entry.at >= since[int(entry.row_id)].replace(microsecond=0):
            values[int(entry.row_id)] = {**(entry.before or {}), **values.get(int(entry.row_id), {})}
    return values


@dataclass(frozen=True, kw_only=True)
class AuditFilter:
    """Days are those of Jakarta."""

    who: str | None = None
    change: Change | None = None
    kind: AuditedKind | None = None
    row_id: str | None = None
    from_on: date | None = None
    to_on: date | None = None


def entries_query(filters: AuditFilter) -> Select[AuditEntry]:
    query = select(AuditEntry)
    if filters.who:
        query = query.where(AuditEntry.by_name.icontains(filters.who, autoescape=True))
    if filters.change:
        query = query.where(AuditEntry.change == filters.change)
    if filters.kind:
        query = query.where(AuditEntry.table_name == filters.kind)
    if filters.row_id:
        query = query.where(AuditEntry.row_id == filters.row_id)
    if filters.from_on:
        query = query.where(AuditEntry.at >= _midnight(filters.from_on))
    if filters.to_on:
        query = query.where(AuditEntry.at < _midnight(filters.to_on + timedelta(days=1)))
    return query.order_by(AuditEntry.id.desc())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), office_zone().info)


def matching(filters: AuditFilter, bookmark: str | None) -> Page[AuditEntry]:
    return page_of(entries_query(filters), bookmark)


def chain_length() -> int:
    return db.session.scalar(select(AuditHead.length)) or 0


def head(connection: Connection | None = None) -> tuple[int, str]:
    """(length, last hash) of the audit chain, as the connection sees it; without one, as the session does."""
    query = select(AuditHead.length, AuditHead.hash)
    row = (db.session if connection is None else connection).execute(query).one_or_none()
    return (row.length, row.hash) if row else (0, GENESIS)


def first_after(length: int) -> datetime | None:
    return db.session.scalar(select(AuditEntry.at).where(AuditEntry.id > length).order_by(AuditEntry.id).limit(1))


def chain_faults(anchored: Mapping[int, str]) -> Iterator[ChainFault]:
    """Faults of the chain. `anchored`: the hashes recorded outside the database, by entry id."""
    previous, last = GENESIS, 0
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=500)):
        content = {name: getattr(entry, name) for name in COVERED} | {"at": entry.at.isoformat()}
        if entry.id != last + 1:
            yield ChainFault(entry.id, "missing")
        if entry.previous_hash != previous or entry.hash != digest(content, entry.previous_hash):
            yield ChainFault(entry.id, "altered")
        if anchored.get(entry.id, entry.hash) != entry.hash:
            yield ChainFault(entry.id, "not as anchored")
        previous, last = entry.hash, entry.id
    if head() != (last, previous):
        yield ChainFault(last, "tail")
    if max(anchored, default=0) > last:
        yield ChainFault(last, "cut")
