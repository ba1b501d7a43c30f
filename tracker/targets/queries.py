"""Questions about targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import cast

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload, with_polymorphic

from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.wording import in_words, label, number, say
from tracker.periods.models import Period
from tracker.targets import rules
from tracker.targets.models import Indicator, IndicatorValue, Objective, Target, TargetDocument
from tracker.targets.rules import DocumentKind, TargetKind, TargetState

# All kinds of target in one statement, where asking each kind's table would take four.
_ANY = with_polymorphic(Target, "*")
_VALUES = selectinload(_ANY.Indicator.values).joinedload(IndicatorValue.period)
_NUMBERS = ("target_value", "target_upper")
#: What two versions of a target are compared by.
_TOLD = ("code", "name_id", "name_en", "state", "note_id", "note_en", "level", "unit_of_measure", "polarity",
         "baseline", "formula", "data_source", "is_key", "is_cumulative", "document_number",
         "operational_definition")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TargetFilter:
    """What the cascade is narrowed to."""

    year: int | None = None
    document_kind: DocumentKind | None = None
    unit_id: int | None = None
    state: TargetState | None = None


@dataclass(frozen=True, kw_only=True)
class Node:
    """One target of the cascade with what stands below it."""

    target: Target
    below: Sequence["Node"]

    @property
    def indicators(self) -> Sequence[Indicator]:
        """Every indicator below, at any depth."""
        own = [self.target] if isinstance(self.target, Indicator) else []
        return [*own, *(indicator for node in self.below for indicator in node.indicators)]

    @property
    def achievements(self) -> Sequence[Decimal | None]:
        """The achievement of each indicator's latest period; None where it is undefined."""
        return [i.latest.achievement(i.polarity) if i.latest else None for i in self.indicators]

    @property
    def average(self) -> Decimal | None:
        """The mean achievement; what is not measured does not enter it."""
        return rules.average(self.achievements)


@dataclass(frozen=True, kw_only=True)
class Saying:
    """What one version of a document says of one thing: a target, or a target in one period."""

    facts: tuple[tuple[str, str], ...]
    target: Target = field(compare=False)
    value: IndicatorValue | None = field(compare=False, default=None)

    def otherwise(self, other: "Saying") -> list[tuple[str, str, str]]:
        """(fact, here, there) for each fact that the two tell differently."""
        theirs = dict(other.facts)
        return [(name, text, theirs[name]) for name, text in self.facts if theirs[name] != text]


@dataclass(frozen=True, kw_only=True)
class Cascade:
    """The documents by the years they cover, newest first, and what belongs to none."""

    years: Mapping[tuple[int, int], Sequence[Node]]
    loose: Sequence[Node]


def target(target_id: int, *, to_change: bool = False) -> Target:
    """One target of any kind, with what its page shows."""
    if to_change:  # by itself, because a row that an outer join may leave empty cannot be locked
        db.session.execute(select(Target.id).filter_by(id=target_id).with_for_update())
    loaded = (
        joinedload(_ANY.owner_unit),
        joinedload(_ANY.Objective.document),
        joinedload(_ANY.Objective.parent),
        joinedload(_ANY.Indicator.document),
        joinedload(_ANY.Indicator.objective),
        joinedload(_ANY.Indicator.scheme),
        joinedload(_ANY.TargetDocument.supersedes),
        _VALUES,
    )
    found = db.session.scalar(select(_ANY).where(_ANY.id == target_id).options(*loaded))
    if found is None:
        raise NotFound
    return found


def indicator(target_id: int, *, to_change: bool = False) -> Indicator:
    """One indicator."""
    found = target(target_id, to_change=to_change)
    if not isinstance(found, Indicator):
        raise NotFound
    return found


def document(target_id: int, *, to_change: bool = False) -> TargetDocument:
    """One target document."""
    found = target(target_id, to_change=to_change)
    if not isinstance(found, TargetDocument):
        raise NotFound
    return found


def value(value_id: int, *, to_change: bool = False) -> IndicatorValue:
    """The values of one indicator in one period."""
    question = select(IndicatorValue).filter_by(id=value_id).options(selectinload(IndicatorValue.period))
    found = db.session.scalar(question.with_for_update(of=IndicatorValue) if to_change else question)
    if found is None:
        raise NotFound
    return found


def everything() -> Sequence[Target]:
    """All targets of all kinds with their values, for the cascade."""
    question = select(_ANY).options(joinedload(_ANY.owner_unit), _VALUES).order_by(_ANY.id)
    return db.session.scalars(question).all()


def cascade(known: Sequence[Target], wanted: TargetFilter, *, only: frozenset[int] | None = None) -> Cascade:
    """The tree: documents, their objectives, the indicators of each; `only` these, with what leads to them.

    An objective whose parent stands in another document begins a branch of its own document.
    """
    homes = {target.id: target.document_id for target in known if isinstance(target, Objective | Indicator)}
    below: dict[int | None, list[Target]] = {}
    for one in known:
        if isinstance(one, Objective | Indicator):
            above = one.parent_id if isinstance(one, Objective) else one.objective_id
            is_at_home = above is not None and homes.get(above) == one.document_id
            below.setdefault(above if is_at_home else one.document_id, []).append(one)
    documents = [one for one in known if isinstance(one, TargetDocument) and _covers(one, wanted)]
    order = list(DocumentKind)
    documents.sort(key=lambda one: (one.state is TargetState.SUPERSEDED, order.index(one.document_kind), -one.edition))
    documents.sort(key=lambda one: (-one.year_to, one.year_from))
    years: dict[tuple[int, int], list[Node]] = {}
    for one in documents:
        node = _node(one, below, wanted, only)
        if node:
            years.setdefault((one.year_from, one.year_to), []).append(node)
    takes_loose = not (wanted.year or wanted.document_kind)
    return Cascade(years=years, loose=_nodes(below.get(None, []), below, wanted, only) if takes_loose else [])


