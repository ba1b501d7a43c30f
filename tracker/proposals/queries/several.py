"""Proposals: the register, and those of something else."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload, with_polymorphic

from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.db import db, first_and_selected, in_year
from tracker.core.listed import Listed
from tracker.core.paging import Page, page_of, page_of_rows
from tracker.core.wording import either
from tracker.people.models import Person
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


@dataclass(frozen=True, kw_only=True)
class ProposalFilter:
    """What the register is narrowed to."""

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


#: What features above this one watch, by the value of `watch`: the criterion, given today.
WATCHES: dict[str, Callable[[date], ColumnElement[bool]]] = {}


def asked(wanted: ProposalFilter) -> Select[Proposal]:
    """The rows of the register, newest first."""
    question = select(Proposal)
    if wanted.q:
        texts = (Proposal.code, Proposal.title_id, Proposal.title_en, Proposal.gist_id, Proposal.gist_en)
        question = question.where(or_(*(text.icontains(wanted.q, autoescape=True) for text in texts)))
    if wanted.status:
        question = question.where(Proposal.status == wanted.status)
    if wanted.stage:
        question = question.where(Proposal.status.in_(OPEN if wanted.stage == "open" else CLOSED))
    if wanted.year:
        question = question.where(in_year(Proposal.raised_on, wanted.year))
    if wanted.proponent_id:
        question = question.where(Proposal.proponents.any(Proponent.person_id == wanted.proponent_id))
    if wanted.unit_id:
        question = question.where(Proposal.responsible_unit_id == wanted.unit_id)
    if wanted.watch:
        question = question.where(WATCHES[wanted.watch](clock.today()))
    return _by_target(question, wanted).order_by(Proposal.raised_on.desc(), Proposal.id.desc())


class ProposalRow(NamedTuple):
    """A proposal as the register shows it."""

    id: int
    raised_on: date
    code: str
    title_id: str
    title_en: str | None
    status: ProposalStatus
    status_since: date
    classification: Classification
    #: Names, or posts where nobody is named.
    proponents: list[str | None]
    targets: list["AffectedTarget"]


class AffectedTarget(NamedTuple):
    """What a proposal does to a target."""

    effect: Effect | None
    id: int
    name_id: str
    name_en: str | None
    superseded_edition: int | None


_OF_PROPOSAL = (
    Proposal.id, Proposal.raised_on, Proposal.code, Proposal.title_id, Proposal.title_en, Proposal.status,
    Proposal.status_since, Proposal.classification,
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
_BESIDE = tuple(
    rows.correlate(Proposal).scalar_subquery().label(name)
    for name, rows in (("proponents", _PROPONENTS), ("targets", _TARGETS))
)


def matching(wanted: ProposalFilter, bookmark: str | None) -> Page[ProposalRow]:
    """One page of the register, with what it shows."""
    question = asked(wanted)
    return page_of_rows(question.with_only_columns(*_OF_PROPOSAL, *_BESIDE), question, _row, bookmark)


def _row(found: Any) -> ProposalRow:
    proponents = [name for _, name in sorted(found.proponents or ())]
    targets = sorted(found.targets or (), key=itemgetter(0))
    links = [AffectedTarget(Effect(effect) if effect else None, *rest) for _, effect, *rest in targets]
    return ProposalRow._make((*found[: len(_OF_PROPOSAL)], proponents, links))


def _by_target(question: Select[Proposal], wanted: ProposalFilter) -> Select[Proposal]:
    if wanted.target_id:
        question = question.where(Proposal.target_links.any(TargetLink.target_id.in_(_versions(wanted.target_id))))
    if wanted.is_orphan:
        question = question.where(~Proposal.target_links.any(TargetLink.state != LinkState.REJECTED))
    return question


def _versions(target_id: int) -> Select[int]:
    """The numbers of all versions of a target."""
    one = aliased(Target, name="named")
    lineage = select(func.coalesce(one.origin_id, one.id)).where(one.id == target_id).scalar_subquery()
    return select(Target.id).where(func.coalesce(Target.origin_id, Target.id) == lineage)


def of_person(person_id: int) -> Sequence[Proposal]:
    """What this person proposed, whatever post was held then; newest first."""
    question = select(Proposal).where(Proposal.proponents.any(Proponent.person_id == person_id)).options(*OF_ROWS)
    return db.session.scalars(question.order_by(Proposal.raised_on.desc(), Proposal.id.desc())).all()


def proposed_by(person_id: int) -> Page[Proposal]:
    """The newest of them, with nothing beside the proposals themselves."""
    theirs = select(Proponent.proposal_id).where(Proponent.person_id == person_id)
    question = select(Proposal).where(Proposal.id.in_(theirs))
    return page_of(question.order_by(Proposal.raised_on.desc(), Proposal.id.desc()), None)


def these(proposal_ids: Sequence[int]) -> Sequence[Proposal]:
    """Those of these proposals that are open to the viewer, with all that rows show."""
    question = select(Proposal).where(Proposal.id.in_(proposal_ids)).options(*OF_ROWS)
    return db.session.scalars(question.order_by(Proposal.raised_on, Proposal.id)).all()


def raised_in(meeting_id: int) -> Sequence[Proposal]:
    """The proposals a meeting raised, with their links to targets."""
    question = select(Proposal).filter_by(raised_in_id=meeting_id).options(*AT_ONCE)
    return db.session.scalars(question.order_by(Proposal.id)).unique().all()


def links_of_targets(target_ids: Sequence[int]) -> Sequence[TargetLink]:
    """What proposals do to these targets, the versions of one."""
    return _links(TargetLink.target_id.in_(target_ids))


def links_below(lineages: Collection[int]) -> Sequence[TargetLink]:
    """What proposals do to any version of these targets; a link that was rejected does not count."""
    versions = select(Target.id).where(func.coalesce(Target.origin_id, Target.id).in_(lineages))
    return _links(TargetLink.target_id.in_(versions) & (TargetLink.state != LinkState.REJECTED))


def _links(which: ColumnElement[bool]) -> Sequence[TargetLink]:
    target = with_polymorphic(Target, [Indicator], flat=True)
    loaded = (joinedload(TargetLink.proposal), joinedload(TargetLink.target.of_type(target)))
    return db.session.scalars(select(TargetLink).where(which).options(*loaded).order_by(TargetLink.id)).all()


def linked_target_ids() -> frozenset[int]:
    """Every target that a proposal touches; a link that was rejected does not count."""
    question = select(TargetLink.target_id).where(TargetLink.state != LinkState.REJECTED)
    return frozenset(db.session.scalars(question.distinct()))


def tally() -> dict[ProposalStatus, int]:
    """How many proposals stand where. What was merged lives on in its survivor, and is counted there, once."""
    question = select(Proposal.status, func.count()).where(Proposal.status != ProposalStatus.MERGED)
    counted = {row[0]: row[1] for row in db.session.execute(question.group_by(Proposal.status))}
    return {status: counted.get(status, 0) for status in ProposalStatus if status is not ProposalStatus.MERGED}


def proposal_choices(
    *wanted: int | None, open_only: bool = False, except_id: int | None = None
) -> list[tuple[int, str]]:
    """(number, code and title): the newest, and those a form already holds, where they are open to the viewer."""
    columns = (Proposal.id, Proposal.code, Proposal.title_id, Proposal.title_en, Proposal.classification)
    question = select(*columns).order_by(Proposal.id.desc())
    if open_only:
        question = question.where(Proposal.status.in_(OPEN))
    found = [row for row in first_and_selected(question, Proposal.id, wanted, limit=500) if row.id != except_id]
    return [(row.id, f"{row.code} – {either(row.title_id, row.title_en)}") for row in found]
