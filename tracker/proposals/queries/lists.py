"""Queries for the register, for proposals of a person or meeting, and for links to targets."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, bindparam, cast, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload, with_polymorphic

from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.db import db, in_year
from tracker.core.listed import Listed
from tracker.core.paging import Page, page_of, page_of_rows
from tracker.core.sorting import Order, Orders, by_code, by_words, ordered, sort_keys
from tracker.core.tallies import Tally
from tracker.people.models import Person
from tracker.proposals import tallies
from tracker.proposals.models import Proponent, Proposal, TargetLink
from tracker.proposals.queries.loading import AT_ONCE, OF_ROWS
from tracker.proposals.rules import (
    CLOSED,
    OPEN,
    Effect,
    LinkState,
    ProposalStatus,
)
from tracker.targets.models import Indicator, Target
from tracker.targets.rules import TargetState


@dataclass(frozen=True, kw_only=True)
class ProposalFilter:
    q: str | None = None
    status: ProposalStatus | None = None
    stage: str | None = None
    year: int | None = None
    proponent_id: int | None = None
    unit_id: int | None = None
    target_id: int | None = None
    is_orphan: bool = False
    #: A key of `WATCHES`.
    watch: str | None = None
    order: Order | None = None


ORDERS: Orders = {
    "title": by_words(Proposal.title_id, Proposal.title_en),
    "raised": lambda _: Proposal.raised_on,
    "status": by_code(Proposal.status, ProposalStatus),
}

#: Criteria of features above this one, by value of `watch`, as functions of today.
WATCHES: dict[str, Callable[[date], ColumnElement[bool]]] = {}


def filtered(filters: ProposalFilter) -> Select[Proposal]:
    """Statement for matching proposals, usually newest first."""
    query = select(Proposal)
    if filters.q:
        texts = (Proposal.code, Proposal.title_id, Proposal.title_en, Proposal.gist_id, Proposal.gist_en)
        query = query.where(or_(*(text.icontains(filters.q, autoescape=True) for text in texts)))
    if filters.status:
        query = query.where(Proposal.status == filters.status)
    if filters.stage:
        query = query.where(Proposal.status.in_(OPEN if filters.stage == "open" else CLOSED))
    if filters.year:
        query = query.where(in_year(Proposal.raised_on, filters.year))
    if filters.proponent_id:
        query = query.where(Proposal.proponents.any(Proponent.person_id == filters.proponent_id))
    if filters.unit_id:
        query = query.where(Proposal.responsible_unit_id == filters.unit_id)
    if filters.watch:
        query = query.where(WATCHES[filters.watch](clock.today()))
    query = _by_target(query, filters)
    return ordered(query, ORDERS, filters.order, Proposal.raised_on.desc(), Proposal.id.desc())


class ProposalRow(NamedTuple):
    id: int
    raised_on: date
    code: str
    title_id: str
    title_en: str | None
    status: ProposalStatus
    status_since: date
    classification: Classification
    corrected_at: datetime | None
    #: Names, or titles of posts if nobody is named.
    proponents: list[str | None]
    targets: list["AffectedTarget"]


class AffectedTarget(NamedTuple):
    effect: Effect | None
    id: int
    name_id: str
    name_en: str | None
    superseded_edition: int | None


_PROPOSAL_COLUMNS = (
    Proposal.id, Proposal.raised_on, Proposal.code, Proposal.title_id, Proposal.title_en, Proposal.status,
    Proposal.status_since, Proposal.classification, Proposal.corrected_at,
)  # fmt: skip
_NAMED = func.coalesce(Person.full_name, Proponent.post_as_written)
_PROPONENTS = (
    select(Listed(Proponent.id, _NAMED)).outerjoin(Proponent.person).where(Proponent.proposal_id == Proposal.id)
)
_TARGETS = (
    select(
        Listed(TargetLink.id, TargetLink.effect, Target.id, Target.name_id, Target.name_en, Target.superseded_edition)
    )
    .join(TargetLink.target)
    .where(TargetLink.proposal_id == Proposal.id)
)
_RELATED_COLUMNS = tuple(
    rows.correlate(Proposal).scalar_subquery().label(name)
    for name, rows in (("proponents", _PROPONENTS), ("targets", _TARGETS))
)


def matching(filters: ProposalFilter, bookmark: str | None) -> Page[ProposalRow]:
    query = filtered(filters)
    # What it is ordered by comes first: sqlakeyset prints each column until it finds that one.
    shown = query.with_only_columns(*_PROPOSAL_COLUMNS, *sort_keys(ORDERS, filters.order), *_RELATED_COLUMNS)
    return page_of_rows(shown, query, _row, bookmark)


def _row(row: Any) -> ProposalRow:
    proponents = [name for _, name in sorted(row.proponents or ())]
    targets = sorted(row.targets or (), key=itemgetter(0))
    links = [AffectedTarget(Effect(effect) if effect else None, *rest) for _, effect, *rest in targets]
    return ProposalRow._make((*row[: len(_PROPOSAL_COLUMNS)], proponents, links))


def _by_target(query: Select[Proposal], filters: ProposalFilter) -> Select[Proposal]:
    if filters.target_id:
        query = query.where(Proposal.target_links.any(TargetLink.target_id.in_(_versions(filters.target_id))))
    if filters.is_orphan:
        link = TargetLink.__table__  # whose rows are visible with the proposal; asking that again takes half the time
        query = query.where(~exists().where(link.c.proposal_id == Proposal.id, link.c.state != LinkState.REJECTED))
    return query


def _versions(target_id: int) -> Select[int]:
    named = aliased(Target, name="named")
    lineage = select(func.coalesce(named.origin_id, named.id)).where(named.id == target_id).scalar_subquery()
    return select(Target.id).where(func.coalesce(Target.origin_id, Target.id) == lineage)


def of_person(person_id: int) -> Sequence[Proposal]:
    query = select(Proposal).where(Proposal.proponents.any(Proponent.person_id == person_id)).options(*OF_ROWS)
    return db.session.scalars(query.order_by(Proposal.raised_on.desc(), Proposal.id.desc())).all()


def proposed_by(person_id: int) -> Page[Proposal]:
    """First page of the proposals of this person, without related rows."""
    own_ids = select(Proponent.proposal_id).where(Proponent.person_id == person_id)
    query = select(Proposal).where(Proposal.id.in_(own_ids))
    return page_of(query.order_by(Proposal.raised_on.desc(), Proposal.id.desc()), None)


def by_ids(proposal_ids: Sequence[int]) -> Sequence[Proposal]:
    """Those of these proposals that the viewer may see, with everything that lists show."""
    query = select(Proposal).where(Proposal.id.in_(proposal_ids)).options(*OF_ROWS)
    return db.session.scalars(query.order_by(Proposal.raised_on, Proposal.id)).all()


def raised_in(meeting_id: int) -> Sequence[Proposal]:
    return db.session.scalars(_RAISED_IN, {"meeting": meeting_id}).unique().all()


_RAISED_IN = (
    select(Proposal).where(Proposal.raised_in_id == bindparam("meeting")).options(*AT_ONCE).order_by(Proposal.id)
)


def links_of_targets(target_ids: Sequence[int]) -> Sequence[TargetLink]:
    return _links(TargetLink.target_id.in_(target_ids))


def links_below(lineages: Collection[int]) -> Sequence[TargetLink]:
    """Links to any version of the targets with these ids of origin, without rejected ones."""
    versions = select(Target.id).where(func.coalesce(Target.origin_id, Target.id).in_(lineages))
    return _links(TargetLink.target_id.in_(versions) & (TargetLink.state != LinkState.REJECTED))


def _links(criterion: ColumnElement[bool]) -> Sequence[TargetLink]:
    target = with_polymorphic(Target, [Indicator], flat=True)
    loaded = (joinedload(TargetLink.proposal), joinedload(TargetLink.target.of_type(target)))
    return db.session.scalars(select(TargetLink).where(criterion).options(*loaded).order_by(TargetLink.id)).all()


def count_by_target() -> dict[int, int]:
    """Number of proposals by the first version of the target they affect, without rejected links."""
    lineage = func.coalesce(Target.origin_id, Target.id)
    query = (
        select(lineage, func.count(TargetLink.proposal_id.distinct()))
        .join(Target, Target.id == TargetLink.target_id)
        .where(TargetLink.state != LinkState.REJECTED)
        .group_by(lineage)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def without_proposals(indicators: Select[Indicator]) -> Select[Indicator]:
    """Those of these indicators in use that no proposal affects in any version."""
    version = aliased(Target)
    touched = (
        select(func.coalesce(version.origin_id, version.id))
        .join(TargetLink, TargetLink.target_id == version.id)
        .where(TargetLink.state != LinkState.REJECTED)
    )
    lineage = func.coalesce(Indicator.origin_id, Indicator.id)
    return indicators.where(Indicator.state != TargetState.RETIRED, lineage.not_in(touched))


def count_by_status() -> dict[ProposalStatus, int]:
    """Number of proposals by status. Merged ones are not counted, since their survivor is."""
    ordinary = select(Tally.bucket, Tally.count).where(Tally.kind == tallies.STATUS)
    classified = select(cast(Proposal.status, Text), func.count()).where(Proposal.is_classified())
    counts: Counter[str] = Counter()
    for status, count in db.session.execute(union_all(ordinary, classified.group_by(Proposal.status))):
        counts[status] += count
    return {status: counts[status] for status in ProposalStatus if status is not ProposalStatus.MERGED}
