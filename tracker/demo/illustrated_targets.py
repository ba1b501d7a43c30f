"""Invented targets for the illustrative year: three documents, a second edition, two years of values with a gap."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tracker.calendar.periods.models import PeriodScheme
from tracker.calendar.periods.queries import schemes
from tracker.core.actor import Actor
from tracker.demo.calendar import Calendar, at
from tracker.demo.setting import NOTE_EN, NOTE_ID, Setting
from tracker.targets import commands as targets
from tracker.targets import queries, rules
from tracker.targets.models import Indicator, IndicatorValue, Target, TargetDocument
from tracker.targets.rules import DocumentKind, ObjectiveLevel, Polarity, TargetState

FORMULA = "jumlah selesai / jumlah seluruhnya × 100"
#: Time from the end of a period until its values are reported.
REPORTED_AFTER = timedelta(days=10)
#: Days before today on which the documents, and their second edition, come into force.
BEGUN, CHANGED = 360, 150


@dataclass(frozen=True)
class Measure:
    name_id: str
    name_en: str
    polarity: Polarity | None = None
    first: Decimal | None = None
    #: Change per quarter of target and actual values; width of a target range.
    step: int = 0
    moves: int = 0
    width: int | None = None
    has_formula: bool = True
    state: TargetState = TargetState.ACTIVE
    #: Difference of the first actual value from the first target value; None if nothing is measured.
    apart: Decimal | None = None


MEASURES = (
    Measure("Persentase rekomendasi yang dijawab instansi tepat waktu", "Share of recommendations answered in time",
            Polarity.MAXIMISE, Decimal(40), 8, 7, apart=Decimal("1.5")),
    Measure("Persentase pengaduan yang melewati batas waktu", "Share of complaints past their time limit",
            Polarity.MINIMISE, Decimal(44), -4, -3, has_formula=False, apart=Decimal("1.5")),
    Measure("Persentase penyerapan anggaran layanan pengaduan", "Share of the complaints budget spent",
            Polarity.RANGE, Decimal(48), 8, 7, width=6, apart=Decimal("1.5")),
    Measure("Kemudahan mengadu menurut pelapor", "Ease of complaining as complainants see it",
            has_formula=False, state=TargetState.CANDIDATE),
    Measure("Persentase petugas loket yang bersertifikat", "Share of certified desk officers",
            Polarity.MAXIMISE, Decimal(56), 8, 7, apart=Decimal("1.5")),
    Measure("Persentase berkas pengaduan yang tidak lengkap", "Share of incomplete complaint files",
            Polarity.MINIMISE, Decimal(36), -6, has_formula=False),
    Measure("Persentase penyerapan anggaran pelatihan petugas", "Share of the training budget spent",
            Polarity.RANGE, Decimal(64), 8, width=6, state=TargetState.CANDIDATE),
    Measure("Keterjangkauan layanan bagi kelompok rentan", "Reach of services for vulnerable groups",
            has_formula=False),
)  # fmt: skip


@dataclass(kw_only=True)
class IllustratedTargets:
    """Creates the targets of a year, enacts them, and changes them once in a new version."""

    setting: Setting
    calendar: Calendar
    keeper: Actor
    decider: Actor
    first: list[Indicator] = field(default_factory=list)
    second: list[Indicator] = field(default_factory=list)

    def begin(self) -> None:
        self.schemes = {scheme.code: scheme for scheme in schemes()}
        strategic = self._strategic_plan()
        self.document, self.programme = self._targets_of_the_year(strategic)

    def change(self) -> None:
        self._second_edition(self.document)
        self._agreement(self.programme)

    @property
    def in_force(self) -> list[Indicator]:
        return self.second or self.first

    @property
    def began(self) -> datetime:
        return at(self.calendar.ago(BEGUN), 10)

    @property
    def changed_on(self) -> date:
        return self.calendar.ago(CHANGED)

    def _document(self, name_id: str, name_en: str, kind: DocumentKind, years: tuple[int, int]) -> TargetDocument:
        draft = targets.DocumentDraft(
            name_id=name_id, name_en=name_en, note_id=NOTE_ID, note_en=NOTE_EN, document_kind=kind, year_from=years[0], year_to=years[1],
            owner_unit_id=self.setting.units["DITJEN_HAM"].id,
        )  # fmt: skip
        return queries.document(targets.add_target(draft, by=self.keeper, at=self.began).id)

    def _objective(
        self, document: TargetDocument, level: ObjectiveLevel, name_id: str, name_en: str, parent: Target | None
    ) -> Target:
        draft = targets.ObjectiveDraft(
            name_id=name_id, name_en=name_en, note_id=NOTE_ID, note_en=NOTE_EN, level=level, document_id=document.id,
            parent_id=parent.id if parent else None, owner_unit_id=self.setting.units["DITJEN_HAM"].id,
        )  # fmt: skip
        return targets.add_target(draft, by=self.keeper, at=self.began, state=TargetState.IN_FORCE)

    def _indicator(self, state: TargetState = TargetState.ACTIVE, **values: Any) -> Indicator:
        draft = targets.IndicatorDraft(**values, note_id=NOTE_ID, note_en=NOTE_EN)
        return queries.indicator(targets.add_target(draft, by=self.keeper, at=self.began, state=state).id)

    def _enact(self, document: Target, at: datetime) -> None:
        targets.move_target(document, TargetState.PROPOSED, reason=None, by=self.keeper, at=at)
        targets.move_target(document, TargetState.ENACTED, reason=None, by=self.decider, at=at)

    def _scheme(self, code: str) -> PeriodScheme:
        return self.schemes[code]

    def _strategic_plan(self) -> Target:
        year = self.calendar.today.year
        document = self._document(
            f"Rencana Strategis Ditjen HAM {year - 1}–{year + 3}", f"Strategic Plan of DG Human Rights {year - 1}–{year + 3}",
            DocumentKind.STRATEGIC_PLAN, (year - 1, year + 3),
        )  # fmt: skip
        objective = self._objective(
            document, ObjectiveLevel.STRATEGIC, "Terwujudnya penghormatan dan pemajuan HAM",
            "Human rights are respected and promoted", None,
        )  # fmt: skip
        indicator = self._indicator(
            name_id="Indeks pemenuhan HAM", name_en="Human rights fulfilment index",
            document_id=document.id, objective_id=objective.id, unit_of_measure="indeks", polarity=Polarity.MAXIMISE,
            formula="rata-rata tertimbang nilai dimensi", is_key=True, is_cumulative=False,
            scheme_id=self._scheme("B03-B12").id, owner_unit_id=self.setting.units["DITJEN_HAM"].id,
        )  # fmt: skip
        for place in range(8):
            of_year, period = year - 1 + place // 4, self._scheme("B03-B12").periods[place % 4]
            self._value(indicator, targets.ValueDraft(
                year=of_year, period_id=period.id, target_value=Decimal("52.5") + 3 * place,
            ))  # fmt: skip
        self._enact(document, self.began)
        for place, value in enumerate(indicator.by_period):
            if place != 2:  # one gap
                self._measure(indicator, value, Decimal("50.25") + Decimal("3.2") * place)
        return objective

    def _targets_of_the_year(self, strategic: Target) -> tuple[TargetDocument, Target]:
        year = self.calendar.today.year
        document = self._document(
            f"Target Kinerja Ditjen HAM Tahun {year}", f"{year} Performance Targets of DG Human Rights",
            DocumentKind.PERFORMANCE_TARGET, (year, year),
        )  # fmt: skip
        objective = self._objective(
            document, ObjectiveLevel.PROGRAMME, "Meningkatnya penghormatan HAM oleh instansi",
            "Agencies respect human rights more", strategic,
        )  # fmt: skip
        for measure in MEASURES:
            indicator = self._indicator(
                measure.state, name_id=measure.name_id, name_en=measure.name_en, document_id=document.id,
                objective_id=objective.id, polarity=measure.polarity, scheme_id=self._scheme("B03-B12").id,
                unit_of_measure="persen" if measure.polarity else None,
                formula=FORMULA if measure.has_formula else None,
            )  # fmt: skip
            self.first.append(indicator)
            self._quarters(indicator, measure, year)
        self._enact(document, self.began)
        self._measure_year(self.first, until=self.changed_on)
        return document, objective

    def _quarters(self, indicator: Indicator, measure: Measure, year: int) -> None:
        for quarter, period in enumerate(self._scheme("B03-B12").periods):
            lower = None if measure.first is None else measure.first + measure.step * quarter
            upper = None if lower is None or measure.width is None else lower + measure.width
            self._value(indicator, targets.ValueDraft(
                year=year, period_id=period.id, target_value=lower, target_upper=upper,
            ))  # fmt: skip

    def _measure_year(self, indicators: list[Indicator], *, until: date) -> None:
        for measure, indicator in zip(MEASURES, indicators, strict=True):
            for quarter, value in enumerate(indicator.by_period):
                if measure.first is not None and measure.apart is not None and value.actual_value is None:
                    actual = measure.first + measure.apart + measure.moves * quarter
                    self._measure(indicator, value, actual, until=until)

    def _measure(
        self, indicator: Indicator, value: IndicatorValue, actual: Decimal, *, until: date | None = None
    ) -> None:
        """Record an actual value some days after the end of its period, unless that is in the future."""
        ended = rules.period_end(value.year, value.period.last_month)
        reported = self.calendar.due(ended + REPORTED_AFTER)
        if reported > (until or self.calendar.yesterday):
            return
        draft = targets.ValueDraft(
            year=value.year, period_id=value.period_id, target_value=value.target_value,
            target_upper=value.target_upper, actual_value=actual,
        )  # fmt: skip
        targets.edit_value(indicator, value, draft, by=self.keeper, at=max(self.began, at(reported, 10)))

    def _value(self, indicator: Indicator, draft: targets.ValueDraft) -> None:
        targets.set_value(indicator, draft, by=self.keeper, at=self.began)

    def _second_edition(self, document: TargetDocument) -> None:
        """In the middle of the year two target values are raised; later actual values belong to the new edition."""
        changed = at(self.changed_on, 10)
        copy = targets.open_version(document, reason="Penyesuaian anggaran", by=self.keeper, at=changed)
        of = {part.lineage: part for part in queries.parts_of(copy.id) if isinstance(part, Indicator)}
        self.second = [of[indicator.id] for indicator in self.first]
        for indicator in (of[self.first[0].id], of[self.first[1].id]):
            last = indicator.by_period[-1]
            raised = targets.ValueDraft(
                year=last.year, period_id=last.period_id, target_value=(last.target_value or 0) + Decimal("2.5"),
                actual_value=last.actual_value,
            )  # fmt: skip
            targets.edit_value(indicator, last, raised, by=self.keeper, at=changed)
        self._enact(copy, changed)
        self._measure_year(self.second, until=self.calendar.yesterday)

    def _agreement(self, programme: Target) -> None:
        year = self.calendar.today.year
        document = self._document(
            f"Perjanjian Kinerja Sekretariat Ditjen HAM Tahun {year}", f"{year} Performance Agreement of the Secretariat",
            DocumentKind.PERFORMANCE_AGREEMENT, (year, year),
        )  # fmt: skip
        objective = self._objective(
            document, ObjectiveLevel.ACTIVITY, "Terlaksananya dukungan manajemen tepat waktu",
            "Management support is on time", programme,
        )  # fmt: skip
        indicator = self._indicator(
            name_id="Lama penyelesaian surat", name_en="Days to answer a letter",
            document_id=document.id, objective_id=objective.id, unit_of_measure="hari", polarity=Polarity.STABILISE,
            formula="jumlah hari / jumlah surat", scheme_id=self._scheme("TW").id, is_cumulative=False,
        )  # fmt: skip
        for period in self._scheme("TW").periods:
            self._value(indicator, targets.ValueDraft(year=year, period_id=period.id, target_value=Decimal(5)))
        for quarter, value in enumerate(indicator.by_period):
            self._measure(indicator, value, Decimal(5) + quarter % 2)
        targets.move_target(
            document, TargetState.PROPOSED, reason=None, by=self.keeper, at=at(self.calendar.yesterday, 10)
        )
