"""Target documents, objectives, indicators and their values."""

from decimal import Decimal

from tracker.api.schemas.common import Shown, TargetRef, UnitRef
from tracker.targets.rules import DocumentKind, ObjectiveLevel, Polarity, TargetKind, TargetState


class TargetItem(Shown):
    """A target as the list shows it."""

    id: int
    kind: TargetKind
    state: TargetState
    code: str | None
    name_id: str
    name_en: str | None
    owner_unit: UnitRef | None


class Period(Shown):
    id: int
    code: str


class Value(Shown):
    """What an indicator should reach in a period, and what it reached."""

    id: int
    year: int
    period: Period
    target_value: Decimal | None
    target_upper: Decimal | None
    actual_value: Decimal | None
    note: str | None
    evidence: str | None


class Target(TargetItem):
    """What another kind of target has is null."""

    note_id: str | None
    note_en: str | None
    superseded_edition: int | None
    document: TargetRef | None = None
    document_kind: DocumentKind | None = None
    year_from: int | None = None
    year_to: int | None = None
    edition: int | None = None
    document_number: str | None = None
    level: ObjectiveLevel | None = None
    parent: TargetRef | None = None
    objective: TargetRef | None = None
    unit_of_measure: str | None = None
    polarity: Polarity | None = None
    baseline: str | None = None
    operational_definition: str | None = None
    formula: str | None = None
    data_source: str | None = None
    is_key: bool | None = None
    is_cumulative: bool | None = None
    values: tuple[Value, ...] = ()
