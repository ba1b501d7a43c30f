"""Labels of targets and their events."""

from datetime import date
from decimal import Decimal
from typing import Any

from tracker.core.wording import Shape, Shapes, Tones, Words, either, gettext, in_words, month, number
from tracker.core.wording import lazy_gettext as _l
from tracker.targets.queries import name_with_edition
from tracker.targets.rules import (
    Change,
    DocumentKind,
    Doubt,
    Editions,
    Lacking,
    ObjectiveLevel,
    Outcome,
    Polarity,
    Progress,
    Summary,
    TargetKind,
    TargetState,
    is_percentage,
)


def named_with_edition(target: Any) -> str:
    """Name of a target (or a row with its columns), with the edition if it is superseded."""
    return name_with_edition(in_words(target, "name"), target.superseded_edition)


#: Units of measure are entered in Indonesian; these have a known English translation.
_UNITS_IN_ENGLISH = {
    "bulan": "months", "dokumen": "documents", "hari": "days", "hari kerja": "working days", "indeks": "index points",
    "instansi": "agencies", "jam": "hours", "kabupaten/kota": "regencies and cities", "kegiatan": "activities",
    "kota": "cities", "laporan": "reports", "layanan": "services", "lembaga": "institutions", "menit": "minutes",
    "orang": "people", "pengaduan": "complaints", "peraturan": "regulations", "peserta": "participants",
    "provinsi": "provinces", "rekomendasi": "recommendations", "rupiah": "rupiah", "satuan kerja": "work units",
    "skor": "points", "tahun": "years", "unit": "units",
}  # fmt: skip


def unit_words(unit_of_measure: str | None) -> str:
    if is_percentage(unit_of_measure):
        return gettext("percent")
    return either(unit_of_measure, _UNITS_IN_ENGLISH.get((unit_of_measure or "").strip().casefold()))


def amount(value: Decimal, unit_of_measure: str | None) -> str:
    return f"{number(value)} {unit_words(unit_of_measure)}".rstrip()


def value_in_goal(value: Any, unit_of_measure: str | None) -> str:
    """Actual value and target of a period: «69,5 dari 70–78 persen»."""
    actual = gettext("not yet measured") if value.actual_value is None else number(value.actual_value)
    if value.target_value is None:
        return gettext("%(value)s, target not yet set", value=actual)
    goal = number(value.target_value) + ("" if value.target_upper is None else f"–{number(value.target_upper)}")
    words = gettext("%(value)s of %(target)s", value=actual, target=goal)
    return f"{words} {unit_words(unit_of_measure)}".rstrip()


def change_words(change: Decimal, unit_of_measure: str | None) -> str:
    """By how much a value changed, with its sign: «−1,5 poin persen»."""
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return sign + _difference(abs(change), unit_of_measure)


def _difference(far: Decimal, unit_of_measure: str | None) -> str:
    if not is_percentage(unit_of_measure):
        return amount(far, unit_of_measure)
    if far == 1:
        return gettext("%(number)s percentage point", number=number(far))
    return gettext("%(number)s percentage points", number=number(far))


def deviation_words(deviation: Decimal, unit_of_measure: str | None, *, is_range: bool = False) -> str:
    """Deviation from the target with sign and unit: «0,5 poin persen di bawah target»."""
    if deviation == 0:
        return gettext("within the target range") if is_range else gettext("exactly on target")
    far_words = _difference(abs(deviation), unit_of_measure)
    if is_range:
        return gettext("%(gap)s below the target range", gap=far_words) if deviation < 0 else gettext(
            "%(gap)s above the target range", gap=far_words
        )  # fmt: skip
    return (
        gettext("%(gap)s below target", gap=far_words)
        if deviation < 0
        else gettext("%(gap)s above target", gap=far_words)
    )


