"""Questions about proposals."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import TypeVar

from sqlalchemy import Select, extract, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.core import analysis
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.paging import Page, page_of
from tracker.core.wording import in_words
from tracker.proposals.models import Proponent, Proposal, ProposalRelation, TargetLink
from tracker.proposals.rules import CLOSED, OPEN, LinkState, ProposalStatus, RelationKind


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


#: From here on an earlier proposal is shown beside the line that is being typed.
LIKE_ENOUGH = 0.3
_WITH_PEOPLE = (selectinload(Proposal.proponents).joinedload(Proponent.person),)
_WITH_TARGETS = selectinload(Proposal.target_links).joinedload(TargetLink.target)


def in_full(proposal_id: int, *, to_change: bool = False) -> Proposal:
    """One proposal with its proponents, links and authorities."""
    loaded = (
        *_WITH_PEOPLE,
        selectinload(Proposal.proponents).selectinload(Proponent.position),
        selectinload(Proposal.target_links).selectinload(TargetLink.target),
        selectinload(Proposal.responsible_unit),
        selectinload(Proposal.decision_authority),
        selectinload(Proposal.survivor),
    )
    question = select(Proposal).filter_by(id=proposal_id).options(*loaded)
    found = db.session.scalar(question.with_for_update(of=Proposal) if to_change else question)
    if found is None:
        raise NotFound
    return found


def id_of_code(code: str) -> int:
    """The number of the proposal with this code."""
    found = db.session.scalar(select(Proposal.id).filter_by(code=code))
    if found is None:
        raise NotFound
    return found


def asked(wanted: ProposalFilter) -> Select[Proposal]:
    """The rows of the register, newest first."""
    question = select(Proposal).options(*_WITH_PEOPLE, _WITH_TARGETS)
    if wanted.q:
        texts = (Proposal.code, Proposal.title_id, Proposal.title_en, Proposal.gist_id, Proposal.gist_en)
        question = question.where(or_(*(text.icontains(wanted.q, autoescape=True) for text in texts)))
    if wanted.status:
        question = question.where(Proposal.status == wanted.status)
    if wanted.stage:
        question = question.where(Proposal.status.in_(OPEN if wanted.stage == "open" else CLOSED))
    if wanted.year:
        question = question.where(extract("year", Proposal.raised_on) == wanted.year)
    if wanted.proponent_id:
        question = question.where(Proposal.proponents.any(Proponent.person_id == wanted.proponent_id))
    if wanted.unit_id:
        question = question.where(Proposal.responsible_unit_id == wanted.unit_id)
    return _by_target(question, wanted).order_by(Proposal.raised_on.desc(), Proposal.id.desc())


def matching(wanted: ProposalFilter, bookmark: str | None) -> Page[Proposal]:
    """One page of the register."""
    return page_of(asked(wanted), bookmark)


def _by_target(question: Select[Proposal], wanted: ProposalFilter) -> Select[Proposal]:
    if wanted.target_id:
        question = question.where(Proposal.target_links.any(TargetLink.target_id == wanted.target_id))
    if wanted.is_orphan:
        question = question.where(~Proposal.target_links.any(TargetLink.state != LinkState.REJECTED))
    return question


def of_person(person_id: int) -> Sequence[Proposal]:
    """What this person proposed, whatever post was held then; newest first."""
    question = select(Proposal).where(Proposal.proponents.any(Proponent.person_id == person_id))
    return db.session.scalars(question.order_by(Proposal.raised_on.desc(), Proposal.id.desc())).all()


def raised_in(meeting_id: int) -> Sequence[Proposal]:
    """The proposals a meeting raised, with their links to targets."""
    links = selectinload(Proposal.target_links).selectinload(TargetLink.target)
    question = select(Proposal).filter_by(raised_in_id=meeting_id).options(*_WITH_PEOPLE, links)
    return db.session.scalars(question.order_by(Proposal.id)).all()


def links_of_targets(target_ids: Sequence[int]) -> Sequence[TargetLink]:
    """What proposals do to these targets, the versions of one."""
    question = select(TargetLink).where(TargetLink.target_id.in_(target_ids)).options(joinedload(TargetLink.proposal))
    return db.session.scalars(question.order_by(TargetLink.id)).all()


def linked_target_ids() -> frozenset[int]:
    """Every target that a proposal touches; a link that was rejected does not count."""
    question = select(TargetLink.target_id).where(TargetLink.state != LinkState.REJECTED)
    return frozenset(db.session.scalars(question.distinct()))


def relations_of(proposal_id: int) -> Sequence[ProposalRelation]:
    """How a proposal relates to others, from either end."""
    loaded = (selectinload(ProposalRelation.from_proposal), selectinload(ProposalRelation.to_proposal))
    either = or_(ProposalRelation.from_id == proposal_id, ProposalRelation.to_id == proposal_id)
    return db.session.scalars(
        select(ProposalRelation).where(either).options(*loaded).order_by(ProposalRelation.id)
    ).all()


def merged_into(proposal_id: int) -> Sequence[Proposal]:
    """The proposals that were merged into this one, with their links."""
    links = selectinload(Proposal.target_links).selectinload(TargetLink.target)
    return db.session.scalars(select(Proposal).filter_by(survivor_id=proposal_id).options(links)).all()


def mergers() -> dict[int, int]:
    """Every merger: from the merged proposal to its survivor."""
    question = select(Proposal.id, Proposal.survivor_id).where(Proposal.survivor_id.is_not(None))
    return {merged: survivor for merged, survivor in db.session.execute(question) if survivor is not None}


def proposal_choices(*, open_only: bool = False, except_id: int | None = None) -> list[tuple[int, str]]:
    """(number, code and title), newest first."""
    question = select(Proposal).order_by(Proposal.id.desc())
    if open_only:
        question = question.where(Proposal.status.in_(OPEN))
    found = db.session.scalars(question.limit(500))
    return [(known.id, f"{known.code} – {in_words(known, 'title')}") for known in found if known.id != except_id]


def proponent(proposal: Proposal, proponent_id: int) -> Proponent:
    """One of this proposal's proponents."""
    return _among(proposal.proponents, proponent_id)


