"""The cascade of documents, objectives and indicators, and indicators outside any."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased, joinedload

from tracker.core.db import db
from tracker.core.sorting import Order
from tracker.core.wording import in_words
from tracker.targets import rules
from tracker.targets.models import Indicator, Objective, Target, TargetDocument
from tracker.targets.queries.every_kind import ANY, VALUES
from tracker.targets.rules import DocumentKind, Editions, Outcome, Progress, TargetState


@dataclass(frozen=True, kw_only=True)
class TargetFilter:
    year: int | None = None
    document_kind: DocumentKind | None = None
    unit_id: int | None = None
    state: TargetState | None = None
    document_id: int | None = None
    #: Outcome that indicators must have in the summary of their document.
    outcome: Outcome | None = None
    editions: Editions | None = None


@dataclass(frozen=True, kw_only=True)
class Node:
    target: Target
    below: Sequence["Node"]

    @property
    def indicators(self) -> Sequence[Indicator]:
        own = [self.target] if isinstance(self.target, Indicator) else []
        return [*own, *(indicator for node in self.below for indicator in node.indicators)]

    @property
    def summary(self) -> rules.Summary:
        return rules.summary([indicator.result for indicator in self.indicators])

    @property
    def all(self) -> list[Target]:
        return [self.target, *(target for node in self.below for target in node.all)]


@dataclass(frozen=True, kw_only=True)
class Group:
    """The indicators directly below the last objective of the path, or below the document itself."""

    document: TargetDocument | None
    path: Sequence[Target]
    indicators: Sequence[Indicator]


#: What the headings of the table sort by.
ORDERS = ("name", "state", "proposals", "actions", "late")


def in_order(groups: Sequence[Group], order: Order | None, counts: Mapping[str, Mapping[int, int]]) -> Sequence[Group]:
    """Each group with its indicators sorted by a heading; `counts` by heading and first version of the target."""
    if order is None:
        return groups

    def key(indicator: Indicator) -> Any:
        if order.name == "name":
            return in_words(indicator, "name").casefold()
        if order.name == "state":
            return list(Progress).index(indicator.progress)
        return counts[order.name].get(indicator.lineage, 0)

    return [
        replace(group, indicators=sorted(group.indicators, key=key, reverse=order.is_descending)) for group in groups
    ]


@dataclass(frozen=True, kw_only=True)
class Cascade:
    """Documents by years covered, newest first, and targets without a document."""

    years: Mapping[tuple[int, int], Sequence[Node]]
    loose: Sequence[Node]

    @property
    def ids(self) -> frozenset[int]:
        roots = [*(node for nodes in self.years.values() for node in nodes), *self.loose]
        return frozenset(target.id for node in roots for target in node.all)

    @property
    def documents(self) -> Sequence[Node]:
        return [node for nodes in self.years.values() for node in nodes]

    @property
    def groups(self) -> Sequence[Group]:
        """What a table shows, from top to bottom."""
        groups: list[Group] = []
        for node in self.documents:
            document = node.target
            if isinstance(document, TargetDocument):
                groups += _groups(node.below, document, ())
        return [*groups, *(_groups(self.loose, None, ()) if self.loose else ())]

    @property
    def progress(self) -> Mapping[Progress, int]:
        return Counter(indicator.progress for group in self.groups for indicator in group.indicators)


def _groups(nodes: Sequence[Node], document: TargetDocument | None, path: Sequence[Target]) -> Iterator[Group]:
    own = [node.target for node in nodes if isinstance(node.target, Indicator)]
    objectives = [node for node in nodes if not isinstance(node.target, Indicator)]
    if own or not objectives:
        yield Group(document=document, path=path, indicators=own)
    for node in objectives:
        yield from _groups(node.below, document, (*path, node.target))


def indicators(editions: Editions) -> Select[Indicator]:
    document = aliased(Target)
    state = document.state
    criterion = {
        Editions.IN_FORCE: state.is_(None) | state.in_((TargetState.ENACTED, TargetState.PROPOSED)),
        Editions.DRAFT: state == TargetState.DRAFT,
        Editions.SUPERSEDED: state == TargetState.SUPERSEDED,
    }[editions]
    return select(Indicator).outerjoin(document, document.id == Indicator.document_id).where(criterion)


def everything() -> Sequence[Target]:
    query = select(ANY).options(joinedload(ANY.owner_unit), VALUES).order_by(ANY.id)
    return db.session.scalars(query).all()


def cascade(targets: Sequence[Target], filters: TargetFilter, *, only: frozenset[int] | None = None) -> Cascade:
    """The tree of documents, objectives and indicators; with `only`, these targets and their ancestors.

    An objective whose parent is in another document starts a branch of its own document.
    """
    homes = {target.id: target.document_id for target in targets if isinstance(target, Objective | Indicator)}
    below: dict[int | None, list[Target]] = {}
    for target in targets:
        if isinstance(target, Objective | Indicator):
            above = target.parent_id if isinstance(target, Objective) else target.objective_id
            is_at_home = above is not None and homes.get(above) == target.document_id
            below.setdefault(above if is_at_home else target.document_id, []).append(target)
    documents = [target for target in targets if isinstance(target, TargetDocument) and _covers(target, filters)]
    if filters.outcome:
        only = _with_outcome(targets, filters.outcome) & (
            only if only is not None else frozenset(target.id for target in targets)
        )
    order = list(DocumentKind)
    documents.sort(key=lambda row: (row.state is TargetState.SUPERSEDED, order.index(row.document_kind), -row.edition))
    documents.sort(key=lambda row: (-row.year_to, row.year_from))
    years: dict[tuple[int, int], list[Node]] = {}
    for document in documents:
        node = _node(document, below, filters, only)
        if node:
            years.setdefault((document.year_from, document.year_to), []).append(node)
    with_loose = filters.editions in {None, Editions.IN_FORCE}
    takes_loose = with_loose and not (filters.year or filters.document_kind or filters.document_id)
    return Cascade(years=years, loose=_nodes(below.get(None, []), below, filters, only) if takes_loose else [])


def _covers(document: TargetDocument, filters: TargetFilter) -> bool:
    in_year = filters.year is None or document.year_from <= filters.year <= document.year_to
    return (
        in_year
        and filters.document_kind in {None, document.document_kind}
        and filters.document_id in {None, document.id}
        and filters.editions in {None, Editions.of(document.state)}
    )


def _with_outcome(targets: Sequence[Target], outcome: Outcome) -> frozenset[int]:
    of_document: dict[int | None, list[Indicator]] = {}
    for target in targets:
        if isinstance(target, Indicator):
            of_document.setdefault(target.document_id, []).append(target)
    return frozenset(
        indicator.id
        for indicators in of_document.values()
        for indicator, own in zip(indicators, rules.outcomes([row.result for row in indicators]), strict=True)
        if own is outcome
    )


def _nodes(
    targets: Sequence[Target], below: Mapping[int | None, Sequence[Target]], filters: TargetFilter,
    only: frozenset[int] | None,
) -> list[Node]:  # fmt: skip
    nodes = (_node(target, below, filters, only) for target in targets)
    return [node for node in nodes if node]


def _node(
    target: Target, below: Mapping[int | None, Sequence[Target]], filters: TargetFilter, only: frozenset[int] | None
) -> Node | None:
    """The node with matching children; None if neither it nor a child matches."""
    fits = filters.unit_id in {None, target.owner_unit_id} and filters.state in {None, target.state}
    node = Node(target=target, below=_nodes(below.get(target.id, []), below, filters, only))
    return node if node.below or (fits and (only is None or target.id in only)) else None


def orphans(targets: Sequence[Target], touched: Collection[int]) -> frozenset[int]:
    """Ids of indicators whose first version is not among the touched, without those that are no longer in use."""
    over = {target.id for target in targets if target.state is TargetState.SUPERSEDED}
    return frozenset(
        target.id
        for target in targets
        if isinstance(target, Indicator)
        and target.lineage not in touched
        and target.state is not TargetState.RETIRED
        and target.document_id not in over
    )
