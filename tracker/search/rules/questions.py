"""Parsing a query: quotation marks, the minus sign, and words that are filters. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

from tracker.actions.rules import ActionStatus
from tracker.core import analysis
from tracker.meetings.rules import MeetingStatus, MeetingType
from tracker.proposals.rules import AWAITING_DECISION, ProposalStatus
from tracker.search.rules.matching import SearchFilter, SearchKind, SearchState, Way

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_MINUS = "-‐‑–−"
#: A quotation mark opens a phrase only before a word, so «5"» is no phrase; a minus sign counts only at the start of a
#: word.
_PART = re.compile(
    rf"""(?P<minus>(?<!\S)[{_MINUS}])?(?:(?<!\w)"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))|(?P<open>(?<!\w)"(?=\s*\S))|\S""",
    re.VERBOSE,
)
_EDGES = ".,;:!?()"
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
#: Longer queries are treated as sentences without filter words.
MOST_PARTS = 8
LONGEST_PHRASE = 5


@dataclass(frozen=True)
class Part:
    text: str
    is_phrase: bool = False
    is_unwanted: bool = False

    @property
    def typed(self) -> str:
        """The part as typed, including its signs, escaped where they would be read differently."""
        sign = "-" if self.is_unwanted else ""
        return f'{sign}"{self.text}"' if self.is_phrase else f"{sign}{self.text.lstrip(_MINUS)}"


@dataclass(frozen=True)
class Understood:
    start: int
    end: int
    text: str
    #: Field of the filter and its value.
    field: str
    value: Any


@dataclass(frozen=True)
class Question:
    parts: tuple[Part, ...]
    #: An opening quotation mark was never closed; what follows it is read as plain words.
    has_open_quote: bool = False
    #: The last part may still be being typed.
    is_unfinished: bool = False

    @property
    def words(self) -> str:
        return " ".join(part.text for part in self.parts if _is_plain(part))

    @property
    def phrases(self) -> tuple[Way, ...]:
        return _ways(part for part in self.parts if part.is_phrase and not part.is_unwanted)

    @property
    def without(self) -> tuple[Way, ...]:
        """Stems of excluded parts; a code or hyphenated word is treated as a phrase."""
        return _ways(part for part in self.parts if part.is_unwanted)

    def quoting(self, terms: Iterable[Understood]) -> str:
        """The query with these words quoted, so that they are searched as words."""
        beginnings = {term.start: term for term in terms}
        inside = {at for term in beginnings.values() for at in range(term.start + 1, term.end)}
        pieces = [
            Part(beginnings[at].text, is_phrase=True).typed if at in beginnings else part.typed
            for at, part in enumerate(self.parts)
            if at not in inside
        ]
        return " ".join(filter(None, pieces))


def _is_plain(part: Part) -> bool:
    return not part.is_phrase and not part.is_unwanted


def _ways(parts: Iterable[Part]) -> tuple[Way, ...]:
    ways = (tuple(analysis.stems(part.text)) for part in parts)
    return tuple(dict.fromkeys(way for way in ways if way))


def question_of(text: str) -> Question:
    plain = text.translate(_QUOTES)
    parts, has_open_quote = [], False
    for match in _PART.finditer(plain):
        if match["open"]:
            has_open_quote = True
        elif match["word"] or match["phrase"] is not None:
            is_phrase = match["phrase"] is not None
            content = (match["phrase"] if is_phrase else match["word"]).strip()
            parts.append(Part(content, is_phrase, match["minus"] is not None))
    is_unfinished = bool(parts) and _is_plain(parts[-1]) and not plain[-1:].isspace()
    return Question(tuple(part for part in parts if part.text), has_open_quote, is_unfinished)


class _Weight(IntEnum):
    #: Only next to another filter: «tindak lanjut terlambat», but «tindak lanjut» is searched.
    WEAK = 1
    #: Next to any other word: «usulan pelatihan», but «usulan» is searched.
    BESIDE = 2
    SURE = 3


_K, _S, _T = SearchKind, SearchState, MeetingType
_Meaning = tuple[str, Any, _Weight]


#: Field and value, and their words of each weight: SURE, BESIDE, WEAK.
_WORDS: Sequence[tuple[str, Any, str, str, str]] = [
    ("kind", _K.PROPOSAL, "", "usulan|proposal|proposals", ""),
    ("kind", _K.ACTION, "", "actions|follow up action|follow up actions",
     "tindak lanjut|action|follow up|follow ups"),
    ("kind", _K.MEETING, "", "rapat|meeting|meetings", "pertemuan"),
    ("kind", _K.STATEMENT, "", "", "pernyataan|statement|statements"),
    ("kind", _K.TARGET, "", "", "target|targets|indikator|indicator|indicators|sasaran"),
    ("kind", _K.PERSON, "", "", "orang|pegawai|person|people"),
    ("kind", _K.POST, "", "", "jabatan|post|posts|position"),
    ("kind", _K.UNIT, "", "", "unit|units|unit kerja"),
    ("kind", _K.ATTACHMENT, "", "", "lampiran|berkas|file|files|attachment|attachments"),
    ("is_overdue", True, "terlambat|overdue|lewat tenggat|melewati tenggat|past due", "", "late|telat"),
    ("stage", "open", "", "", "terbuka|open"),
    ("stage", "closed", "", "", "tertutup|ditutup|closed"),
    ("state", _S.SUBMITTED, "", "", "diajukan|submitted"),
    ("state", _S.UNDER_DISCUSSION, "under discussion|sedang dibahas", "", "dibahas"),
    ("state", _S.DEFERRED, "ditunda|deferred|postponed", "", ""),
    ("state", _S.APPROVED, "disetujui|approved", "", ""),
    ("state", _S.IN_FOLLOW_UP, "in follow up|sedang ditindaklanjuti", "", ""),
    ("state", _S.REALISED, "terwujud|realised|realized", "", ""),
    ("state", _S.REJECTED, "ditolak|rejected", "", ""),
    ("state", _S.MERGED, "", "", "digabung|merged"),
    ("state", _S.WITHDRAWN, "ditarik|withdrawn", "", ""),
    ("state", _S.NOT_ACTIONABLE,
     "tidak dapat ditindaklanjuti|cannot be followed up|not actionable", "", ""),
    ("state", _S.NOT_STARTED, "belum ditindaklanjuti|belum dimulai|not started", "", ""),
    ("state", _S.IN_PROGRESS, "", "", "dalam proses|in progress"),
    ("state", _S.AWAITING_VERIFICATION, "menunggu verifikasi|awaiting verification", "", ""),
    ("state", _S.COMPLETED, "", "", "selesai|completed|done"),
    ("state", _S.CANCELLED, "dibatalkan|cancelled|canceled", "", "batal"),
    ("state", _S.SCHEDULED, "", "", "dijadwalkan|terjadwal|scheduled"),
    ("state", _S.HELD, "", "", "terlaksana|held"),
    ("state", _S.UNDECIDED, "belum diputuskan|undecided|not decided yet", "", ""),
    ("meeting_type", _T.LEADERSHIP, "", "rapim|rapat pimpinan|leadership meeting|leadership meetings", ""),
    ("meeting_type", _T.COORDINATION, "",
     "rakor|rapat koordinasi|coordination meeting|coordination meetings", ""),
    ("meeting_type", _T.WORKING, "", "raker|rapat kerja|working meeting|working meetings", ""),
    ("meeting_type", _T.FOCUS_GROUP, "",
     "fgd|diskusi kelompok terpumpun|focus group discussion|focus group discussions", ""),
    ("meeting_type", _T.MONITORING, "",
     "monev|rapat monev|rapat monitoring dan evaluasi|monitoring and evaluation meeting", ""),
    ("meeting_type", _T.WEEKLY_REVIEW, "",
     "rapat tinjauan mingguan|tinjauan mingguan|weekly review|weekly review meeting", ""),
    ("meeting_type", _T.PREPARATION, "", "rapat persiapan|preparation meeting|preparation meetings", ""),
]  # fmt: skip


def _meanings() -> Mapping[str, _Meaning]:
    return {
        words: (field, value, weight)
        for field, value, *by_weight in _WORDS
        for weight, written in zip((_Weight.SURE, _Weight.BESIDE, _Weight.WEAK), by_weight, strict=True)
        for words in written.split("|")
        if words
    }


MEANINGS = _meanings()
#: Statuses of each kind that belong to a state.
STATUSES: Mapping[SearchState, Mapping[SearchKind, frozenset[str]]] = {
    **{
        state: {
            kind: frozenset({str(state)})
            for kind, statuses in (
                (_K.PROPOSAL, ProposalStatus), (_K.ACTION, ActionStatus), (_K.MEETING, MeetingStatus),
            )
            if state in list(statuses)
        }
        for state in SearchState
    },
    _S.DEFERRED: {_K.PROPOSAL: frozenset({ProposalStatus.DEFERRED}), _K.MEETING: frozenset({MeetingStatus.POSTPONED})},
    _S.HELD: {_K.MEETING: frozenset({MeetingStatus.HELD, MeetingStatus.CLOSED})},
    _S.UNDECIDED: {_K.PROPOSAL: frozenset(map(str, AWAITING_DECISION))},
}  # fmt: skip


def understood(question: Question, form_filter: SearchFilter) -> list[Understood]:
    """Words to be read as filters: each field once, none that conflicts with the form."""
    if len(question.parts) > MOST_PARTS:
        return []
    terms: list[tuple[Understood, _Weight]] = []
    at = 0
    while at < len(question.parts):
        read = _read_at(question.parts, at)
        if read and _is_free(read[0], form_filter, terms):
            terms.append(read)
            at = read[0].end
        else:
            at += 1
    terms = _at_the_edges(question.parts, terms)
    weights = [weight for _, weight in terms]
    has_more = len(question.parts) > sum(term.end - term.start for term, _ in terms)
    is_meant = _Weight.SURE in weights or len(terms) > 1 or (_Weight.BESIDE in weights and has_more)
    return [term for term, _ in terms] if is_meant else []


def _read_at(parts: Sequence[Part], at: int) -> tuple[Understood, _Weight] | None:
    for end in range(min(at + LONGEST_PHRASE, len(parts)), at, -1):
        span = parts[at:end]
        if not all(_is_plain(part) for part in span):
            continue
        text = " ".join(part.text for part in span)
        bare = text.strip(_EDGES)
        if _YEAR.fullmatch(bare):
            return Understood(at, end, text, "year", int(bare)), _Weight.SURE
        meaning = MEANINGS.get(" ".join(analysis.tokens(text)))
        if meaning:
            return Understood(at, end, text, meaning[0], meaning[1]), meaning[2]
    return None


def _is_free(term: Understood, form_filter: SearchFilter, terms: Sequence[tuple[Understood, _Weight]]) -> bool:
    return getattr(form_filter, term.field) in (None, False, term.value) and all(
        term.field != other.field for other, _ in terms
    )


def _at_the_edges(
    parts: Sequence[Part], terms: Sequence[tuple[Understood, _Weight]]
) -> list[tuple[Understood, _Weight]]:
    """Drop kinds in the middle of other words: «penghilangan orang secara paksa»."""
    covered = {at for term, _ in terms for at in range(term.start, term.end)}
    plain = [at for at in range(len(parts)) if at not in covered]
    first, last = (plain[0], plain[-1]) if plain else (len(parts), -1)
    return [
        (term, weight) for term, weight in terms
        if term.field != "kind" or term.end <= first or term.start > last
    ]  # fmt: skip


def narrowed(
    question: Question, terms: Sequence[Understood], form_filter: SearchFilter
) -> tuple[Question, SearchFilter]:
    used = {at for term in terms for at in range(term.start, term.end)}
    remaining = tuple(part for at, part in enumerate(question.parts) if at not in used)
    is_unfinished = question.is_unfinished and len(question.parts) - 1 not in used
    rest = replace(question, parts=remaining, is_unfinished=is_unfinished)
    fields = {term.field: term.value for term in terms}
    return rest, replace(form_filter, phrases=rest.phrases, without=rest.without, **fields)


def with_words_replaced(text: str, by: Mapping[str, str]) -> str:
    def replaced(match: re.Match[str]) -> str:
        return by.get(" ".join(analysis.tokens(match.group())), match.group())

    return re.sub(r"\w+", replaced, text)


@dataclass(frozen=True, kw_only=True)
class Found:
    hits: Sequence[Any] = ()
    #: Page number from 1, and number of pages.
    page: int = 1
    pages: int = 1
    #: Number of ranked matches.
    count: int = 0
    #: Whether there are more matches than were ranked.
    is_capped: bool = False
    #: Nothing matches all words; these match some.
    is_loose: bool = False
    did_you_mean: str | None = None
    #: Whether the hits are those of `did_you_mean`.
    is_corrected: bool = False
    question: Question = Question(())
    #: Words read as filters, or as words if no row matches them as filters.
    understood: Sequence[Understood] = ()
    is_as_words: bool = False
    #: The query has only stop words or excluded words.
    asks_nothing: bool = False
    #: The query has only filters, so all matches are equally good.
    is_newest_first: bool = False
    #: Number of ranked matches by kind, also of kinds that the form does not ask for.
    by_kind: Mapping[SearchKind, int] = field(default_factory=dict)
    #: Ids of the ranked proposals, also if the form asks for another kind.
    proposal_ids: Sequence[int] = ()