def link(proposal: Proposal, link_id: int) -> TargetLink:
    """One of this proposal's links to targets."""
    return _among(proposal.target_links, link_id)


def relation(proposal_id: int, relation_id: int) -> ProposalRelation:
    """One of this proposal's relations, mergers excepted: those end only by reopening nothing."""
    found = _among(relations_of(proposal_id), relation_id)
    if found.kind is RelationKind.MERGED_INTO:
        raise NotFound
    return found


Row = TypeVar("Row", Proponent, TargetLink, ProposalRelation)


def _among(rows: Sequence[Row], row_id: int) -> Row:
    found = next((row for row in rows if row.id == row_id), None)
    if found is None:
        raise NotFound
    return found


def like(text: str, *, limit: int = 3) -> Sequence[Proposal]:
    """Earlier proposals that say much the same, the likest first; nothing where nothing comes near.

    Weighted by rarity: a word of every proposal weighs little (inverse document frequency, log((n+1)/(df+1)) + 1).
    """
    asked = set(analysis.stems(text))
    if not asked:
        return []
    texts = {
        row.id: set(analysis.stems(f"{row.title_id} {row.title_en or ''} {row.gist_id}"))
        for row in db.session.execute(select(Proposal.id, Proposal.title_id, Proposal.title_en, Proposal.gist_id))
    }
    frequency = Counter(part for known in texts.values() for part in known)
    weights = {part: log((len(texts) + 1) / (count + 1)) + 1 for part, count in frequency.items()}
    scored = sorted(
        ((analysis.likeness(asked, known, weights), -row_id) for row_id, known in texts.items()), reverse=True
    )
    wanted = [-row_id for score, row_id in scored[:limit] if score >= LIKE_ENOUGH]
    found = {row.id: row for row in db.session.scalars(select(Proposal).where(Proposal.id.in_(wanted)))}
    return [found[row_id] for row_id in wanted if row_id in found]
