"""Status sentence of an indicator."""

from collections.abc import Callable, Mapping

from tracker.core.wording import gettext, label, ngettext, number
from tracker.status.labels.clauses import finished
from tracker.status.rules import IndicatorStanding, Measured
from tracker.targets.labels import amount, deviation_words, unit_words
from tracker.targets.rules import Lacking, TargetState

_BY_STATE: Mapping[TargetState, Callable[[], str]] = {
    TargetState.CANDIDATE: lambda: gettext("Candidate indicator"),
    TargetState.DRAFT: lambda: gettext("Draft indicator"),
    TargetState.ACTIVE: lambda: gettext("Indicator in force"),
    TargetState.RETIRED: lambda: gettext("Indicator no longer in use"),
}


def clauses_of(standing: IndicatorStanding) -> list[str]:
    latest, unit = standing.latest, standing.unit
    return [
        gettext("Indicator of a superseded edition") if standing.is_superseded else _BY_STATE[standing.state](),
        _value(latest, unit) if latest else gettext("value not yet set"),
        _distance(latest, unit) if latest else "",
        _lacking(standing),
        _proposals(standing),
        finished(standing.finished, standing.actions),
    ]


def _value(latest: Measured, unit: str | None) -> str:
    promised, period = _promised(latest, unit), latest.period
    if latest.actual is not None and promised:
        return gettext(
            "%(actual)s of %(target)s in %(period)s", actual=number(latest.actual), target=promised, period=period
        )
    if latest.actual is not None:
        actual = amount(latest.actual, unit)
        return gettext("%(actual)s in %(period)s, target value not yet set", actual=actual, period=period)
    if promised:
        return gettext("target %(target)s in %(period)s, not yet measured", target=promised, period=period)
    return gettext("value not yet set")


def _promised(latest: Measured, unit: str | None) -> str:
    bounds = [number(bound) for bound in (latest.target, latest.upper) if bound is not None]
    return f"{'–'.join(bounds)} {unit_words(unit)}".rstrip() if bounds else ""


def _distance(latest: Measured, unit: str | None) -> str:
    if latest.deviation is None:
        return ""
    gap = deviation_words(latest.deviation, unit, is_range=latest.is_range)
    verdict = gettext("target reached") if latest.is_reached else gettext("target missed")
    clause = f"{verdict}, {gap}"
    if latest.achievement is None:
        return clause
    return gettext("achievement %(percent)s%%, %(verdict)s", percent=number(latest.achievement), verdict=clause)


def _lacking(standing: IndicatorStanding) -> str:
    missing = [label(lack).lower() for lack in standing.lacking if lack is not Lacking.VALUE]
    return gettext("cannot be measured yet: no %(what)s", what=", ".join(missing)) if missing else ""


def _proposals(standing: IndicatorStanding) -> str:
    if not standing.proposals:
        return gettext("no proposals affect it yet")
    return ngettext(
        "%(num)d proposal affects it, %(done)d realised",
        "%(num)d proposals affect it, %(done)d realised",
        standing.proposals,
        done=standing.realised,
    )
