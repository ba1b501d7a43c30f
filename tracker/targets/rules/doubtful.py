"""What is doubtful about a value, and what an indicator lacks to be measured. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from tracker.targets.rules.kinds import Lacking

_PERCENT = frozenset({"%", "persen", "percent", "per cent", "persentase", "percentage"})
#: A value this many times the previous one, or a percentage this many points from it, must be confirmed.
JUMP, JUMP_OF_PERCENT = 10, 50


def is_percentage(unit_of_measure: str | None) -> bool:
    """Whether values are percentages: between 0 and 100, compared in percentage points, never added up."""
    words = (unit_of_measure or "").casefold().replace("(", " ").replace(")", " ").split()
    return bool(words) and (words[0] in _PERCENT or " ".join(words[:2]) in _PERCENT)


class Doubt(StrEnum):
    NO_PERCENTAGE = "no_percentage"
    NEGATIVE = "negative"
    JUMP = "jump"
    NOT_ENDED = "not_ended"


_AMOUNT = re.compile(r"\s*([+\-−–]?)\s*(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+)|\.(\d{1,2}))?(?![\d.,]*\d)")


def stated_amount(text: str | None) -> Decimal | None:
    """The number with which a sentence begins: «+2 poin persen per triwulan», «−1.500,5 rupiah»."""
    match = _AMOUNT.match(text or "")
    if match is None:
        return None
    sign, whole, decimals, others = match.groups()
    amount = Decimal(f"{whole.replace('.', '')}.{decimals or others or 0}")
    return -amount if sign in "-−–" and sign else amount


def stated_change(effect: str | None, before: str | None, after: str | None) -> Decimal | None:
    """By how much a value is to change: as a sentence states it, or from one value to another."""
    stated, old, new = map(stated_amount, (effect, before, after))
    return stated if stated is not None or old is None or new is None else new - old


def period_end(year: int, last_month: int) -> date:
    return date(year + last_month // 12, last_month % 12 + 1, 1) - timedelta(days=1)


def doubts(
    values: Mapping[str, Decimal | None],
    *,
    unit_of_measure: str | None,
    former: Iterable[Decimal],
    ends_on: date,
    today: date,
) -> list[tuple[str, Doubt]]:
    """(field, doubt) for the values of a period; `former` are earlier actual values, newest last.

    Percentages are between 0 and 100. Other values may be negative only if an earlier one was.
    """
    former_values, is_percent = list(former), is_percentage(unit_of_measure)
    doubtful = []
    for name, value in values.items():
        if value is None:
            continue
        if is_percent and not 0 <= value <= 100:
            doubtful.append((name, Doubt.NO_PERCENTAGE))
        elif value < 0 and not any(earlier < 0 for earlier in former_values):
            doubtful.append((name, Doubt.NEGATIVE))
    actual, compared = values.get("actual_value"), former_values[-1] if former_values else values.get("target_value")
    if actual is not None:
        if compared is not None and _is_jump(actual, compared, is_percent=is_percent):
            doubtful.append(("actual_value", Doubt.JUMP))
        if ends_on >= today:
            doubtful.append(("actual_value", Doubt.NOT_ENDED))
    return doubtful


def _is_jump(value: Decimal, before: Decimal, *, is_percent: bool) -> bool:
    if is_percent:
        return abs(value - before) > JUMP_OF_PERCENT
    low, high = sorted((abs(value), abs(before)))
    return bool(low) and high >= low * JUMP


def lacking(unit_of_measure: str | None, formula: str | None, *, has_value: bool) -> list[Lacking]:
    required = ((unit_of_measure, Lacking.UNIT), (formula, Lacking.FORMULA), (has_value, Lacking.VALUE))
    return [lack for is_there, lack in required if not is_there]
