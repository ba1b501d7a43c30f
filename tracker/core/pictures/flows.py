"""How many went from each group of one week to each of the next. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.core.pictures.lettering import LINE, NARROW, cut, width_of

FLOW_TOP, FLOW_ITEMS, FLOW_GAP = 34, 264, 26
LONGEST_NAME = 165


@dataclass(frozen=True, kw_only=True)
class Group:
    key: str
    label: str
    kind: str = "calm"


@dataclass(frozen=True, kw_only=True)
class Pile:
    y: float
    height: float
    count: int
    group: Group
    name: str = ""
    #: Where the picture is narrower than 384 pixels.
    short_name: str = ""

    @property
    def words_y(self) -> float:
        return round(self.y + self.height / 2 + 4.5, 1)


@dataclass(frozen=True, kw_only=True)
class Stream:
    path: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Flow:
    before: Sequence[Pile]
    after: Sequence[Pile]
    streams: Sequence[Stream]
    height: float
    total: int


def flow(moves: Mapping[tuple[str, str], int], before: Sequence[Group], after: Sequence[Group]) -> Flow | None:
    """How many went from each group of last week to each of this week. None if there were none."""
    known = {(one.key, other.key) for one in before for other in after}
    if any(move not in known or count < 0 for move, count in moves.items()):
        raise ValueError("a move between groups that are not given, or of fewer than none")
    total = sum(moves.values())
    if not total:
        return None
    unit = FLOW_ITEMS / total
    left, right = _piles(before, _sums(moves, 0), unit), _piles(after, _sums(moves, 1), unit)
    floor = max(pile.y + pile.height for pile in (left[-1], right[-1]))
    left, right = _centred(left, floor), _centred(right, floor)
    return Flow(
        before=_named(left, right), after=_named(right, left), streams=_streams(moves, left, right, unit),
        height=round(floor) + 2, total=total,
    )  # fmt: skip


def _sums(moves: Mapping[tuple[str, str], int], side: int) -> Counter[str]:
    sums: Counter[str] = Counter()
    for move, count in moves.items():
        sums[move[side]] += count
    return sums


def _piles(groups: Sequence[Group], sums: Mapping[str, int], unit: float) -> list[Pile]:
    """Groups without anything are left out."""
    piles, y = [], float(FLOW_TOP)
    for group in groups:
        if count := sums[group.key]:
            piles.append(Pile(y=y, height=count * unit, count=count, group=group))
            y += count * unit + FLOW_GAP
    return piles


def _centred(piles: Sequence[Pile], floor: float) -> list[Pile]:
    shift = (floor - piles[-1].y - piles[-1].height) / 2
    return [replace(pile, y=pile.y + shift) for pile in piles]


def _named(piles: Sequence[Pile], opposite: Sequence[Pile]) -> list[Pile]:
    """Names are cut on a phone only where one stands at the same height on the other side."""
    named = []
    for pile in piles:
        room = NARROW * 0.95 if all(abs(pile.words_y - other.words_y) > LINE for other in opposite) else NARROW * 0.44
        room -= width_of(f"{pile.count} ")
        named.append(
            replace(
                pile, y=round(pile.y, 1), height=round(pile.height, 1), name=cut(pile.group.label, LONGEST_NAME),
                short_name=cut(pile.group.label, room),
            )
        )  # fmt: skip
    return named


def _streams(
    moves: Mapping[tuple[str, str], int], left: Sequence[Pile], right: Sequence[Pile], unit: float
) -> list[Stream]:
    starts, ends = ({pile.group.key: pile.y for pile in piles} for piles in (left, right))
    streams = []
    for source in (pile.group for pile in left):
        for target in (pile.group for pile in right):
            if count := moves.get((source.key, target.key), 0):
                y, end, thick = starts[source.key], ends[target.key], count * unit
                kind = "new" if source.kind == "new" else target.kind
                streams.append(Stream(path=_ribbon(y, end, thick), kind=kind))
                starts[source.key] += thick
                ends[target.key] += thick
    return streams


def _ribbon(y: float, end: float, thick: float) -> str:
    y, below, end, end_below = (round(edge, 1) for edge in (y, y + thick, end, end + thick))
    return f"M1 {y}C50 {y} 50 {end} 99 {end}V{end_below}C50 {end_below} 50 {below} 1 {below}z"
