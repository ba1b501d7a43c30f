"""Derive short titles of proposals and actions from the text."""

from bisect import bisect_right

from tracker.meetings.live.formats import quotations
from tracker.meetings.live.formats.speech import CLAUSE, DANGLING, OPENING, PHRASE, sentence_ends

#: A title is cut at a clause before the first length if possible, and never exceeds the second.
PREFERRED_TITLE, LONGEST_TITLE = 90, 120
#: Shorter beginnings are not meaningful.
_SHORTEST_TITLE = 24
#: Only this much of a long text is considered.
_LOOKED_AT = 1000
_FEWEST_WORDS = 2


def title_of(words: str) -> str:
    """A title: without filler phrases at the start, cut at the end of a clause, never within a quotation."""
    text = _without_openings(" ".join(words[:_LOOKED_AT].split()))
    return _cut(text).rstrip(" .,;:–—-") or text[:LONGEST_TITLE]


def _without_openings(text: str) -> str:
    """Remove leading filler phrases as long as meaningful text remains."""
    is_capital = text[:1].isupper()
    shortened = text
    while (match := OPENING.match(shortened)) and len(shortened[match.end() :].split()) >= _FEWEST_WORDS:
        shortened = shortened[match.end() :]
    return shortened[:1].upper() + shortened[1:] if is_capital and shortened != text else shortened


def _cut(text: str) -> str:
    spans = quotations(text)
    sentence = next(
        (end for end in sentence_ends(text) if end >= _SHORTEST_TITLE and _is_outside(end, spans)), len(text)
    )
    text = text[:sentence]
    if len(text) <= PREFERRED_TITLE:
        return text
    for places in (CLAUSE, PHRASE):
        ends = [match.start() for match in places.finditer(text, _SHORTEST_TITLE, PREFERRED_TITLE + 20)]
        fitting = [end for end in ends if end <= PREFERRED_TITLE and _is_outside(end, spans)]
        if fitting:
            return text[: fitting[-1]]
    return _cut_at_word(text, spans)


def _cut_at_word(text: str, spans: list[tuple[int, int]]) -> str:
    """As a last resort: cut before a quotation, after it, or after a whole word."""
    if len(text) <= LONGEST_TITLE:
        return text
    around = next((span for span in spans if span[0] < PREFERRED_TITLE < span[1]), None)
    if around and around[0] >= _SHORTEST_TITLE:
        return text[: around[0]]
    if around and around[1] <= LONGEST_TITLE:
        return text[: around[1]]
    room = LONGEST_TITLE - len("…”")
    cut = text[:room].rsplit(" ", 1)[0] if " " in text[1:room] else text[:room]
    while DANGLING.search(cut):
        cut = DANGLING.sub("", cut)
    return cut + ("…”" if around else "…")


def _is_outside(at: int, spans: list[tuple[int, int]]) -> bool:
    before = bisect_right(spans, (at, at)) - 1
    return before < 0 or spans[before][1] <= at or spans[before][0] == at
