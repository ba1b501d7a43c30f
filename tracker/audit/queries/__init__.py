"""Questions about what happened."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, exists, literal, or_, select, true, union_all
from sqlalchemy.orm import aliased

from tracker.audit.models import AuditEntry, AuditHead, Event, Involvement
from tracker.audit.rules import GENESIS, AuditedKind, Change, Part, digest
from tracker.core.actor import Actor
from tracker.core.clock import JAKARTA
from tracker.core.db import Model, db
from tracker.core.paging import Page, page_of
from tracker.core.visibility import Classified, RegisterEntry

COVERED = ("id", "account_id", "by_name", "change", "table_name", "row_id", "before", "after")


@dataclass(frozen=True)
class ChainFault:
    """Where the audit chain does not hold, and how."""

    entry_id: int
    fault: str


class Oneself(NamedTuple):
    """The accounts and the entries of the register that are one human being."""

    accounts: frozenset[int]
    persons: frozenset[int]


def events_of(thing: Model, *verbs: str) -> Sequence[Event]:
    """Everything that happened to this thing, or what these verbs say of it, newest first."""
    identity = thing.__mapper__.primary_key_from_instance(thing)[0]
    question = select(Event).filter_by(subject=thing.__tablename__, subject_id=identity)
    question = question.where(Event.verb.in_(verbs)) if verbs else question
    return _open(db.session.scalars(question.order_by(Event.id.desc())).all())


def events_about(things: Mapping[str, Sequence[int]]) -> Sequence[Event]:
    """Everything that happened to these things, by table and number, newest first."""
    wanted = [and_(Event.subject == name, Event.subject_id.in_(ids)) for name, ids in things.items() if ids]
    if not wanted:
        return []
    return _open(db.session.scalars(select(Event).where(or_(*wanted)).order_by(Event.id.desc())).all())


def _open(events: Sequence[Event]) -> Sequence[Event]:
    """Those that mention no row one may not see: an event between two things is told where both are seen."""
    mentioned: dict[str, set[int]] = {}
    for event in events:
        for table, _, number in (mention.partition(":") for mention in event.mentions or ()):
            mentioned.setdefault(table, set()).add(int(number))
    if not mentioned:
        return events
    kinds: list[Any] = [*Classified.__subclasses__(), *RegisterEntry.__subclasses__()]
    asked = [
        select(literal(kind.__tablename__), kind.id).where(kind.id.in_(mentioned[kind.__tablename__]))
        for kind in kinds
        if kind.__tablename__ in mentioned
    ]
    seen = {f"{table}:{number}" for table, number in db.session.execute(union_all(*asked))}
    return [event for event in events if seen.issuperset(event.mentions or ())]


def parts_of(actor: Actor, thing: Model) -> frozenset[Part]:
    """The parts that the actor has ever had in this thing."""
    identity = thing.__mapper__.primary_key_from_instance(thing)[0]
    return parts_in(actor, type(thing), [identity])[identity]


def parts_in(actor: Actor, kind: type[Model], ids: Collection[int]) -> Mapping[int, frozenset[Part]]:
    """The parts that the actor has ever had in each of these things.

    They count for all accounts of one person, and for every person that an account has ever belonged to. In a preview,
    the parts of the reader count and those of whoever looks.
    """
    found: dict[int, frozenset[Part]] = defaultdict(frozenset)
    is_own = or_(
        *(
            _is_somebody(literal(one.account_id, Integer), literal(one.person_id, Integer))
            for one in (actor.seen, actor.real)
        )
    )
    question = select(Involvement.subject_id, Involvement.part).distinct()
    question = question.where(Involvement.subject == kind.__tablename__, Involvement.subject_id.in_(ids), is_own)
    for number, part in db.session.execute(question):
        found[number] |= {part}
    return found


def oneself(actor: Actor) -> Oneself:
    """All under which the human being who acts is known: accounts that share or shared a person, and their persons."""
    account, person = literal(actor.account_id, Integer), literal(actor.person_id, Integer)
    own, other, found = (aliased(Involvement) for _ in range(3))
    persons = select(own.person_id).where(own.subject == "account", own.subject_id == account)
    accounts = select(other.subject_id).where(
        other.subject == "account", or_(other.person_id == person, other.person_id.in_(persons))
    )
    question = select(found.subject_id, found.person_id).where(
        found.subject == "account", or_(found.subject_id == account, found.subject_id.in_(accounts))
    )
    pairs = [(actor.account_id, actor.person_id), *db.session.execute(question)]
    known = [{number for number in numbers if number is not None} for numbers in zip(*pairs, strict=True)]
    return Oneself(accounts=frozenset(known[0]), persons=frozenset(known[1]))


def had_part(kind: type[Any], parts: Collection[Part], account: Any, person: Any) -> ColumnElement[bool]:
    """Whether this account or person has ever had one of these parts in a row, as a condition of a question."""
    return exists().where(
        Involvement.subject == kind.__tablename__, Involvement.subject_id == kind.id, Involvement.part.in_(parts),
        _is_somebody(account, person),
    )  # fmt: skip


def _is_somebody(account: Any, person: Any) -> ColumnElement[bool]:
    """Whether a part is that of this account or person, a person it ever belonged to, or another account of theirs."""
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
    """What stood in these rows at the given moments, for the columns that others than this account changed later."""
    if not since:
        return {}
    is_of_others = AuditEntry.account_id.is_distinct_from(except_by) if except_by is not None else true()
    wanted = (is_of_others, AuditEntry.table_name == table, AuditEntry.row_id.in_([str(row_id) for row_id in since]),
              AuditEntry.change == "update", AuditEntry.at >= min(since.values()).replace(microsecond=0))  # fmt: skip
    found: dict[int, dict[str, Any]] = {}
    for entry in db.session.scalars(select(AuditEntry).where(*wanted).order_by(AuditEntry.id)):
        if entry.at >= since[int(entry.row_id)].replace(microsecond=0):
            found[int(entry.row_id)] = {**(entry.before or {}), **found.get(int(entry.row_id), {})}
    return found


@dataclass(frozen=True, kw_only=True)
class AuditFilter:
    """What the audit chain is narrowed to. Days are those of Jakarta."""

    who: str | None = None
    change: Change | None = None
    kind: AuditedKind | None = None
    row_id: str | None = None
    from_on: date | None = None
    to_on: date | None = None


def asked(wanted: AuditFilter) -> Select[AuditEntry]:
    """The entries of the chain, newest first."""
    question = select(AuditEntry)
    if wanted.who:
        question = question.where(AuditEntry.by_name.icontains(wanted.who, autoescape=True))
    if wanted.change:
        question = question.where(AuditEntry.change == wanted.change)
    if wanted.kind:
        question = question.where(AuditEntry.table_name == wanted.kind)
    if wanted.row_id:
        question = question.where(AuditEntry.row_id == wanted.row_id)
    if wanted.from_on:
        question = question.where(AuditEntry.at >= _midnight(wanted.from_on))
    if wanted.to_on:
        question = question.where(AuditEntry.at < _midnight(wanted.to_on + timedelta(days=1)))
    return question.order_by(AuditEntry.id.desc())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), JAKARTA)


def matching(wanted: AuditFilter, bookmark: str | None) -> Page[AuditEntry]:
    """One page of the chain."""
    return page_of(asked(wanted), bookmark)


def chain_length() -> int:
    """How many entries the audit chain has."""
    return db.session.scalar(select(AuditHead.length)) or 0


def head() -> tuple[int, str]:
    """How long the audit chain is, and what it ends in."""
    found = db.session.execute(select(AuditHead.length, AuditHead.hash)).one_or_none()
    return (found.length, found.hash) if found else (0, GENESIS)


def first_after(length: int) -> datetime | None:
    """When the first entry after so many was written; None where there is none."""
    return db.session.scalar(select(AuditEntry.at).where(AuditEntry.id > length).order_by(AuditEntry.id).limit(1))


def chain_faults(anchored: Mapping[int, str]) -> Iterator[ChainFault]:
    """Where the chain is broken: altered content, a missing entry, a cut tail, another end than written down."""
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
