"""Target documents with their objectives, indicators, and values by period."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import select

from tracker.calendar.periods.models import Period
from tracker.calendar.periods.queries import schemes
from tracker.core.db import Model, db
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.imports.commands.fields import Change, Field, Keeper, Row
from tracker.imports.commands.remarks import sentence
from tracker.imports.formats import Remark
from tracker.imports.rules import ValueRemark, values
from tracker.imports.rules.kinds import CellKind, ImportKind, Register
from tracker.people.rules import folded
from tracker.targets import commands, queries
from tracker.targets.commands import DocumentDraft, IndicatorDraft, ObjectiveDraft, ValueDraft
from tracker.targets.models import Indicator, IndicatorValue, Objective, Target, TargetDocument
from tracker.targets.rules import DocumentKind, ObjectiveLevel, Polarity

_COMMON = ("name_id", "name_en", "code", "note_id", "owner_unit_id")
_OF_DOCUMENT = (*_COMMON, "document_kind", "year_from", "year_to", "document_number")
_OF_OBJECTIVE = (*_COMMON, "level", "document_id", "parent_id")
_OF_INDICATOR = (*_COMMON, "document_id", "objective_id", "unit_of_measure", "polarity", "baseline",
                 "operational_definition", "formula", "data_source", "is_key", "is_cumulative",
                 "scheme_id")  # fmt: skip
_OF_VALUE = ("target_value", "target_upper", "actual_value", "note", "evidence")
_UNIT = Field(name="owner_unit_id", label=_l("Responsible unit"), kind=CellKind.REFERENCE, register=Register.UNITS,
              also=("Unit kerja", "Unit", "Penanggung jawab"))  # fmt: skip
_DOCUMENT = Field(name="document_id", label=_l("Document"), kind=CellKind.REFERENCE, register=Register.DOCUMENTS,
                  also=("Dokumen", "Dokumen target"))  # fmt: skip


def _draft(draft: type[Any], names: Sequence[str], row: Row, before: Mapping[str, Any]) -> Any:
    return draft(**{**before, **{name: row.values[name] for name in names if name in row.values}})


def _before(target: Any, draft: type[Any]) -> dict[str, Any]:
    return {name: getattr(target, name) for name in draft.__dataclass_fields__}


class Documents(Keeper):
    """Rows with a level are objectives of the document that they name; others are documents."""

    kind = ImportKind.DOCUMENTS
    fields = (
        Field(name="name_id", label=_l("Name in Indonesian"), is_needed=True,
              also=("Nama", "Nama dokumen", "Judul dokumen", "Judul", "Sasaran", "Uraian sasaran", "Name")),
        Field(name="name_en", label=_l("Name in English")),
        Field(name="code", label=_l("Code"), also=("Kode", "Nomor")),
        Field(name="document_kind", label=_l("Kind of document"), kind=CellKind.CODE, codes=DocumentKind,
              also=("Jenis dokumen", "Jenis")),
        Field(name="year_from", label=_l("From the year"), kind=CellKind.YEAR, also=("Tahun", "Tahun awal", "Year")),
        Field(name="year_to", label=_l("To the year"), kind=CellKind.YEAR, also=("Tahun akhir",)),
        Field(name="document_number", label=_l("Number of the decree"), also=("Nomor keputusan", "Nomor dokumen")),
        Field(name="level", label=_l("Level"), kind=CellKind.CODE, codes=ObjectiveLevel, also=("Tingkat", "Jenjang")),
        _DOCUMENT,
        Field(name="parent_id", label=_l("Part of"), kind=CellKind.REFERENCE, register=Register.TARGETS,
              also=("Induk", "Sasaran induk")),
        _UNIT,
        Field(name="note_id", label=_l("Note"), longest=20_000, also=("Keterangan",)),
    )  # fmt: skip

    @cached_property
    def _known(self) -> dict[int, Target]:
        current = Target.superseded_edition.is_(None)
        kinds = (TargetDocument, Objective)
        return {row.id: row for kind in kinds for row in db.session.scalars(select(kind).where(current))}

    def identity(self, row: Row) -> object:
        return folded(row.get("name_id", "")), row.get("level"), row.get("document_id") or row.get("year_from")

    def title(self, row: Row) -> str:
        return str(row.get("name_id", ""))

    def names(self, row: Row) -> Sequence[str]:
        return [row.values[name] for name in ("name_id", "code") if row.get(name)]

    def prepare(self, row: Row) -> None:
        if row.get("level"):
            return
        for name in ("document_kind", "year_from"):
            if not row.get(name):
                row.refuse(gettext("%(field)s is missing.", field=str(self.field(name).label)), name)
        row.values.setdefault("year_to", row.get("year_from"))
        if row.get("year_from") and row.get("year_to") < row.get("year_from"):
            row.refuse(_l("It ends before it begins."), "year_to")

    def find(self, row: Row) -> int | None:
        kind = Objective if row.get("level") else TargetDocument
        ids = [number for number, one in self._known.items() if isinstance(one, kind)
               and folded(row.get("name_id", "")) in {folded(one.name_id), folded(one.code or "")}]  # fmt: skip
        if row.get("document_id"):
            ids = [
                number for number in ids if getattr(self._known[number], "document_id", None) == row.get("document_id")
            ]
        return ids[0] if len(ids) == 1 else None

    def stored(self, row_id: int) -> Mapping[str, Any]:
        known = self._known[row_id]
        names = _OF_DOCUMENT if isinstance(known, TargetDocument) else _OF_OBJECTIVE
        return {name: getattr(known, name) for name in names}

    def add(self, row: Row) -> Model:
        is_objective = row.get("level") is not None
        kind, names = (ObjectiveDraft, _OF_OBJECTIVE) if is_objective else (DocumentDraft, _OF_DOCUMENT)
        target = commands.add_target(_draft(kind, names, row, {}), by=self.by, at=self.at)
        for lookup in (self.registers.targets, *(() if is_objective else (self.registers.documents,))):
            lookup.learn(target.id, target.name_id, target.name_en, target.code)
        return target

    def change(self, row: Row) -> Model:
        target = queries.target(row.known_id or 0, to_change=True)
        is_document = isinstance(target, TargetDocument)
        kind, names = (DocumentDraft, _OF_DOCUMENT) if is_document else (ObjectiveDraft, _OF_OBJECTIVE)
        commands.edit_target(target, _draft(kind, names, row, _before(target, kind)), by=self.by, at=self.at)
        return target


class Indicators(Keeper):
    kind = ImportKind.INDICATORS
    fields = (
        Field(name="name_id", label=_l("Name in Indonesian"), is_needed=True, longest=20_000,
              also=("Indikator", "Indikator kinerja", "Nama indikator", "Indicator", "Name")),
        Field(name="name_en", label=_l("Name in English")),
        Field(name="code", label=_l("Code"), also=("Kode", "Kode indikator")),
        _DOCUMENT,
        Field(name="objective_id", label=_l("Objective"), kind=CellKind.REFERENCE, register=Register.TARGETS,
              also=("Sasaran", "Sasaran strategis", "Sasaran program", "Sasaran kegiatan")),
        Field(name="unit_of_measure", label=_l("Unit of measure"), also=("Satuan",)),
        Field(name="polarity", label=_l("Polarity"), kind=CellKind.CODE, codes=Polarity, also=("Polarisasi",)),
        Field(name="baseline", label=_l("Baseline"), also=("Nilai awal",)),
        Field(name="operational_definition", label=_l("Operational definition"), longest=20_000,
              also=("Definisi operasional",)),
        Field(name="formula", label=_l("Formula"), longest=20_000, also=("Rumus", "Cara menghitung")),
        Field(name="data_source", label=_l("Data source"), longest=20_000, also=("Sumber data",)),
        Field(name="is_key", label=_l("Key indicator (IKU)"), kind=CellKind.YES_NO, also=("IKU",)),
        Field(name="is_cumulative", label=_l("Values count from the start of the year"), kind=CellKind.YES_NO,
              also=("Kumulatif",)),
        Field(name="scheme", label=_l("Period scheme"), also=("Skema periode", "Periode", "Frekuensi")),
        _UNIT,
        Field(name="note_id", label=_l("Note"), longest=20_000, also=("Keterangan",)),
    )  # fmt: skip

    @cached_property
    def _known(self) -> dict[int, Indicator]:
        current = Indicator.superseded_edition.is_(None)
        return {row.id: row for row in db.session.scalars(select(Indicator).where(current))}

    @cached_property
    def _schemes(self) -> Mapping[str, int]:
        named = ((name, one.id) for one in schemes() for name in (one.code, one.name_id, one.name_en))
        return {folded(name): number for name, number in named if name}

    def identity(self, row: Row) -> object:
        return folded(row.get("name_id", "")), row.get("document_id")

    def title(self, row: Row) -> str:
        return str(row.get("name_id", ""))

    def prepare(self, row: Row) -> None:
        written = row.values.pop("scheme", None)
        if written and folded(written) in self._schemes:
            row.values["scheme_id"] = self._schemes[folded(written)]
        elif written:
            row.refuse(gettext("Nothing is called “%(typed)s”, or it is not open to you.", typed=written), "scheme")

    def find(self, row: Row) -> int | None:
        for name in ("code", "name_id"):
            ids = [number for number, one in self._known.items()
                   if row.get(name) and folded(getattr(one, name) or "") == folded(row.get(name))
                   and row.get("document_id") in {None, one.document_id}]  # fmt: skip
            if len(ids) == 1:
                return ids[0]
        return None

    def stored(self, row_id: int) -> Mapping[str, Any]:
        return {name: getattr(self._known[row_id], name) for name in _OF_INDICATOR}

    def add(self, row: Row) -> Model:
        return commands.add_target(_draft(IndicatorDraft, _OF_INDICATOR, row, {}), by=self.by, at=self.at)

    def change(self, row: Row) -> Model:
        target = queries.indicator(row.known_id or 0, to_change=True)
        draft = _draft(IndicatorDraft, _OF_INDICATOR, row, _before(target, IndicatorDraft))
        commands.edit_target(target, draft, by=self.by, at=self.at)
        return target


class Values(Keeper):
    kind = ImportKind.VALUES
    by_period = (("target_value", "actual_value"), "period")
    fields = (
        Field(name="indicator_id", label=_l("Indicator"), kind=CellKind.REFERENCE, register=Register.INDICATORS,
              is_needed=True, longest=20_000, also=("Indikator", "Kode indikator", "Nama indikator", "Kode")),
        Field(name="year", label=_l("Year"), kind=CellKind.YEAR, also=("Tahun",)),
        Field(name="period", label=_l("Period"), kind=CellKind.PERIOD, is_needed=True,
              also=("Periode", "Triwulan", "Semester", "Bulan")),
        Field(name="target_value", label=_l("Target value"), kind=CellKind.NUMBER, also=("Target",)),
        Field(name="target_upper", label=_l("Upper bound"), kind=CellKind.NUMBER, also=("Batas atas",)),
        Field(name="actual_value", label=_l("Actual value"), kind=CellKind.NUMBER,
              also=("Realisasi", "Capaian", "Actual")),
        Field(name="note", label=_l("Note"), longest=20_000, also=("Keterangan",)),
        Field(name="evidence", label=_l("Evidence"), longest=20_000, also=("Bukti", "Data dukung")),
        Field(name="reason", label=_l("Reason"), longest=20_000, also=("Alasan",)),
    )  # fmt: skip

    @cached_property
    def _known(self) -> dict[int, IndicatorValue]:
        return {row.id: row for row in db.session.scalars(select(IndicatorValue))}

    @cached_property
    def _ids(self) -> dict[object, int]:
        return {(row.indicator_id, row.year, row.period_id): row.id for row in self._known.values()}

    @cached_property
    def _periods(self) -> Mapping[int, Sequence[Period]]:
        return {one.id: one.periods for one in schemes()}

    def identity(self, row: Row) -> object:
        return row.get("indicator_id"), row.get("year"), row.get("period_id")

    def title(self, row: Row) -> str:
        return f"{row.written.get('indicator_id', '')}, {row.written.get('period', '')} {row.get('year', '')}".strip()

    def prepare(self, row: Row) -> None:
        """The period is one of the indicator's scheme; it may carry the year."""
        number = row.get("indicator_id")
        indicator = db.session.get(Indicator, number) if isinstance(number, int) else None
        if indicator is None:
            return
        self._check_percentages(row, indicator)
        if not row.get("period"):
            return
        if indicator.scheme_id is None:
            row.refuse(_l("This indicator has no period scheme yet."), "indicator_id")
            return
        read = values.period(row.cells["period"], self._periods[indicator.scheme_id])
        if read.problem:
            row.refuse(sentence(read.problem), "period")
        elif read.value:
            year, period = read.value
            row.values["period_id"] = period.id
            if year is not None:
                row.values.setdefault("year", year)
        if not row.get("year"):
            row.refuse(gettext("%(field)s is missing.", field=str(self.field("year").label)), "year")

    def _check_percentages(self, row: Row, indicator: Indicator) -> None:
        for name in ("target_value", "target_upper", "actual_value"):
            if name in row.values and row.cells[name].shows_percent and not indicator.is_percentage:
                row.refuse(sentence(Remark(ValueRemark.NOT_A_PERCENTAGE, {"text": row.cells[name].text})), name)

    def find(self, row: Row) -> int | None:
        return self._ids.get((row.get("indicator_id"), row.get("year"), row.get("period_id")))

    def stored(self, row_id: int) -> Mapping[str, Any]:
        return {name: getattr(self._known[row_id], name) for name in _OF_VALUE}

    def changes(self, row: Row) -> list[Change]:
        return [change for change in super().changes(row) if change.name in _OF_VALUE]

    def add(self, row: Row) -> Model:
        draft = _draft(ValueDraft, (*_OF_VALUE, "year", "period_id"), row, {})
        indicator = queries.indicator(row.get("indicator_id"), to_change=True)
        value = commands.set_value(indicator, draft, by=self.by, at=self.at)
        db.session.flush()
        return value

    def change(self, row: Row) -> Model:
        indicator = queries.indicator(row.get("indicator_id"), to_change=True)
        value = next(one for one in indicator.values if one.id == row.known_id)
        draft = _draft(ValueDraft, _OF_VALUE, row, _before(value, ValueDraft))
        commands.edit_value(indicator, value, draft, by=self.by, at=self.at, reason=row.get("reason"))
        return value