def summary_words(summary: Summary) -> list[tuple[str, Outcome | None]]:
    """Clauses of a summary, each with the outcome of the indicators it counts."""
    number_of, clauses = summary.number, []
    if summary.period:
        when = month(date(*summary.period, 1))
        clauses = [
            (
                gettext(
                    "to %(month)s: %(reached)d of %(compared)d reached",
                    month=when,
                    reached=number_of[Outcome.REACHED],
                    compared=summary.compared,
                ),
                Outcome.REACHED,
            ),
            (
                gettext(
                    "average achievement %(percent)s%% of these %(compared)d",
                    percent=number(summary.average or 0),
                    compared=summary.compared,
                ),
                None,
            ),
        ]
    counted = {
        Outcome.MISSED: gettext("%(num)d missed", num=number_of[Outcome.MISSED]),
        Outcome.EARLIER: gettext("%(num)d last measured earlier", num=number_of[Outcome.EARLIER]),
        Outcome.UNMEASURED: gettext("%(num)d without a value to compare", num=number_of[Outcome.UNMEASURED]),
        Outcome.NOT_IN_FORCE: gettext("%(num)d not in force, not counted", num=number_of[Outcome.NOT_IN_FORCE]),
    }
    return [*clauses, *((words, outcome) for outcome, words in counted.items() if number_of[outcome])]


