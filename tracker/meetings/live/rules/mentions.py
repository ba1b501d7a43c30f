"""Which records the names in a line refer to."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.core.analysis import STOP_WORDS
from tracker.meetings.live.formats import quotations
from tracker.meetings.live.formats.signs import (
    OFFICES,
    Word,
    end_of_brackets,
    end_of_degrees,
    end_of_unknown,
    signs_in,
    spelled_out,
    titles_before,
    words_after,
    words_in,
)
from tracker.meetings.live.rules.reading import Choice, Known, Mention, Register
from tracker.people.rules import NameIndex, likeness, parsed
from tracker.proposals.rules import Effect

#: More candidates are not shown; the user types more of the name.
MOST_CANDIDATES = 8
MOST_WORDS_OF_NAME = 5
#: Effects on the target by the sign after `#`.
EFFECT_SIGNS = {
    "+": Effect.SUPPORTS,
    "-": Effect.HINDERS,
    "*": Effect.ADDS_TARGET,
    "~": Effect.CHANGES_INDICATOR,
    "%": Effect.CHANGES_VALUE,
    "=": Effect.IMPROVES_MEASURABILITY,
}
_WITHIN_NAMES = frozenset({"dan", "bin", "binti", "and", "of", "the", "for"})


@dataclass(frozen=True)
class Occurrence:
    """A mention with its position in the text, sign included."""

    #: «@», «#», or «#» with the sign of an effect; in a title also that sign alone.
    sign: str
    start: int
    end: int
    mention: Mention

    @property
    def is_person(self) -> bool:
        return self.sign == "@"

    @property
    def effect(self) -> Effect | None:
        return EFFECT_SIGNS.get(self.sign[-1])

    @property
    def is_settled(self) -> bool:
        return self.mention.known is not None

    @property
    def is_ambiguous(self) -> bool:
        return self.mention.known is None and bool(self.mention.candidates)


def mentions_in(
    text: str,
    quoted: Sequence[tuple[int, int]],
    people: "Sequence[Known] | Directory",
    targets: Sequence[Known],
    choices: Iterable[Choice] = (),
    *,
    is_title: bool = False,
) -> list[Occurrence]:
    """Mentions of a text in order. Choices of the user override what the name looks like."""
    signs = list(signs_in(text, quoted, is_title=is_title))
    if not signs:
        return []
    known_people = people if isinstance(people, Directory) else Directory(people)
    known_targets = Directory(targets)
    chosen = {_key(choice.name): choice for choice in choices}
    occurrences: list[Occurrence] = []
    for start, sign in signs:
        if occurrences and start < occurrences[-1].end:
            continue
        mention, end = (known_people if sign == "@" else known_targets).read(text, start + len(sign))
        choice = chosen.get(_key(mention.name))
        occurrences.append(Occurrence(sign, start, end, _settled(mention, choice) if choice else mention))
    return occurrences


#: For each name after a sign, its first words in lower case without titles.
Names = tuple[tuple[str, ...], ...]


def names_in(line: str, *, of_people: bool, is_title: bool = False) -> Names:
    """Names of people, or of targets, for looking them up; abbreviations also in expanded form."""
    names: list[tuple[str, ...]] = []
    for start, sign in signs_in(line, quotations(line), is_title=is_title):
        words = words_after(line, start + len(sign)) if (sign == "@") is of_people else []
        words = words[titles_before(words) :]
        spellings = (words[:2], spelled_out(words[:1])[:2])
        names += [
            tuple(word.text for word in spelling)
            for spelling in spellings
            if spelling and _can_be_looked_up(spelling[0].text)
        ]
    return tuple(dict.fromkeys(names))


def _can_be_looked_up(word: str) -> bool:
    """A single letter matches most records, so it can only refer to someone present."""
    return len(word) > 1 or word.isdecimal()


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _settled(mention: Mention, choice: Choice) -> Mention:
    """The mention as chosen; a record that does not match is ignored."""
    fitting = [known for known in mention.candidates if (known.register, known.id) == (choice.register, choice.id)]
    if fitting:
        return Mention(mention.name, fitting[0], candidates=mention.candidates)
    return Mention(mention.name, None) if choice.register is None else mention


class Directory:
    def __init__(self, known: Sequence[Known]) -> None:
        self.known = known
        self._names = {
            record: record.names for record in known if record.names and record.register is Register.ATTENDANCE
        }
        self._spellings: dict[str, list[_Spelling]] = defaultdict(list)
        for record in known:
            spellings = (spelling for written in record.spellings for spelling in _spelled(written, record))
            for spelling in dict.fromkeys(spellings):
                for word in set(spelling.words):
                    self._spellings[word].append(spelling)
        self._words = sorted(self._spellings)

    def read(self, text: str, start: int) -> tuple[Mention, int]:
        words = words_after(text, start)
        titles = titles_before(words)
        for skipped in range(titles, -1, -1):
            best = sorted(self._fits(words[skipped:]), key=lambda fit: fit.order)
            if best and _may_be_another(text, start, best[0]):
                like = self._like(text, start, words[skipped:])
                return like if like and like[1] > best[0].end else _ambiguous(text, start, best)
            if best:
                return _best_match(text, start, best)
        return self._like(text, start, words[titles:]) or _unknown(text, start, words[titles:])

    def _fits(self, words: Sequence[Word]) -> list["_Fit"]:
        """Matching records; if there are none, those that start with the words."""
        best, joined = self._fitting(words), _joined(words)
        if joined and (not best or max(fit.end for fit in best.values()) < joined[-1].end):
            return self._begun(joined)
        return list(best.values())

    def _fitting(self, words: Sequence[Word]) -> dict[Known, "_Fit"]:
        best: dict[Known, _Fit] = {}
        for spelled in (words, spelled_out(words)):
            for spelling in self._spellings.get(spelled[0].text, ()) if spelled else ():
                length, is_whole = _length(spelled, spelling.words)
                if length:
                    _keep(best, _Fit(spelling.known, spelled[length - 1].end, is_whole, spelling.is_name))
        return best

    def _begun(self, words: Sequence[Word]) -> list["_Fit"]:
        """Records with the words in this order, the last word being incomplete."""
        *complete, last = (word.text for word in words)
        best: dict[Known, _Fit] = {}
        at = bisect_left(self._words, last) if not last.isdecimal() else len(self._words)
        while at < len(self._words) and self._words[at].startswith(last):
            for spelling in self._spellings[self._words[at]]:
                if _has_in_order(spelling.words, [*complete, self._words[at]]):
                    _keep(best, _Fit(spelling.known, words[-1].end, is_whole=False, is_name=spelling.is_name))
            at += 1
        return list(best.values())

    def named(self, name: str) -> Known | None:
        """The only record with exactly this name."""
        words = words_after(name, 0)
        for skipped in range(titles_before(words), -1, -1):
            best = sorted(self._fitting(words[skipped:]).values(), key=lambda fit: fit.order)
            if best:
                mention, end = _best_match(name, 0, best)
                return mention.known if end >= len(name.rstrip()) else None
        return self._index.find(name).only if self._names else None

    @cached_property
    def _index(self) -> NameIndex[Known]:
        return NameIndex(self._names.items())

    def _like(self, text: str, start: int, words: Sequence[Word]) -> tuple[Mention, int] | None:
        """Someone present with a similar name: a short form, another spelling, a typing error."""
        if not self._names or not words or words[0].text.isdecimal() or len(words[0].text) == 1:
            return None
        for length in range(min(len(words), MOST_WORDS_OF_NAME), 0, -1):
            parts = words[:length]
            end = parts[-1].end
            matches = self._index.find(_name(text, parts[0].start, end))
            close, near = (
                [_Fit(record, end, is_whole=False, is_name=True) for record in alike if _has_all(record, text, parts)]
                for alike in (matches.same + matches.partial, matches.near)
            )
            if close:
                return _best_match(text, start, sorted(close, key=lambda fit: fit.order))
            if near:
                return _ambiguous(text, start, near)
        return None


def _has_all(record: Known, text: str, words: Sequence[Word]) -> bool:
    """Whether each word belongs to a name, so that no word of the sentence is taken for one."""
    return any(all(likeness(text[word.start : word.end], name) for word in words) for name in record.names)


@dataclass(frozen=True)
class _Fit:
    known: Known
    #: End of the matched words.
    end: int
    is_whole: bool
    #: Matched by the name of a person, not by a post.
    is_name: bool

    @property
    def order(self) -> tuple[int, ...]:
        """Sort key: longer matches, people present, whole names, people before posts, then the register."""
        register, standing = self.known.rank
        if self.known.register is Register.ATTENDANCE:
            return (-self.end, 0, standing, not self.is_whole, not self.is_name)
        return (-self.end, 1, not self.is_whole, standing, register)


def _keep(best: dict[Known, _Fit], fit: _Fit) -> None:
    if fit.known not in best or fit.order < best[fit.known].order:
        best[fit.known] = fit


def _best_match(text: str, start: int, best: Sequence[_Fit]) -> tuple[Mention, int]:
    """The single best record, or all with an equally good match."""
    first = best[0]
    if any(fit.order == first.order for fit in best[1:]):
        return _ambiguous(text, start, best)
    end = end_of_degrees(text, first.end) if first.known.names else end_of_brackets(text, start, first.end)
    return Mention(_name(text, start, end), first.known), end


def _ambiguous(text: str, start: int, best: Sequence[_Fit]) -> tuple[Mention, int]:
    end = best[0].end
    candidates = tuple(fit.known for fit in best if fit.end == end)[:MOST_CANDIDATES]
    return Mention(_name(text, start, end), None, candidates=candidates), end


def _may_be_another(text: str, start: int, fit: _Fit) -> bool:
    """Whether the words continue a name differently: «Ratna Wijaya» if only Ratna Dewanti is known."""
    goes_on = text[fit.end : fit.end + 1] == " " and text[fit.end + 1 : fit.end + 2].isupper()
    return goes_on and text[start].isupper() and fit.known.register is not Register.TARGET and not fit.is_whole


def _unknown(text: str, start: int, words: Sequence[Word]) -> tuple[Mention, int]:
    """One word; after a title or office also the capitalised words that follow."""
    end = end_of_unknown(text, words[0].start if words else start)
    if words and text[start].isupper() and (words[0].start > start or words[0].text in OFFICES):
        for word in words[1:]:
            if "," in word.gap or (not text[word.start].isupper() and word.text not in _WITHIN_NAMES):
                break
            end = word.end if text[word.start].isupper() else end
    return Mention(_name(text, start, end), None), end


def _name(text: str, start: int, end: int) -> str:
    return text[start:end].replace("_", " ")


@dataclass(frozen=True)
class _Spelling:
    words: tuple[str, ...]
    known: Known
    is_name: bool


def _spelled(written: str, known: Known) -> list[_Spelling]:
    if written in known.names and (words := tuple(word.text for word in parsed(written).words)):
        return [_Spelling(words, known, is_name=True)]
    return [
        _Spelling(tuple(word.text for word in words), known, is_name=False)
        for words in (words_in(written), spelled_out(words_in(written)))
    ]


def _joined(words: Sequence[Word]) -> Sequence[Word]:
    """The first word and those joined to it by underscores."""
    return words[: next((at for at, word in enumerate(words) if at and word.gap != "_"), len(words))]


def _length(words: Sequence[Word], spelling: tuple[str, ...]) -> tuple[int, bool]:
    """Number of words that match the spelling, and whether from its first word on: all, or parts in order."""
    count = len(spelling)
    if tuple(word.text for word in words[:count]) == spelling:
        return count, True
    if words[0].text.isdecimal() or words[0].text in STOP_WORDS:
        return 0, False
    length = at = 0
    for word in words:
        if length and not _may_go_on(words[length - 1], word):
            break
        at = spelling.index(word.text, at) + 1 if word.text in spelling[at:] else 0
        if not at:
            break
        length += 1
    while length and (words[length - 1].text in STOP_WORDS or _is_within(words, length)):
        length -= 1
    return length, False


def _is_within(words: Sequence[Word], length: int) -> bool:
    """Whether the name would end within an expanded abbreviation."""
    return length < len(words) and words[length].start == words[length - 1].start


def _may_go_on(before: Word, word: Word) -> bool:
    """Whether an abbreviated name may continue: no comma, and no full stop except of an abbreviation."""
    return "," not in word.gap and ("." not in word.gap or before.end - before.start <= len("Tgk"))


def _has_in_order(spelling: tuple[str, ...], words: Sequence[str]) -> bool:
    left = iter(spelling)
    return all(word in left for word in words)
