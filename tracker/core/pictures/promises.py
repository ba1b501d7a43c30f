"""The line of an action: the day it was given, the dates promised, today. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from tracker.core.pictures.lettering import Label, with_room
from tracker.core.pictures.scales import Scale
from tracker.core.wording import day_and_month, gettext, ngettext, short_day

#: Room for the ring at either end, in percent.
PROMISE_MARGIN = 2.5
PROMISE_HEIGHT, PROMISE_MIDDLE = 60, 30


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Kinds are given, promise, due (the date that counts), today, ended and given_up."""

    x: float
    kind: str
    on: date
    word: str


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Kinds are promise (up to the first date), moved (to later ones) and late (past the last)."""

    x: float
    end: float
    kind: str


@dataclass(frozen=True, kw_only=True)
class Promise:
    stops: Sequence[Stop]
    stretches: Sequence[Stretch]
    days: Sequence[Label]
    words: Sequence[Label]
    days_late: int


def promise(
    *,
    given: date | None,
    dates: Sequence[date],
    today: date,
    ended: date | None = None,
    is_done: bool = True,
) -> Promise | None:
    """True to scale: from the day it was given over all dates that were promised to today, or to the day it ended.

    None if there is no due date and no day it was given.
    """
    end = ended or today
    events = [("given", given, gettext("given"))] if given else []
    events += [
        ("due" if place == len(dates) else "promise", on, _nth(place, len(dates)))
        for place, on in enumerate(dates, start=1)
    ]
    if not events:
        return None
    last = ("ended", gettext("finished")) if is_done else ("given_up", gettext("ended"))
    kind, word = last if ended else ("today", gettext("today"))
    events.append((kind, end, word))
    days = [on for _, on, _ in events if on]
    time = Scale(Fraction(min(days).toordinal()), Fraction(max(days).toordinal()))

    def x(on: date) -> float:
        return round(PROMISE_MARGIN + (100 - 2 * PROMISE_MARGIN) * time.share(on.toordinal()), 2)

    days_late = max((end - dates[-1]).days, 0) if dates else 0
    stops = [Stop(x=x(on), kind=kind, on=on, word=word) for kind, on, word in events if on]
    legs = [("moved" if place else "promise", *leg) for place, leg in enumerate(pairwise([given or dates[0], *dates]))]
    if not dates:
        legs.append(("moved", stops[0].on, end))
    elif days_late:
        legs.append(("late", dates[-1], end))
    return Promise(
        stops=stops,
        stretches=[Stretch(x=x(min(leg)), end=x(max(leg)), kind=kind) for kind, *leg in legs if leg[0] != leg[1]],
        days_late=days_late,
        **_beside(stops, days_late),
    )


def _nth(place: int, count: int) -> str:
    return gettext("due") if count == 1 else gettext("promise %(number)s", number=place)


def _beside(stops: Sequence[Stop], days_late: int) -> dict[str, list[Label]]:
    """The days above the line and the words below it. Most important is the date that counts, then the end."""
    say_day = day_and_month if len({stop.on.year for stop in stops}) == 1 else short_day
    rank = {"due": 0, "today": 1, "ended": 1, "given_up": 1, "given": 2, "promise": 3}
    order = sorted(range(len(stops)), key=lambda place: (rank[stops[place].kind], -place))
    days = [Label(x=stop.x, text=say_day(stop.on), y=14, kind="strong") for stop in stops]
    if days_late:
        late = ngettext("+%(num)d day", "+%(num)d days", days_late)
        days[-1] = replace(days[-1], text=late, kind="late")
    return {
        "days": with_room(days, order),
        "words": with_room([Label(x=stop.x, text=stop.word, y=54, kind="quiet") for stop in stops], order),
    }
