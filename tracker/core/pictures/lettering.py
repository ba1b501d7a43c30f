"""Which labels have room beside each other, on a phone and on a wide screen. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

#: The column on the narrowest phone, and the widths from which more labels are shown, in pixels.
NARROW = 272
WIDTHS = (NARROW, 384, 608)
#: Estimated width of a letter of 13 px, of a full-width one, and the least distance between two labels.
LETTER, FULL_WIDTH_LETTER, APART = 7.2, 13.5, 8
#: Height of a line of letters.
LINE = 17
#: Longest label, in pixels.
LONGEST = 132


@dataclass(frozen=True, kw_only=True)
class Label:
    x: float
    text: str
    anchor: str = "middle"
    y: float = 0
    #: quiet, strong, late or data.
    kind: str = "quiet"
    dx: int = 0
    #: Width of the picture from which there is room for it, one of WIDTHS.
    since: int = NARROW


def width_of(text: str) -> float:
    """Estimated, in pixels."""
    return sum(FULL_WIDTH_LETTER if east_asian_width(letter) in "WF" else LETTER for letter in text)


def cut(text: str, longest: float = LONGEST) -> str:
    if width_of(text) <= longest:
        return text
    kept = text
    while kept and width_of(f"{kept}…") > longest:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def with_room(labels: Sequence[Label], order: Sequence[int] | None = None) -> list[Label]:
    """The labels that do not touch each other; the first in the order are placed first."""
    anchored = [label if label.dx else _anchored(label) for label in labels]
    shown: dict[int, int] = {}
    for width in WIDTHS:
        for place in order if order is not None else range(len(anchored)):
            if place not in shown and _is_free(anchored[place], [anchored[other] for other in shown], width):
                shown[place] = width
    return [replace(label, since=shown[place]) for place, label in enumerate(anchored) if place in shown]


def _anchored(label: Label) -> Label:
    """At the edges, a label begins or ends at its place instead of standing around it."""
    half = width_of(label.text) / 2
    at = label.x * NARROW / 100
    anchor = "start" if at < half else "end" if NARROW - at < half else "middle"
    return replace(label, anchor=anchor)


def reach(label: Label, width: float) -> tuple[float, float]:
    """From where to where a label reaches in a picture of this width."""
    at, long = label.x * width / 100 + label.dx, width_of(label.text)
    begin = at - {"start": 0, "middle": long / 2, "end": long}[label.anchor]
    return begin, begin + long


def _is_free(label: Label, others: Sequence[Label], width: float) -> bool:
    begin, end = reach(label, width)
    if begin < -1 or end > width + 1:
        return False
    beside = (reach(other, width) for other in others if abs(other.y - label.y) < LINE)
    return all(end + APART <= other_begin or other_end + APART <= begin for other_begin, other_end in beside)


def thinned(labels: Sequence[Label]) -> list[Label]:
    """The last label is shown first, the others where there is room, at equal distances if possible."""
    count = len(labels)
    order = []
    for every in (8, 4, 2, 1):
        order += [place for place in range(count - 1, -1, -every) if place not in order]
    return with_room(labels, order)
