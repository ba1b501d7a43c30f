"""Things people do with targets. Nothing here commits."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.history.commands import record
from tracker.targets import policy, queries, rules
from tracker.targets.models import Indicator, IndicatorValue, Objective, Target, TargetDocument
from tracker.targets.rules import DocumentKind, ObjectiveLevel, Polarity, TargetKind, TargetState


@dataclass(frozen=True, kw_only=True)
class _TargetDraft:
    """What is said of any target."""

    name_id: str
    name_en: str | None = None
    code: str | None = None
    note: str | None = None
    owner_unit_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentDraft(_TargetDraft):
    """What is said of a target document."""

    document_kind: DocumentKind
    year_from: int
    year_to: int
    edition: int = 1
    document_number: str | None = None
    supersedes_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ObjectiveDraft(_TargetDraft):
    """What is said of an objective."""

    level: ObjectiveLevel
    document_id: int | None = None
    parent_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class IndicatorDraft(_TargetDraft):
    """What is said of an indicator."""

    document_id: int | None = None
    objective_id: int | None = None
    unit_of_measure: str | None = None
    polarity: Polarity | None = None
    baseline: str | None = None
    operational_definition: str | None = None
    formula: str | None = None
    data_source: str | None = None
    is_key: bool = False
    is_cumulative: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ValueDraft:
    """Target and actual of one period; None is «not yet set»."""

    year: int
    period: str
    target_value: Decimal | None = None
    target_upper: Decimal | None = None
    actual_value: Decimal | None = None
    note: str | None = None
    evidence: str | None = None


AnyDraft = DocumentDraft | ObjectiveDraft | IndicatorDraft
_TABLES: dict[type[Any], tuple[type[Any], TargetState]] = {
    DocumentDraft: (TargetDocument, TargetState.DRAFT),
    ObjectiveDraft: (Objective, TargetState.DRAFT),
    IndicatorDraft: (Indicator, TargetState.CANDIDATE),
}


def add_target(draft: AnyDraft, *, by: Actor, at: datetime, state: TargetState | None = None) -> Target:
    """Record a target: a document or an objective begins as a draft, an indicator as a candidate."""
    table, first_state = _TABLES[type(draft)]
    target: Target = table(**asdict(draft), state=state or first_state)
    if state and state not in rules.STATES[TargetKind(str(target.__mapper__.polymorphic_identity))]:
        raise NotPossible(_l("A target of this kind has no such state."))
    if isinstance(target, Indicator):
        target.values = []
    db.session.add(target)
    db.session.flush()  # the event needs the target's number
    record(target, "added", by=by, at=at, to_state=target.state)
    return target


def edit_target(target: Target, draft: AnyDraft, *, by: Actor, at: datetime) -> None:
    """Change a target that is not fixed yet."""
    _refuse_fixed(target)
    for name, value in asdict(draft).items():
        setattr(target, name, value)
    record(target, "edited", by=by, at=at)


def move_target(target: Target, to: TargetState, *, reason: str | None, by: Actor, at: datetime) -> None:
    """Take one step of a target's life."""
    before = target.state
    if not rules.can_move(target.kind, before, to):
        raise NotPossible(_l("From its present state the target cannot go there."))
    target.state = to
    record(target, f"moved_{to}", by=by, at=at, from_state=before, to_state=to, reason=reason)


def set_value(indicator: Indicator, draft: ValueDraft, *, by: Actor, at: datetime) -> IndicatorValue:
    """Record the values of a period that has none yet."""
    if any((known.year, known.period) == (draft.year, draft.period) for known in indicator.values):
        raise NotPossible(_l("This period already has values. Edit those."))
    value = IndicatorValue(**asdict(draft))
    indicator.values.append(value)
    record(indicator, "value_set", by=by, at=at, period=draft.period, year=draft.year)
    return value


def edit_value(indicator: Indicator, value: IndicatorValue, draft: ValueDraft, *, by: Actor, at: datetime) -> None:
    """Change the values of a period. The target of an enacted document stays as enacted; the actual may come in."""
    promised = (draft.target_value, draft.target_upper) != (value.target_value, value.target_upper)
    if promised:
        _refuse_fixed(indicator)
    for name, given in asdict(draft).items():
        setattr(value, name, given)
    record(indicator, "value_set", by=by, at=at, period=draft.period, year=draft.year)


def _refuse_fixed(target: Target) -> None:
    if policy.is_fixed(target, queries.document_of(target)):
        raise NotPossible(_l("The document is enacted. Its targets change only by a new edition."))
