"""Find names and dates at the start or end of a line, which are removed from its text."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.meetings.live.formats import DueDate
from tracker.meetings.live.formats import edges as formats
from tracker.meetings.live.rules.mentions import Occurrence


@dataclass(frozen=True)
class Edge:
    """Extent removed from the line, including punctuation and joining words."""

    start: int
    end: int
    is_head: bool


@dataclass(frozen=True)
class _Element:
    """A mention or date. `start` is the key; brackets around it are part of its extent."""

    start: int
    extent: tuple[int, int]
    sign: str
    is_unknown: bool
    may_lead: bool


def edges_of(
    line: str, begin: int, occurrences: Sequence[Occurrence], due: DueDate | None, *, is_action: bool
) -> dict[int, Edge]:
    """Names and dates at the edges of a line, by start position."""
    elements = [_of_mention(line, occurrence) for occurrence in occurrences]
    if due and due.start >= begin:
        elements.append(_of_date(line, due))
    elements.sort(key=lambda element: element.start)
    head = _head(line, begin, elements)
    others = elements[len(head) :]
    bare = formats.without_last_brackets(line, [element.extent for element in others])
    tail = _tail(bare, begin, others, is_action=is_action)
    return {**head, **tail}


def _of_mention(line: str, occurrence: Occurrence) -> _Element:
    extent = _in_brackets(line, occurrence.start, occurrence.end)
    is_unknown = not occurrence.is_settled and not occurrence.is_ambiguous
    return _Element(
        occurrence.start, extent, occurrence.sign, is_unknown, may_lead=occurrence.is_person or not is_unknown
    )


def _of_date(line: str, due: DueDate) -> _Element:
    is_set_off = line[due.end :].lstrip()[:1] in set(",:;–—-@#") or line[due.start] in "(["
    return _Element(due.start, (due.start, due.end), "", is_unknown=False, may_lead=due.is_announced or is_set_off)


def _head(line: str, begin: int, elements: Sequence[_Element]) -> dict[int, Edge]:
    head: dict[int, Edge] = {}
    at = formats.start_of(line, begin)
    for number, element in enumerate(elements):
        if element.extent[0] != at or not element.may_lead:
            break
        following = elements[number + 1].extent[0] if number + 1 < len(elements) else None
        at = formats.start_after(line, element.extent[1], next_start=following)
        head[element.start] = Edge(element.extent[0], at, is_head=True)
    return head


def _tail(line: str, begin: int, elements: Sequence[_Element], *, is_action: bool) -> dict[int, Edge]:
    tail: dict[int, Edge] = {}
    at = formats.end_of(line)
    followers: list[_Element] = []
    for number in range(len(elements) - 1, -1, -1):
        element = elements[number]
        before = elements[number - 1].extent[1] if number else None
        assigning = formats.start_of_assigning(line, element.start) if is_action and element.sign == "@" else None
        start, end = element.extent if assigning is None else _in_brackets(line, assigning, element.extent[1])
        if element.is_unknown or at not in {end, end - 1} or formats.is_closed_in(line, end):
            break
        if not element.sign and formats.led_by_joiner(line, start):
            break
        words_end = max(begin, formats.end_before(line, start, previous_end=before))
        if (
            assigning is None
            and words_end != before
            and element.sign
            and formats.led_by_preposition(line, start, element.sign)
        ):
            for follower in followers:  # «dengan @a dan @b»: both belong to the sentence
                tail.pop(follower.start)
            break
        tail[element.start] = Edge(words_end, _closed(line, element, end), is_head=False)
        is_joined = words_end == before and line[before:start].strip() != ""
        followers = [*followers, element] if is_joined else []
        at = words_end
    return tail


def _in_brackets(line: str, start: int, end: int) -> tuple[int, int]:
    around = formats.is_in_brackets(line, start, end)
    return start - around, end + around


def _closed(line: str, element: _Element, end: int) -> int:
    """End of the extent. A date includes a following full stop, the last element the blank of a bracket."""
    rest = line[end:]
    if not element.sign and not rest.strip(" \t\n\r.,;!"):
        return len(line)
    return end + len(rest) - len(rest.lstrip()) if not rest.strip(" \t\n\r.,;!") else end
