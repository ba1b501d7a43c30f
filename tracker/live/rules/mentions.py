"""Which records the names in a line mean."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.core.analysis import STOP_WORDS
from tracker.live.formats import quotations
from tracker.live.formats.signs import (
    Word,
    end_of_brackets,
    end_of_degrees,
    end_of_unknown,
    signs_in,
    titles_before,
    words_after,
    words_in,
)
from tracker.live.rules.reading import Choice, Known, Mention, Register
from tracker.people.rules import NameIndex, likeness, parsed

#: More candidates are not offered; one writes more of the name.
MOST_CANDIDATES = 8
MOST_WORDS_OF_NAME = 5


@dataclass(frozen=True)
class Occurrence:
    """A mention and where it stands in the text, its sign included."""

    sign: str
    start: int
    end: int
    mention: Mention

    @property
    def is_settled(self) -> bool:
        """Whether it means exactly one record."""
        return self.mention.known is not None

    @property
    def is_ambiguous(self) -> bool:
        """Whether it may mean one of several records."""
        return self.mention.known is None and bool(self.mention.candidates)


def mentions_in(
    text: str,
    quoted: Sequence[tuple[int, int]],
    people: Sequence[Known],
    targets: Sequence[Known],
    choices: Iterable[Choice] = (),
) -> list[Occurrence]:
    """The mentions of a text in order. What the writer chose for a name counts before what it looks like."""
    directories = {"@": Directory(people), "#": Directory(targets)}
    chosen = {_key(choice.name): choice for choice in choices}
    found: list[Occurrence] = []
    for start in signs_in(text, quoted):
        if found and start < found[-1].end:
            continue
        mention, end = directories[text[start]].read(text, start + 1)
        choice = chosen.get(_key(mention.name))
        found.append(Occurrence(text[start], start, end, _settled(mention, choice) if choice else mention))
    return found


#: For each name after a sign its first words in small letters, without titles.
Names = tuple[tuple[str, ...], ...]


def names_in(line: str, sign: str) -> Names:
    """What a line has after this sign, to look for in the registers."""
    found = []
    for start in signs_in(line, quotations(line)):
        words = words_after(line, start + 1)
        named = tuple(word.text for word in words[titles_before(words) :])[:2]
        if line[start] == sign and named and (len(named[0]) > 1 or named[0].isdecimal()):
            found.append(named)
    return tuple(dict.fromkeys(found))


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _settled(mention: Mention, choice: Choice) -> Mention:
    """The mention as the writer chose; a record that does not fit is not taken."""
    fitting = [known for known in mention.candidates if (known.register, known.id) == (choice.register, choice.id)]
    if fitting:
        return Mention(mention.name, fitting[0], candidates=mention.candidates)
    return Mention(mention.name, None) if choice.register is None else mention


class Directory:
    """The records that can be mentioned by one sign, by the words of their spellings."""

    def __init__(self, known: Sequence[Known]) -> None:
        """Take the records with all their spellings."""
        self._known = known
        self._spellings: dict[str, list[_Spelling]] = defaultdict(list)
        for one in known:
            for spelling in dict.fromkeys(_spelled(written, one) for written in one.spellings):
                for word in set(spelling.words):
                    self._spellings[word].append(spelling)
        self._words = sorted(self._spellings)

    def read(self, text: str, start: int) -> tuple[Mention, int]:
        """The mention that begins here, and where it ends."""
        words = words_after(text, start)
        titles = titles_before(words)
        for skipped in range(titles, -1, -1):
            fits = self._fits(words[skipped:])
            if fits:
                length = max(fit.length for fit in fits)
                best = sorted((fit for fit in fits if fit.length == length), key=lambda fit: fit.order)
                end = words[skipped + length - 1].end
                if _may_be_another(text, start, end, best[0]):
                    like = self._like(text, start, words[skipped:])
                    return like if like and like[1] > end else _ambiguous(text, start, end, best)
                return _read(text, start, end, best)
        return self._like(text, start, words[titles:]) or _unknown(text, start, words[titles:])

    def _fits(self, words: Sequence[Word]) -> list["_Fit"]:
        if not words:
            return []
        best: dict[Known, _Fit] = {}
        for spelling in self._spellings.get(words[0].text, ()):
            length, is_whole = _length(words, spelling.words)
            fit = _Fit(spelling.known, length, is_whole=is_whole, is_name=spelling.is_name)
            if length and (fit.known not in best or fit.order < best[fit.known].order):
                best[fit.known] = fit
        joined = _joined(words)
        if not best or max(fit.length for fit in best.values()) < len(joined):
            return self._begun(joined)
        return list(best.values())

    def _begun(self, words: Sequence[str]) -> list["_Fit"]:
        """Records with the words in this order, of which the last is only begun."""
        *whole, last = words
        best: dict[Known, _Fit] = {}
        at = bisect_left(self._words, last) if not last.isdecimal() else len(self._words)
        while at < len(self._words) and self._words[at].startswith(last):
            for spelling in self._spellings[self._words[at]]:
                fit = _Fit(spelling.known, len(words), is_whole=False, is_name=spelling.is_name)
                is_better = fit.known not in best or fit.order < best[fit.known].order
                if is_better and _has_in_order(spelling.words, [*whole, self._words[at]]):
                    best[fit.known] = fit
            at += 1
        return list(best.values())

    def _like(self, text: str, start: int, words: Sequence[Word]) -> tuple[Mention, int] | None:
        """People with a name like the one written: short forms, other spellings, slips."""
        names = {one: one.names for one in self._known if one.names}
        if not names or not words or words[0].text.isdecimal() or len(words[0].text) == 1:
            return None
        index = NameIndex(names.items())
        for length in range(min(len(words), MOST_WORDS_OF_NAME), 0, -1):
            parts = words[:length]
            end = parts[-1].end
            found = index.find(_name(text, parts[0].start, end))
            close = [
                _Fit(one, length, is_whole=False, is_name=True)
                for one in found.same + found.partial
                if _has_all(one, text, parts)
            ]
            if close:
                return _read(text, start, end, sorted(close, key=lambda fit: fit.order))
            near = [_Fit(one, length, is_whole=False, is_name=True) for one in found.near if _has_all(one, text, parts)]
            if near:
                return _ambiguous(text, start, end, near)
        return None


def _has_all(one: Known, text: str, words: Sequence[Word]) -> bool:
    """Whether each of these words belongs to one of the names, so that none of the sentence is taken for one."""
    return any(all(likeness(text[word.start : word.end], name) for word in words) for name in one.names)


@dataclass(frozen=True)
class _Fit:
    """How a record fits the words of a mention."""

    known: Known
    #: How many words it takes.
    length: int
    is_whole: bool
    #: By a person's name, not by a post.
    is_name: bool

    @property
    def order(self) -> tuple[int, ...]:
        """Longer names first; then those in the room, whole names, people before posts, the order of the registers."""
        register, standing = self.known.rank
        if self.known.register is Register.ATTENDANCE:
            return (-self.length, 0, standing, not self.is_whole, not self.is_name)
        return (-self.length, 1, not self.is_whole, standing, register)


def _read(text: str, start: int, end: int, best: Sequence[_Fit]) -> tuple[Mention, int]:
    """What is meant by the words up to here: the one record that fits best, or all that fit where several do."""
    if any(fit.order == best[0].order for fit in best[1:]):
        return _ambiguous(text, start, end, best)
    end = end_of_degrees(text, end) if best[0].known.names else end_of_brackets(text, start, end)
    return Mention(_name(text, start, end), best[0].known), end


def _ambiguous(text: str, start: int, end: int, best: Sequence[_Fit]) -> tuple[Mention, int]:
    candidates = tuple(fit.known for fit in best[:MOST_CANDIDATES])
    return Mention(_name(text, start, end), None, candidates=candidates), end


def _may_be_another(text: str, start: int, end: int, fit: _Fit) -> bool:
    """Whether a part of a name goes on with another name: «Ratna Wijaya» where only Ratna Dewanti is known."""
    goes_on = text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
    return goes_on and text[start].isupper() and bool(fit.known.names) and not fit.is_whole


def _unknown(text: str, start: int, words: Sequence[Word]) -> tuple[Mention, int]:
    """One word, and the title before it; what follows it in capitals where a title says that it is a name."""
    end = end_of_unknown(text, words[0].start if words else start)
    if words and words[0].start > start:
        for word in words[1:]:
            if "," in word.gap or not text[word.start].isupper():
                break
            end = word.end
    return Mention(_name(text, start, end), None), end


def _name(text: str, start: int, end: int) -> str:
    return text[start:end].replace("_", " ")


@dataclass(frozen=True)
class _Spelling:
    """One way to write a record, in words; a name without its titles and degrees."""

    words: tuple[str, ...]
    known: Known
    is_name: bool


def _spelled(written: str, known: Known) -> _Spelling:
    words = tuple(word.text for word in parsed(written).words) if written in known.names else ()
    return _Spelling(words or tuple(words_in(written)), known, is_name=bool(words))


def _joined(words: Sequence[Word]) -> list[str]:
    """The first word, and those that underscores join to it."""
    end = next((at for at, word in enumerate(words) if at and word.gap != "_"), len(words))
    return [word.text for word in words[:end]]


def _length(words: Sequence[Word], spelling: tuple[str, ...]) -> tuple[int, bool]:
    """How many of the words the spelling has: all of it from its first word on, or parts of it in order."""
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
    while length > 1 and words[length - 1].text in STOP_WORDS:
        length -= 1
    return length, False


def _may_go_on(before: Word, word: Word) -> bool:
    """Whether a name that is not written in full may go on: no comma, no full stop but of an abbreviation."""
    return "," not in word.gap and ("." not in word.gap or before.end - before.start <= len("Tgk"))


def _has_in_order(spelling: tuple[str, ...], words: Sequence[str]) -> bool:
    left = iter(spelling)
    return all(word in left for word in words)