def _covers(one: TargetDocument, wanted: TargetFilter) -> bool:
    in_year = wanted.year is None or one.year_from <= wanted.year <= one.year_to
    return in_year and wanted.document_kind in {None, one.document_kind}


def _nodes(
    targets: Sequence[Target], below: Mapping[int | None, Sequence[Target]], wanted: TargetFilter,
    only: frozenset[int] | None,
) -> list[Node]:  # fmt: skip
    found = (_node(one, below, wanted, only) for one in targets)
    return [node for node in found if node]


def _node(
    one: Target, below: Mapping[int | None, Sequence[Target]], wanted: TargetFilter, only: frozenset[int] | None
) -> Node | None:
    """The target with what fits below it; None where neither fits."""
    fits = wanted.unit_id in {None, one.owner_unit_id} and wanted.state in {None, one.state}
    node = Node(target=one, below=_nodes(below.get(one.id, []), below, wanted, only))
    return node if node.below or (fits and (only is None or one.id in only)) else None


def relatives(of: Target) -> Sequence[Target]:
    """Its versions (itself among them), and what stands directly below it."""
    one = _ANY
    kin = or_(
        one.id == of.lineage,
        one.origin_id == of.lineage,
        one.Objective.document_id == of.id,
        one.Objective.parent_id == of.id,
        one.Indicator.document_id == of.id,
        one.Indicator.objective_id == of.id,
    )
    loaded = (joinedload(one.Objective.document), joinedload(one.Indicator.document))
    return db.session.scalars(select(one).where(kin).options(*loaded).order_by(one.id)).all()


def successor_of(document_id: int) -> TargetDocument | None:
    """The document that takes this one's place, draft or not."""
    return db.session.scalar(select(TargetDocument).filter_by(supersedes_id=document_id))


def parts_of(document_id: int) -> Sequence[Objective | Indicator]:
    """What a document holds, the objectives before what stands below them."""
    held = or_(_ANY.Objective.document_id == document_id, _ANY.Indicator.document_id == document_id)
    loaded = (_VALUES, joinedload(_ANY.owner_unit))
    found = db.session.scalars(select(_ANY).where(held).options(*loaded).order_by(_ANY.id)).all()
    return cast(Sequence[Objective | Indicator], found)


def sayings(document: TargetDocument) -> dict[tuple[int, int, int], Saying]:
    """All that a version of a document says: by lineage, and for values by year and period."""
    found = {(document.lineage, 0, 0): Saying(target=document, facts=_facts(document))}
    for part in parts_of(document.id):
        found[part.lineage, 0, 0] = Saying(target=part, facts=_facts(part))
        for value in part.by_period if isinstance(part, Indicator) else ():
            numbers = tuple((name, _plainly(getattr(value, name))) for name in _NUMBERS)
            found[part.lineage, value.year, value.period_id] = Saying(target=part, value=value, facts=numbers)
    return found


def _facts(one: Target) -> tuple[tuple[str, str], ...]:
    told = tuple((name, _plainly(getattr(one, name))) for name in _TOLD if hasattr(one, name))
    return (*told, ("owner_unit", in_words(one.owner_unit, "name") if one.owner_unit else ""))


def _plainly(value: object) -> str:
    """A value as the two versions lay it side by side; what is not set is empty."""
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, bool):
        return say("Yes") if value else say("No")
    return number(value) if isinstance(value, Decimal) else str(value or "")


def several(target_ids: Sequence[int]) -> Sequence[Target]:
    """These targets."""
    return db.session.scalars(select(Target).where(Target.id.in_(target_ids))).all() if target_ids else []


def orphans(known: Sequence[Target], touched: frozenset[int]) -> frozenset[int]:
    """The indicators that no proposal touches in any of their versions; what is over and done with is left out."""
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


def periods_in_use(scheme_id: int) -> frozenset[int]:
    """The periods of this scheme under which values are recorded."""
    question = select(IndicatorValue.period_id).join(Period).where(Period.scheme_id == scheme_id)
    return frozenset(db.session.scalars(question.distinct()))


def target_choices() -> list[tuple[int, str]]:
    """(number, name) of every target."""
    return [(known.id, in_words(known, "name")) for known in db.session.scalars(select(Target).order_by(Target.id))]


def document_choices() -> list[tuple[int, str]]:
    """(number, name) of every target document that is still a draft."""
    drafts = select(TargetDocument).where(TargetDocument.state == TargetState.DRAFT)
    found = db.session.scalars(drafts.order_by(TargetDocument.year_from.desc(), TargetDocument.id))
    return [(known.id, in_words(known, "name")) for known in found]


def objective_choices(except_id: int | None = None) -> list[tuple[int, str]]:
    """(number, name) of every objective."""
    found = db.session.scalars(select(Objective).order_by(Objective.id))
    return [(known.id, in_words(known, "name")) for known in found if known.id != except_id]


def document_of(target: Target) -> TargetDocument | None:
    """The document a target belongs to."""
    if target.kind is TargetKind.DOCUMENT:
        return cast(TargetDocument, target)
    return cast(Objective | Indicator, target).document
