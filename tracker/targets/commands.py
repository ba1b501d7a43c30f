"""Add, edit and move targets, open new versions, and record values. Callers commit."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from blinker import Signal

from tracker.audit.commands import record
from tracker.calendar.periods.models import Period
from tracker.calendar.periods.queries import period_codes
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.constraints import taken
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.reasons import ensure_reason
from tracker.core.wording import lazy_gettext as _l
from tracker.core.wording import number
from tracker.corrections import commands as corrections
from tracker.corrections.commands import Change, in_each_language
from tracker.targets import policy, queries, rules
from tracker.targets.models import Indicator, IndicatorValue, Objective, Target, TargetDocument
from tracker.targets.rules import DocumentKind, Doubt, ObjectiveLevel, Polarity, TargetKind, TargetState


@dataclass(frozen=True, kw_only=True)
class _TargetDraft:
    name_id: str
    name_en: str | None = None
    code: str | None = None
    note_id: str | None = None
    note_en: str | None = None
    owner_unit_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentDraft(_TargetDraft):
    document_kind: DocumentKind
    year_from: int
    year_to: int
    edition: int = 1
    document_number: str | None = None


@dataclass(frozen=True, kw_only=True)
class ObjectiveDraft(_TargetDraft):
    level: ObjectiveLevel
    document_id: int | None = None
    parent_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class IndicatorDraft(_TargetDraft):
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
    scheme_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ValueDraft:
    """Target and actual value of a period; None means «not yet set»."""

    year: int
    period_id: int
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
HAS_NEWER_VERSION = taken("ix_target_document_one_successor", _l("This document already has a newer version."))
PERIOD_TAKEN = taken(
    "uq_indicator_value_indicator_id_year_period_id", _l("This period already has values. Edit those."),
    field="period",
)  # fmt: skip
#: Sent when a document supersedes another, with the successor of each superseded target by id. Features above connect
#: to it to update their references.
edition_enacted = Signal()
_DOUBTED = ("target_value", "target_upper", "actual_value")
_PROMISED_AND_MEASURED = ("year", "period_id", *_DOUBTED)
_IS_REPORTED = _l("This value has been reported. Give the reason for the change.")
_FIXED = _l("The document is no longer a draft. Its content can only be changed in a new version.")


def add_target(draft: AnyDraft, *, by: Actor, at: datetime, state: TargetState | None = None) -> Target:
    """A document or objective starts as a draft, an indicator as a candidate."""
    table, first_state = _TABLES[type(draft)]
    target: Target = table(**asdict(draft), state=state or first_state)
    if state and state not in rules.STATES[TargetKind(str(target.__mapper__.polymorphic_identity))]:
        raise NotPossible(_l("This kind of target does not have that status."))
    _refuse_entry(draft)
    if isinstance(target, Indicator):
        target.values = []
    db.session.add(target)
    db.session.flush()  # the event needs the target's number
    record(target, "added", by=by, at=at, to_state=target.state)
    return target


def edit_target(target: Target, draft: AnyDraft, *, by: Actor, at: datetime) -> None:
    """Raises NotPossible if the target is no longer a draft."""
    _refuse_fixed(target)
    if not isinstance(draft, DocumentDraft) and draft.document_id != getattr(target, "document_id", None):
        _refuse_entry(draft)
    if isinstance(draft, IndicatorDraft) and isinstance(target, Indicator) and target.values:
        _refuse_other_scheme(target, draft)
    for name, value in asdict(draft).items():
        setattr(target, name, value)
    record(target, "edited", by=by, at=at)


def change_owner(
    target: Target, unit_id: int | None, *, reason: str, on: date | None = None, by: Actor, at: datetime
) -> None:
    """Give the target to another unit. The unit is not part of what was enacted: reorganisations change it."""
    before, target.owner_unit_id = target.owner_unit_id, unit_id
    record(target, "owner_changed", by=by, at=at, on=on, reason=reason, before=before, after=unit_id)


def move_target(target: Target, to: TargetState, *, reason: str | None, by: Actor, at: datetime) -> None:
    """Change the state of a target. Enacting a version supersedes the previous one."""
    before = target.state
    if not rules.can_move(target.kind, before, to):
        raise NotPossible(_l("The target cannot change from its current state to that one."))
    if not isinstance(target, TargetDocument):
        _refuse_fixed(target)
    db.session.flush()  # flush earlier changes before a constraint can fail
    target.state = to
    record(target, f"moved_{to}", by=by, at=at, from_state=before, to_state=to, reason=reason)
    if isinstance(target, TargetDocument) and to is TargetState.ENACTED and target.supersedes_id:
        old = queries.document(target.supersedes_id, to_change=True)
        if old.state is TargetState.ENACTED:
            move_target(old, TargetState.SUPERSEDED, reason=None, by=by, at=at)
            _hand_over(old, target, by=by, at=at)


def _hand_over(old: TargetDocument, new: TargetDocument, *, by: Actor, at: datetime) -> None:
    successors = queries.successors(old, new)
    for part in successors.values():
        if part.id != new.id:
            record(part, "took_over", by=by, at=at, edition=new.edition)
    edition_enacted.send(new, successors={number: part.id for number, part in successors.items()}, by=by, at=at)


def open_version(document: TargetDocument, *, reason: str, by: Actor, at: datetime) -> TargetDocument:
    """Create the next version of an enacted document as a draft with copies of its parts."""
    if document.state is not TargetState.ENACTED:
        raise NotPossible(_l("Only an enacted document gets a new version. A draft is edited."))
    if queries.successor_of(document.id):
        raise HAS_NEWER_VERSION.refusal()
    copy: TargetDocument = _copy(
        document, edition=document.edition + 1, supersedes_id=document.id, document_number=None
    )
    copy.state = TargetState.DRAFT
    db.session.flush()  # its parts and the event need its number
    _copy_parts(document, copy)
    record(document, "version_opened", by=by, at=at, reason=reason, version=copy.id)
    record(copy, "copied", by=by, at=at, to_state=copy.state, reason=reason, origin=document.id)
    return copy


def _copy(target: Any, **changed: Any) -> Any:
    columns = {
        column.key: getattr(target, column.key)
        for column in target.__mapper__.column_attrs
        if column.key not in {"id", "version", "kind", "has_target_value", "superseded_edition"}
    }
    copy = type(target)(**{**columns, **changed, "origin_id": target.lineage})
    db.session.add(copy)
    return copy


def _copy_parts(document: TargetDocument, copy: TargetDocument) -> None:
    parts = queries.parts_of(document.id)
    objectives = {part.id: _copy(part, document_id=copy.id) for part in parts if isinstance(part, Objective)}
    db.session.flush()  # the rows below need their ids
    for objective in objectives.values():
        above = objectives.get(objective.parent_id)
        objective.parent_id = above.id if above else objective.parent_id
    for part in parts:
        if isinstance(part, Indicator):
            above = objectives.get(part.objective_id or 0)
            new = _copy(part, document_id=copy.id, objective_id=above.id if above else part.objective_id)
            new.values = [_copy_value(value) for value in part.by_period]


def _copy_value(value: IndicatorValue) -> IndicatorValue:
    names = ("year", "period_id", "target_value", "target_upper", "actual_value", "note", "evidence",
             "doubts", "confirmed_by_name")  # fmt: skip
    return IndicatorValue(**{name: getattr(value, name) for name in names})


def set_value(
    indicator: Indicator, draft: ValueDraft, *, by: Actor, at: datetime, confirmed: Collection[Doubt] = ()
) -> IndicatorValue:
    """Record the values of a period that has none yet. In an enacted document only actual values can be added.

    Every doubt about the values must be in `confirmed`.
    """
    document = queries.document_of(indicator)
    if draft.target_value is not None and policy.is_fixed(document):
        raise NotPossible(_FIXED, field="target_value")
    period = _refuse_value(indicator, draft)
    value = IndicatorValue(**asdict(draft), period=db.session.get_one(Period, draft.period_id))
    doubted = _settle_doubts(indicator, value, draft, confirmed, by=by, at=at)
    indicator.values.append(value)
    record(
        indicator, "value_set", by=by, at=at, what=period, period_id=draft.period_id, year=draft.year, doubts=doubted
    )
    return value


def edit_value(
    indicator: Indicator, value: IndicatorValue, draft: ValueDraft, *, by: Actor, at: datetime,
    confirmed: Collection[Doubt] = (), reason: str | None = None,
) -> None:  # fmt: skip
    """Edit the values of a period. In an enacted document the target value cannot change, only the actual value.

    What was reported changes with a reason, and both stay: a new edition would carry it on.
    """
    promised = ("year", "period_id", "target_value", "target_upper")
    if policy.is_fixed(queries.document_of(indicator)) and any(
        getattr(draft, name) != getattr(value, name) for name in promised
    ):
        raise NotPossible(_FIXED, field="target_value")
    period = _refuse_value(indicator, draft, of=value)
    corrected = _corrected(indicator, value, draft) if value.actual_value is not None else {}
    if corrected:
        ensure_reason(reason, _IS_REPORTED, field=corrections.REASON_FIELD)
    doubted = _settle_doubts(indicator, value, draft, confirmed, by=by, at=at)
    details: dict[str, Any] = {"what": period, "period_id": draft.period_id, "year": draft.year, "doubts": doubted}
    if corrected:
        corrections.keep_both(indicator, "value_corrected", corrected, reason=reason, by=by, at=at, **details)
    else:
        record(indicator, "value_set", by=by, at=at, **details)
    for name, new_value in asdict(draft).items():
        setattr(value, name, new_value)


def _corrected(indicator: Indicator, value: IndicatorValue, draft: ValueDraft) -> dict[str, Change]:
    changes = {name: Change(before=getattr(value, name), after=getattr(draft, name)) for name in ("note", "evidence")}
    if value.actual_value != draft.actual_value:
        changes["actual_value"] = _change_of_number(value.actual_value, draft.actual_value)
    if (value.year, value.period_id) != (draft.year, draft.period_id):
        codes = period_codes(indicator.scheme_id)
        then, now = (f"{codes[row.period_id]} {row.year}" for row in (value, draft))
        changes["period_id"] = Change(before=then, after=now)
    return {name: change for name, change in changes.items() if change.before != change.after}


def _change_of_number(before: Decimal | None, after: Decimal | None) -> Change:
    words = _in_words(before), _in_words(after)
    plain = [None if amount is None else format(amount, "f") for amount in (before, after)]
    return Change(before=plain[0], after=plain[1], words=words)


def _in_words(amount: Decimal | None) -> Mapping[str, str]:
    return in_each_language(lambda: "" if amount is None else number(amount))


def _settle_doubts(
    indicator: Indicator, value: IndicatorValue, draft: ValueDraft, confirmed: Collection[Doubt], *, by: Actor,
    at: datetime,
) -> list[str] | None:  # fmt: skip
    """Note who confirmed doubtful values; an edit that leaves the numbers unchanged changes nothing."""
    if value.id is not None and all(getattr(draft, name) == getattr(value, name) for name in _PROMISED_AND_MEASURED):
        return value.doubts
    numbers = {name: getattr(draft, name) for name in _DOUBTED}
    doubts = queries.doubts(indicator, numbers, draft.year, draft.period_id, day_at(at))
    for field, doubt in doubts:
        if doubt not in confirmed:
            raise NotPossible(_l("This value looks wrong. It can be saved once somebody confirms it."), field=field)
    codes = sorted({doubt.value for _, doubt in doubts})
    value.doubts, value.confirmed_by_name = (codes, by.name) if codes else (None, None)
    return value.doubts


def _refuse_value(indicator: Indicator, draft: ValueDraft, *, of: IndicatorValue | None = None) -> str:
    """Raise NotPossible if values cannot be recorded for the period; otherwise return its name."""
    if not policy.takes_actuals(queries.document_of(indicator)):
        raise NotPossible(_l("The document is superseded. Record values in the version that replaced it."))
    codes = period_codes(indicator.scheme_id)
    if draft.period_id not in codes:
        raise NotPossible(_l("This period is not one of the indicator's scheme."), field="period")
    others = (other for other in indicator.values if other is not of)
    if any((other.year, other.period_id) == (draft.year, draft.period_id) for other in others):
        raise PERIOD_TAKEN.refusal()
    return f"{codes[draft.period_id]} {draft.year}"


def _refuse_other_scheme(target: Indicator, draft: IndicatorDraft) -> None:
    if target.scheme_id is not None and draft.scheme_id != target.scheme_id:
        raise NotPossible(
            _l("Values have been recorded with the current period scheme. It can no longer be replaced."),
            field="scheme",
        )


def _refuse_entry(draft: AnyDraft) -> None:
    document_id = None if isinstance(draft, DocumentDraft) else draft.document_id
    if document_id is not None and policy.is_fixed(queries.document(document_id)):
        raise NotPossible(_FIXED, field="document")


def _refuse_fixed(target: Target) -> None:
    if policy.is_fixed(queries.document_of(target)):
        raise NotPossible(_FIXED)
