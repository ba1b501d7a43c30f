"""The cascade of documents, objectives and indicators, and indicators outside any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.core.db import db
from tracker.targets import rules
from tracker.targets.models import Indicator, Objective, Target, TargetDocument
from tracker.targets.queries.every_kind import ANY, VALUES
from tracker.targets.rules import DocumentKind, Outcome, TargetState


@dataclass(frozen=True, kw_only=True)
class TargetFilter:
    """Filter of the cascade."""

    year: int | None = None
    document_kind: DocumentKind | None = None
    unit_id: int | None = None
    state: TargetState | None = None
    document_id: int | None = None
    #: Outcome that indicators must have in the summary of their document.
    outcome: Outcome | None = None


@dataclass(frozen=True, kw_only=True)
class Node:
    """A target of the cascade with its children."""

    target: Target
    below: Sequence["Node"]

    @property
    def indicators(self) -> Sequence[Indicator]:
        """All indicators below, at any depth."""
        own = [self.target] if isinstance(self.target, Indicator) else []
        return [*own, *(indicator for node in self.below for indicator in node.indicators)]

    @property
    def summary(self) -> rules.Summary:
        """Summary of the indicators in force below, for one period."""
        return rules.summary([indicator.result for indicator in self.indicators])

    @property
    def all(self) -> list[Target]:
        """The target and all its descendants."""
        return [self.target, *(target for node in self.below for target in node.all)]


@dataclass(frozen=True, kw_only=True)
class Cascade:
    """Documents by years covered, newest first, and targets without a document."""

    years: Mapping[tuple[int, int], Sequence[Node]]
    loose: Sequence[Node]

    @property
    def ids(self) -> frozenset[int]:
        """Ids of all targets included."""
        roots = [*(node for nodes in self.years.values() for node in nodes), *self.loose]
        return frozenset(target.id for node in roots for target in node.all)


def everything() -> Sequence[Target]:
    """All targets of all kinds with their values, for the cascade."""
    question = select(ANY).options(joinedload(ANY.owner_unit), VALUES).order_by(ANY.id)
    return db.session.scalars(question).all()


def cascade(known: Sequence[Target], wanted: TargetFilter, *, only: frozenset[int] | None = None) -> Cascade:
    """The tree of documents, objectives and indicators; with `only`, these targets and their ancestors.


    An objective whose parent is in another document starts a branch of its own document.
    """
    homes = {target.id: target.document_id for target in known if isinstance(target, Objective | Indicator)}
    below: dict[int | None, list[Target]] = {}
    for one in known:
        if isinstance(one, Objective | Indicator):
            above = one.parent_id if isinstance(one, Objective) else one.objective_id
            is_at_home = above is not None and homes.get(above) == one.document_id
            below.setdefault(above if is_at_home else one.document_id, []).append(one)
    documents = [one for one in known if isinstance(one, TargetDocument) and _covers(one, wanted)]
    if wanted.outcome:
        only = _with_outcome(known, wanted.outcome) & (only if only is not None else frozenset(one.id for one in known))
    order = list(DocumentKind)
    documents.sort(key=lambda one: (one.state is TargetState.SUPERSEDED, order.index(one.document_kind), -one.edition))
    documents.sort(key=lambda one: (-one.year_to, one.year_from))
    years: dict[tuple[int, int], list[Node]] = {}
    for one in documents:
        node = _node(one, below, wanted, only)
        if node:
            years.setdefault((one.year_from, one.year_to), []).append(node)
    takes_loose = not (wanted.year or wanted.document_kind or wanted.document_id)
    return Cascade(years=years, loose=_nodes(below.get(None, []), below, wanted, only) if takes_loose else [])


def _covers(one: TargetDocument, wanted: TargetFilter) -> bool:
    in_year = wanted.year is None or one.year_from <= wanted.year <= one.year_to
    return in_year and wanted.document_kind in {None, one.document_kind} and wanted.document_id in {None, one.id}


def _with_outcome(known: Sequence[Target], outcome: Outcome) -> frozenset[int]:
    """Ids of indicators with this outcome in the summary of their document."""
    of_document: dict[int | None, list[Indicator]] = {}
    for one in known:
        if isinstance(one, Indicator):
            of_document.setdefault(one.document_id, []).append(one)
    return frozenset(
        indicator.id
        for indicators in of_document.values()
        for indicator, own in zip(indicators, rules.outcomes([one.result for one in indicators]), strict=True)
        if own is outcome
    )


def _nodes(
    targets: Sequence[Target], below: Mapping[int | None, Sequence[Target]], wanted: TargetFilter,
    only: frozenset[int] | None,
) -> list[Node]:  # fmt: skip
    found = (_node(one, below, wanted, only) for one in targets)
    return [node for node in found if node]


def _node(
    one: Target, below: Mapping[int | None, Sequence[Target]], wanted: TargetFilter, only: frozenset[int] | None
) -> Node | None:
    """The node with matching children; None if neither it nor a child matches."""
    fits = wanted.unit_id in {None, one.owner_unit_id} and wanted.state in {None, one.state}
    node = Node(target=one, below=_nodes(below.get(one.id, []), below, wanted, only))
    return node if node.below or (fits and (only is None or one.id in only)) else None


def orphans(known: Sequence[Target], touched: frozenset[int]) -> frozenset[int]:
    """Ids of indicators that no proposal touches in any version, without those that are no longer in use."""
    lineages = {one.lineage for one in known if one.id in touched}
    over = {one.id for one in known if one.state is TargetState.SUPERSEDED}
    return frozenset(
        one.id
        for one in known
        if isinstance(one, Indicator)
        and one.lineage not in lineages
        and one.state is not TargetState.RETIRED
        and one.document_id not in over
    )
