"""Invented targets for the illustrative year: three documents, a second edition, two years of values with a gap."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tracker.core.actor import Actor
from tracker.core.clock import JAKARTA
from tracker.demo.setting import Setting
from tracker.periods.models import PeriodScheme
from tracker.periods.queries import schemes
from tracker.targets import commands as targets
from tracker.targets import queries, rules
from tracker.targets.models import Indicator, IndicatorValue, Target, TargetDocument
from tracker.targets.rules import DocumentKind, ObjectiveLevel, Polarity, TargetState

MARK_ID, MARK_EN = " (ilustrasi)", " (illustration)"
FORMULA = "jumlah selesai / jumlah seluruhnya × 100"
#: So long after its end a period is reported.
REPORTED_AFTER = timedelta(days=10)
POLARITIES = (Polarity.MAXIMISE, Polarity.MINIMISE, Polarity.RANGE, None)


@dataclass(kw_only=True)
class IllustratedTargets:
    """Sets the targets of a year, has them enacted, and changes them once by a new version."""

    setting: Setting
    topics: tuple[tuple[str, str], ...]
    today: date
    began: datetime
    changed: datetime
    keeper: Actor
    decider: Actor
    first: list[Indicator] = field(default_factory=list)
    second: list[Indicator] = field(default_factory=list)

    def play(self) -> None:
        """The plan above, the targets of the year in two editions, the agreement below."""
        self.schemes = {scheme.code: scheme for scheme in schemes()}
        strategic = self._strategic_plan()
        document, programme = self._targets_of_the_year(strategic)
        self._second_edition(document)
        self._agreement(programme)

    def goals_on(self, day: date) -> list[Indicator]:
        """The indicators in force on that day."""
        return self.first if day < self.changed.date() else self.second

    def _document(self, name_id: str, name_en: str, kind: DocumentKind, years: tuple[int, int]) -> TargetDocument:
        draft = targets.DocumentDraft(
            name_id=name_id + MARK_ID, name_en=name_en + MARK_EN, document_kind=kind, year_from=years[0], year_to=years[1],
            owner_unit_id=self.setting.units["DITJEN_HAM"].id,
        )  # fmt: skip
        return queries.document(targets.add_target(draft, by=self.keeper, at=self.began).id)

    def _objective(
        self, document: TargetDocument, level: ObjectiveLevel, name_id: str, name_en: str, parent: Target | None
    ) -> Target:
        draft = targets.ObjectiveDraft(
            name_id=name_id + MARK_ID, name_en=name_en + MARK_EN, level=level, document_id=document.id,
            parent_id=parent.id if parent else None, owner_unit_id=self.setting.units["DITJEN_HAM"].id,
        )  # fmt: skip
        return targets.add_target(draft, by=self.keeper, at=self.began, state=TargetState.IN_FORCE)

    def _indicator(self, draft: targets.IndicatorDraft, state: TargetState = TargetState.ACTIVE) -> Indicator:
        return queries.indicator(targets.add_target(draft, by=self.keeper, at=self.began, state=state).id)

    def _enact(self, document: Target, at: datetime) -> None:
        targets.move_target(document, TargetState.PROPOSED, reason=None, by=self.keeper, at=at)
        targets.move_target(document, TargetState.ENACTED, reason=None, by=self.decider, at=at)

    def _scheme(self, code: str) -> PeriodScheme:
        return self.schemes[code]

    def _strategic_plan(self) -> Target:
        year = self.today.year
        document = self._document(
            f"Rencana Strategis Ditjen HAM {year - 1}–{year + 3}", f"Strategic Plan of DG Human Rights {year - 1}–{year + 3}",
            DocumentKind.STRATEGIC_PLAN, (year - 1, year + 3),
        )  # fmt: skip
        objective = self._objective(
            document, ObjectiveLevel.STRATEGIC, "Terwujudnya penghormatan dan pemajuan HAM",
            "Human rights are respected and promoted", None,
        )  # fmt: skip
        indicator = self._indicator(targets.IndicatorDraft(
            name_id="Indeks pemenuhan HAM" + MARK_ID, name_en="Human rights fulfilment index" + MARK_EN,
            document_id=document.id, objective_id=objective.id, unit_of_measure="indeks", polarity=Polarity.MAXIMISE,
            formula="rata-rata tertimbang nilai dimensi", is_key=True, is_cumulative=False,
            scheme_id=self._scheme("B03-B12").id, owner_unit_id=self.setting.units["DITJEN_HAM"].id,
        ))  # fmt: skip
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
        year = self.today.year
        document = self._document(
            f"Target Kinerja Ditjen HAM Tahun {year}", f"{year} Performance Targets of DG Human Rights",
            DocumentKind.PERFORMANCE_TARGET, (year, year),
        )  # fmt: skip
        objective = self._objective(
            document, ObjectiveLevel.PROGRAMME, "Meningkatnya penghormatan HAM oleh instansi",
            "Agencies respect human rights more", strategic,
        )  # fmt: skip
        for number, (topic_id, topic_en) in enumerate(self.topics):
            indicator = self._indicator(targets.IndicatorDraft(
                name_id=f"Persentase {topic_id}{MARK_ID}", name_en=f"Share of {topic_en}{MARK_EN}",
                document_id=document.id, objective_id=objective.id, polarity=POLARITIES[number % 4],
                unit_of_measure="persen" if number % 4 != 3 else None, formula=FORMULA if number % 2 == 0 else None,
                scheme_id=self._scheme("B03-B12").id,
            ), TargetState.ACTIVE if number % 3 else TargetState.CANDIDATE)  # fmt: skip
            self.first.append(indicator)
            self._quarters(indicator, number, year)
        self._enact(document, self.began)
        self._measure_year(self.first, until=self.changed.date())
        return document, objective

    def _quarters(self, indicator: Indicator, number: int, year: int) -> None:
        from_bottom = Decimal(40 + 4 * number)
        for quarter, period in enumerate(self._scheme("B03-B12").periods):
            self._value(indicator, targets.ValueDraft(
                year=year, period_id=period.id,
                target_value=None if number % 4 == 3 else from_bottom + 8 * quarter,
                target_upper=from_bottom + 8 * quarter + 6 if number % 4 == 2 else None,
            ))  # fmt: skip

    def _measure_year(self, indicators: list[Indicator], *, until: date) -> None:
        """What was measured of the targets of the year and reported by this day; some targets are never measured."""
        for number, indicator in enumerate(indicators):
            for quarter, value in enumerate(indicator.by_period):
                if number % 5 and value.actual_value is None:
                    actual = Decimal(40 + 4 * number) + 7 * quarter + Decimal("1.5")
                    self._measure(indicator, value, actual, until=until)

    def _measure(
        self, indicator: Indicator, value: IndicatorValue, actual: Decimal, *, until: date | None = None
    ) -> None:
        """Record an actual value some days after its period has ended, where that day has come."""
        reported = rules.period_end(value.year, value.period.last_month) + REPORTED_AFTER
        if reported > (until or self.today):
            return
        draft = targets.ValueDraft(
            year=value.year, period_id=value.period_id, target_value=value.target_value,
            target_upper=value.target_upper, actual_value=actual,
        )  # fmt: skip
        at = max(self.began, datetime.combine(reported, time(10), JAKARTA))
        targets.edit_value(indicator, value, draft, by=self.keeper, at=at)

    def _value(self, indicator: Indicator, draft: targets.ValueDraft) -> None:
        targets.set_value(indicator, draft, by=self.keeper, at=self.began)

    def _second_edition(self, document: TargetDocument) -> None:
        """Half-way through the year two targets are raised; what is measured from then on belongs to the new edition."""
        copy = targets.open_version(
            document, reason="Penyesuaian anggaran (ilustrasi)", by=self.keeper, at=self.changed
        )
        of = {part.lineage: part for part in queries.parts_of(copy.id) if isinstance(part, Indicator)}
        self.second = [of[indicator.id] for indicator in self.first]
        for indicator in (of[self.first[0].id], of[self.first[1].id]):
            last = indicator.by_period[-1]
            raised = targets.ValueDraft(
                year=last.year, period_id=last.period_id, target_value=(last.target_value or 0) + Decimal("2.5"),
                actual_value=last.actual_value,
            )  # fmt: skip
            targets.edit_value(indicator, last, raised, by=self.keeper, at=self.changed)
        self._enact(copy, self.changed)
        self._measure_year(self.second, until=self.today)

    def _agreement(self, programme: Target) -> None:
        year = self.today.year
        document = self._document(
            f"Perjanjian Kinerja Sekretariat Ditjen HAM Tahun {year}", f"{year} Performance Agreement of the Secretariat",
            DocumentKind.PERFORMANCE_AGREEMENT, (year, year),
        )  # fmt: skip
        objective = self._objective(
            document, ObjectiveLevel.ACTIVITY, "Terlaksananya dukungan manajemen tepat waktu",
            "Management support is on time", programme,
        )  # fmt: skip
        indicator = self._indicator(targets.IndicatorDraft(
            name_id="Lama penyelesaian surat" + MARK_ID, name_en="Days to answer a letter" + MARK_EN,
            document_id=document.id, objective_id=objective.id, unit_of_measure="hari", polarity=Polarity.STABILISE,
            formula="jumlah hari / jumlah surat", scheme_id=self._scheme("TW").id, is_cumulative=False,
        ))  # fmt: skip
        for period in self._scheme("TW").periods:
            self._value(indicator, targets.ValueDraft(year=year, period_id=period.id, target_value=Decimal(5)))
        for quarter, value in enumerate(indicator.by_period):
            self._measure(indicator, value, Decimal(5) + quarter % 2)
        targets.move_target(document, TargetState.PROPOSED, reason=None, by=self.keeper, at=self.changed)