T = TargetState
STEPS: Words = {
    TargetState: {
        T.DRAFT: _l("Return to draft"),
        T.PROPOSED: _l("Propose for enactment"),
        T.ENACTED: _l("Enact"),
        T.SUPERSEDED: _l("Mark as superseded"),
        T.IN_FORCE: _l("Put in force"),
        T.CANDIDATE: _l("Make it a candidate"),
        T.ACTIVE: _l("Put in force"),
        T.RETIRED: _l("Retire"),
    },
}
WORDS: Words = {
    TargetKind: {
        TargetKind.DOCUMENT: _l("Target document"),
        TargetKind.OBJECTIVE: _l("Objective"),
        TargetKind.INDICATOR: _l("Performance indicator"),
    },
    DocumentKind: {
        DocumentKind.STRATEGIC_PLAN: _l("Strategic plan (Renstra)"),
        DocumentKind.PERFORMANCE_TARGET: _l("Performance targets of the year"),
        DocumentKind.PERFORMANCE_AGREEMENT: _l("Performance agreement (PK)"),
    },
    ObjectiveLevel: {
        ObjectiveLevel.STRATEGIC: _l("Strategic objective"),
        ObjectiveLevel.PROGRAMME: _l("Programme objective"),
        ObjectiveLevel.ACTIVITY: _l("Activity objective"),
        ObjectiveLevel.TARGET_AREA: _l("Target area"),
    },
    TargetState: {
        T.DRAFT: _l("draft"),
        T.PROPOSED: _l("proposed"),
        T.ENACTED: _l("enacted"),
        T.SUPERSEDED: _l("superseded"),
        T.IN_FORCE: _l("in force"),
        T.CANDIDATE: _l("candidate"),
        T.ACTIVE: _l("in force"),
        T.RETIRED: _l("retired"),
    },
    Polarity: {
        Polarity.MAXIMISE: _l("The higher the better"),
        Polarity.MINIMISE: _l("The lower the better"),
        Polarity.RANGE: _l("Within a range"),
        Polarity.STABILISE: _l("Exactly as planned"),
    },
    Outcome: {
        Outcome.REACHED: _l("target reached"),
        Outcome.MISSED: _l("target missed"),
        Outcome.EARLIER: _l("last measured in an earlier period"),
        Outcome.UNMEASURED: _l("without a value to compare"),
        Outcome.NOT_IN_FORCE: _l("not in force"),
    },
    Progress: {
        Progress.REACHED: _l("reached"),
        Progress.NEAR: _l("nearly reached"),
        Progress.MISSED: _l("target missed"),
        Progress.UNMEASURED: _l("not yet measured"),
        Progress.NO_TARGET: _l("no target value yet"),
        Progress.NO_DIRECTION: _l("no better direction yet"),
    },
    Editions: {
        Editions.IN_FORCE: _l("In force"),
        Editions.DRAFT: _l("Drafts"),
        Editions.SUPERSEDED: _l("Superseded"),
    },
    Doubt: {
        Doubt.NO_PERCENTAGE: _l("outside 0–100 percent"),
        Doubt.NEGATIVE: _l("negative, unlike earlier values"),
        Doubt.JUMP: _l("far from the value before"),
        Doubt.NOT_ENDED: _l("the period has not ended yet"),
    },
    Lacking: {
        Lacking.UNIT: _l("unit of measure"),
        Lacking.FORMULA: _l("formula"),
        Lacking.VALUE: _l("target value"),
    },
    Change: {
        Change.ADDED: _l("new"),
        Change.REMOVED: _l("dropped"),
        Change.CHANGED: _l("changed"),
    },
}
TONES: Tones = {
    Change: {Change.ADDED: "good", Change.REMOVED: "bad", Change.CHANGED: "info"},
}
SHAPES: Shapes = {
    TargetState: {
        T.DRAFT: Shape.OPEN,
        T.PROPOSED: Shape.WAIT,
        T.ENACTED: Shape.DONE,
        T.SUPERSEDED: Shape.ENDED,
        T.IN_FORCE: Shape.DONE,
        T.CANDIDATE: Shape.WAIT,
        T.ACTIVE: Shape.DONE,
        T.RETIRED: Shape.ENDED,
    },
    Outcome: {
        Outcome.REACHED: Shape.DONE,
        Outcome.MISSED: Shape.WAIT,
        Outcome.EARLIER: Shape.RUN,
        Outcome.UNMEASURED: Shape.OPEN,
        Outcome.NOT_IN_FORCE: Shape.ENDED,
    },
    Progress: {
        Progress.REACHED: Shape.DONE,
        Progress.NEAR: Shape.WAIT,
        Progress.MISSED: Shape.LATE,
        Progress.UNMEASURED: Shape.OPEN,
        Progress.NO_TARGET: Shape.OPEN,
        Progress.NO_DIRECTION: Shape.OPEN,
    },
}
_TARGET = {
    "added": _l("Recorded"),
    "copied": _l("Started as a new version with everything in the enacted one"),
    "took_over": _l("In force, replacing the previous edition"),
    "version_opened": _l("A new version was started"),
    "owner_changed": _l("Goes to another unit"),
    "edited": _l("Details changed"),
    "value_set": _l("Values of a period recorded"),
    "value_corrected": _l("Reported value of a period changed"),
    "moved_draft": _l("Back to draft"),
    "moved_proposed": _l("Proposed for enactment"),
    "moved_enacted": _l("Enacted"),
    "moved_superseded": _l("Superseded"),
    "moved_in_force": _l("Put into force"),
    "moved_candidate": _l("Made a candidate"),
    "moved_active": _l("Put into force"),
    "moved_retired": _l("Retired"),
}
EVENTS = {"target_document": _TARGET, "objective": _TARGET, "indicator": _TARGET}
#: Labels of the facts by which versions are compared.
FACTS = {
    "code": _l("Code in the document"),
    "name_id": _l("Name in Indonesian"),
    "name_en": _l("Name in English"),
    "state": _l("State"),
    "note_id": _l("Note in Indonesian"),
    "note_en": _l("Note in English"),
    "level": _l("Level"),
    "unit_of_measure": _l("Unit of measure"),
    "polarity": _l("Better direction"),
    "baseline": _l("Baseline"),
    "operational_definition": _l("Operational definition"),
    "formula": _l("Formula"),
    "data_source": _l("Source of the data"),
    "is_key": _l("Key indicator (IKU)"),
    "is_cumulative": _l("Values count from the start of the year"),
    "document_number": _l("Document number"),
    "owner_unit": _l("Responsible unit"),
    "target_value": _l("Target value"),
    "target_upper": _l("Upper bound"),
}
