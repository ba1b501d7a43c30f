"""Reads running text: quotations and sentences, and the persons to whom it attributes them. Pure.

A passage is divided at quotations and sentences. «-nya» and «pihaknya» are the person named last. Passages without
quotation, speaker or a reporting verb are proposed to be skipped.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tracker.meetings.intake.formats import speech
from tracker.meetings.intake.rules.kinds import kind_of
from tracker.meetings.intake.rules.speakers import BODIES_IN_A_WORD, Speakers, Who, without_adverbs
from tracker.meetings.live.formats import quotations
from tracker.meetings.rules import StatementKind, looks_like_post
from tracker.people.formats import is_degree
from tracker.people.rules import parsed

K = StatementKind
#: Narration that reports a subject without saying who raised it.
_SPOKEN_OF = re.compile(
    r"\b(?:sorotan|menyoroti|disoroti|disinggung|mengemuka|diusulkan|disarankan|was (?:raised|proposed|suggested))\b",
    re.IGNORECASE,
)
#: Text before direct speech ends like this, at most this far from it.
_ENDS_BEFORE_QUOTE = re.compile(r"[.!?:,]$|\b(?:bahwa|that)$")
_NEAR = 60
_LONGEST_SUBJECT, _LONGEST_VERB = 200, 50


@dataclass(frozen=True)
class Passage:
    """A stretch of the text: direct speech without its marks, or a sentence."""

    start: int
    end: int
    kind: StatementKind
    who: Who | None = None
    is_quote: bool = False
    #: Whether it says something of the meeting, rather than of its circumstances.
    counts: bool = True


class Prose:
    """Reads paragraph by paragraph, and remembers who was named last."""

    def __init__(self, text: str, speakers: Speakers) -> None:
        self.text = text
        self.speakers = speakers
        self.last: Who | None = None
        #: Whom the narration has as its first subject: «ungkapnya» may be said of nobody else.
        self.subject: Who | None = None

    def passages(self, start: int, end: int) -> Iterator[Passage]:
        stretch = self.text[start:end]
        quotes = [span for span in quotations(stretch) if _is_speech(stretch, *span)]
        reached = 0
        for number, (opens, closes) in enumerate(quotes):
            limit = quotes[number + 1][0] if number + 1 < len(quotes) else len(stretch)
            narrated = stretch[reached:opens]
            lead, before = self._lead(narrated)
            until = opens - len(lead) if before else opens
            yield from self._narration(start + reached, start + until)
            who, used = self._speaker_after(stretch[closes:limit])
            words = stretch[opens + 1 : closes - 1].rstrip(",")
            who = who or before or (self.last if reached else None)
            if words.strip():
                begin, stop = speech.stripped(self.text, start + opens + 1, start + opens + 1 + len(words))
                said = stretch[closes : closes + used]
                kind = _kind_of_verb(said) or kind_of(words) or kind_of(lead) or _kind_of_reply(said)
                yield Passage(begin, stop, kind, who, is_quote=True)
            reached = closes + used
        yield from self._narration(start + reached, end)

    def _lead(self, narrated: str) -> tuple[str, Who | None]:
        """The unfinished sentence before a quotation, and the speaker it names: «Razilu mengatakan, “…”»."""
        trimmed = narrated.rstrip()
        if not trimmed or trimmed[-1] in ".!?":
            return "", None
        begin, _ = speech.sentence_spans(trimmed, 0, len(trimmed))[-1]
        return narrated[begin:], self.speaker_within(trimmed[begin:])

    def _speaker_after(self, after: str) -> tuple[Who | None, int]:
        """The speaker named after a quotation, and the end of that sentence."""
        named, reversed_ = speech.SAID_BY.match(after), speech.SAID_AFTER_NAME.match(after)
        if not (named or reversed_ or speech.SAID_BY_THE_SAME.match(after)):
            return self._named_in_clause(after)
        spans = speech.sentence_spans(after, 0, len(after))
        used = spans[0][1] if spans else len(after)
        if speech.SAID_BY_THE_SAME.match(after):
            return self.last or self.remember(self.subject), used
        if reversed_:
            return self.remember(self.speakers.named(reversed_["name"])), used
        return self.remember(self._named_first(after[named.end() : used])) if named else None, used

    def _named_in_clause(self, after: str) -> tuple[Who | None, int]:
        """«the group's Chair, Ms. Ilse Vandenberg, told a press conference»."""
        clause = speech.SAID_AFTER_CLAUSE.match(after)
        who = self._named_last(clause["clause"]) if clause else None
        spans = speech.sentence_spans(after, 0, len(after)) if who else []
        return self.remember(who), spans[0][1] if spans else 0

    def _narration(self, start: int, end: int) -> Iterator[Passage]:
        for begin, stop in speech.sentence_spans(self.text, start, end):
            sentence = self.text[begin:stop]
            if not any(char.isalnum() for char in sentence) or _is_only_attribution(sentence):
                continue
            yield self.sentence(begin, stop)

    def sentence(self, begin: int, stop: int) -> Passage:
        sentence = self.text[begin:stop]
        if self.subject is None and (found := _SUBJECT.search(sentence)) and self._may_speak(found["name"]):
            self.subject = self.speakers.named(found["name"])
        who = self.speaker_within(sentence)
        kind = kind_of(sentence)
        if kind is K.PROPOSAL and not who and not _SPOKEN_OF.search(sentence):
            kind = None  # what needs to be done according to the writer is nobody's proposal
        kind = kind or (K.REMARK if who or _SPOKEN_OF.search(sentence) else K.INFORMATION)
        return Passage(begin, stop, kind, who, counts=kind is not K.INFORMATION)

    def speaker_within(self, sentence: str) -> Who | None:
        dateline = _DATELINE.match(sentence)
        if dateline is None:
            return self._speaker_in(sentence)
        who = self._speaker_in(sentence[dateline.end() :])
        return who if who and (who.known or not _BODY.search(who.name)) else None

    def _speaker_in(self, sentence: str) -> Who | None:
        if speech.ACCORDING_TO_THE_SAME.match(sentence):
            return self.last
        if speech.SAID_BETWEEN_BY_THE_SAME.search(sentence):
            return self.last
        between = speech.SAID_BETWEEN.search(sentence)
        is_object = between and _PAST.search(between[0]) and _OBJECT_OF.search(sentence[: between.start()])
        who = self._named_first(sentence[between.end() :]) if between and not is_object else None
        if who and (who.known or self._may_speak(who.name)):
            return self.remember(who)
        return self._subject_of_verbs(sentence)

    def _subject_of_verbs(self, sentence: str) -> Who | None:
        for says in islice(speech.SAYS.finditer(sentence[: _LONGEST_SUBJECT + _LONGEST_VERB]), _MOST_VERBS):
            subject = sentence[: says.start()]
            if speech.THE_SAME.search(subject):
                return self.last
            who = None if _MODAL_BEFORE.search(subject) else self._named_last(subject)
            if who:
                return self.remember(who)
        return None

    def _named_first(self, text: str) -> Who | None:
        run = speech.NAME.match(text)
        apposed = _APPOSED.match(text, run.end()) if run else None
        spelled = self.speakers.spelled
        for length in sorted(spelled, reverse=True):
            known = spelled[length].get(text[:length].casefold())
            if known and not text[length : length + 1].isalnum():
                return Who(text[:length], known)
        if run and apposed and looks_like_post(run[0]) and self._is_person(apposed["name"]):
            return self.speakers.named(apposed["name"])
        return self.speakers.named(run[0]) if run else None

    def _is_person(self, name: str) -> bool:
        name = name.removeprefix("Lalu ")  # a title of Lombok, which is an adverb elsewhere
        return (
            bool(parsed(name).core)
            and not is_degree(name, after_comma=True)
            and not looks_like_post(name)
            and self._may_speak(name)
        )

    def _named_last(self, subject: str) -> Who | None:
        """The known person named last, or else a name at the beginning: «Sari, Kasubdit, melaporkan»."""
        told = self._told_beside(subject)
        if told:
            return told
        subject = _BESIDE_NAME.sub(_blanked, subject)
        runs = list(speech.NAME.finditer(_OF_A_BODY.sub(_blanked, subject)))
        known = next((who for run in reversed(runs) if (who := self.speakers.named(run[0])).known), None)
        if known:
            return known
        clause = re.split(r"\b(?:yang|bahwa|karena|agar|untuk|that|which|because)\b", subject)[0]
        begins = [run for run in runs if run.end() <= len(clause) + 1]
        apposed = self._apposed(subject, runs, begins)
        if apposed:
            return apposed
        within = next((run for run in reversed(begins) if self._speaks_within(subject, run)), None)
        if within:
            return self.speakers.named(within[0])
        if runs and runs[0].start() == 0 and runs[0].end() >= len(clause.rstrip(" ,")) - _LONGEST_APPOSITION:
            name = without_adverbs(runs[0][0])
            if self._may_speak(name) or name in BODIES_IN_A_WORD:
                return self.speakers.named(name)
        return None

    def _told_beside(self, subject: str) -> Who | None:
        """«Kepala Desa (Asep Kurnia) menerangkan», «The delegation of Sri Lanka supported»."""
        beside = _BESIDE_NAME.search(subject)
        if beside and self._is_person(inside := beside[0][1:-1]) and looks_like_post(subject[: beside.start()].strip()):
            return self.speakers.named(inside)
        behalf = _ON_BEHALF.search(subject)
        return self.speakers.named(behalf["name"]) if behalf else None

    def _speaks_within(self, subject: str, run: re.Match[str]) -> bool:
        return (
            run.start() > 0
            and not is_degree(run[0], after_comma=True)
            and self._may_speak(run[0])
            and not _is_after_preposition(subject, run.start())
        )

    def _apposed(self, subject: str, runs: Sequence[re.Match[str]], begins: Sequence[re.Match[str]]) -> Who | None:
        """«Kepala Biro Hukum, Rini Wulandari,», «Warga yang hadir, Nurhayati (42),»."""
        near = _JUST_BEFORE.search(subject)
        is_place = near is not None and _is_after_preposition(subject, near.start("name"))
        if near and len(runs) > 1 and not is_place and self._is_person(near["name"]):
            return self.speakers.named(near["name"])
        persons = [run for run in begins if self._is_person(run[0]) and not _is_after_preposition(subject, run.start())]
        apposed = [
            run for run in persons
            if subject[: run.start()].rstrip().endswith(",") or (not run.start() and subject[run.end() :][:1] == ",")
        ]  # fmt: skip
        if apposed and len(begins) > 1:
            return self.speakers.named(apposed[0][0])
        return None

    def _may_speak(self, name: str) -> bool:
        return self.speakers.can_speak(name.rstrip(".,’'-"))

    def remember(self, who: Who | None) -> Who | None:
        self.last = who or self.last
        return who


#: «“…,” usul Yakob» says what kind of statement it was.
_VERBS = (
    (K.PROPOSAL, re.compile(r"^[\s,.]*(?:usul|saran)(?:nya|kan)?\b", re.IGNORECASE)),
    (K.HOPE, re.compile(r"^[\s,.]*harap(?:nya|kan)?\b", re.IGNORECASE)),
    (K.EXHORTATION, re.compile(r"^[\s,.]*(?:ajak|imbau|seru)(?:nya)?\b", re.IGNORECASE)),
    (K.DIRECTIVE, re.compile(r"^[\s,.]*pinta(?:nya)?\b", re.IGNORECASE)),
)


def _kind_of_verb(attribution: str) -> StatementKind | None:
    return next((kind for kind, way in _VERBS if way.match(attribution)), None)


_REPLIES = re.compile(
    r"^[\s,.]*(?:(?i:the\s)?(?:[A-Z][\w.'’-]*\s){0,5}|(?:he|she)\s)(?:jawab|timpal|balas|sahut|replied|responded|answered)(?:nya)?\b"
)


def _kind_of_reply(attribution: str) -> StatementKind:
    return K.RESPONSE if _REPLIES.match(attribution) else K.REMARK


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found[0])


#: «Prof. Gunawan Siregar of Nusa Raya University»: the body is no part of the name.
_OF_A_BODY = re.compile(
    r"(?<=\w)\s(?:of|from)\s(?:the\s)?(?:[A-Z][\w.'’-]*\s){0,5}(?:University|Institute|Agency|Foundation|College|Association)\b"
)
#: «Arief Rahman (Indonesia) recommended»: what stands in brackets does not speak.
_BESIDE_NAME = re.compile(r"(?<=[A-Za-z.]\s)\([^()\d]{1,60}\)(?=\s*$)")
#: «Kepala Puskesmas wajib melapor»: does not say, but is to say.
_MODAL_BEFORE = re.compile(
    r"\b(?:wajib|harus|agar|supaya|diminta|perlu|akan|segera|dapat|bisa|must|should|shall|will|to|can|may)\s+$",
    re.IGNORECASE,
)
#: «JAKARTA, 26 March 2026 — », «Palangka Raya (1/10) - »
_DATELINE = re.compile(r"[A-Z][\w. ]{2,30}(?:,[^–—\n]{0,40}|\s\([^()\n]{1,30}\))?\s?(?:[–—]|\s-{1,2})\s")
_BODY = re.compile(
    r"\b(?:Cent(?:re|er)|Group|Office|Ministry|Directorate|Department|Council|Committee|Commission|Agency|Authority|"
    r"Kementerian|Direktorat|Dinas|Badan|Kantor|Pemerintah|Pem(?:kab|kot|prov|da)|Universit\w+|Kanwil|Ditjen|Lembaga|Komisi|Balai)\b"
)
_PAST = re.compile(r"\b(?:\w+ed|told|said|says|asks|tells)\b", re.IGNORECASE)
#: «Beatriz Lopes asked Kofi»: the name before the verb speaks.
_OBJECT_OF = re.compile(r"(?:^|\s)[A-Z][\w.'’-]*$")
#: «The delegation of Sri Lanka»
_ON_BEHALF = re.compile(
    rf"\b(?i:delegation|delegates?|representatives?|delegasi|utusan)\s(?:of|from|dari)\s(?:the\s)?(?P<name>{speech.NAME.pattern})\s*$"
)
_LONGEST_APPOSITION = 60
_MOST_VERBS = 3
#: «Makassar – Wakil Menteri meninjau»: who does something at the beginning of a sentence.
_SUBJECT = re.compile(
    rf"(?:^|[–—-]\s)(?P<name>{speech.NAME.pattern})\s(?=(?:men|mem|meng|ber|me[lrw])[a-z]+|visited|opened|chaired|led)"
)
#: «Nurhayati (42),» just before the verb.
_JUST_BEFORE = re.compile(
    rf"(?P<name>{speech.NAME.pattern})\s{{0,2}}(?:\(\d{{1,3}}\)|\([^()]{{1,60}}\))?,\s{{0,2}}(?:juga\s|turut\s|pun\s)?$"
)
#: «Kepala Biro Hukum, Rini Wulandari.»
_APPOSED = re.compile(rf",\s{{1,3}}(?P<name>{speech.NAME.pattern})(?=[,.;)\s]|$)")
_PREPOSITION = re.compile(
    r"\b(?:di|ke|dari|pada|dalam|untuk|kepada|tentang|mengenai|in|at|of|to|for|from|about|on)\s+$"
)
_ONLY_ATTRIBUTION = re.compile(rf"^[\W_]*(?:{speech.ROOTS})(?:nya|kan)?\b[^.]{{0,80}}[.\s]*$", re.IGNORECASE)


def _is_after_preposition(text: str, start: int) -> bool:
    return _PREPOSITION.search(text[max(0, start - 12) : start]) is not None


def _is_only_attribution(sentence: str) -> bool:
    """«kata politikus partai itu.» left behind a quotation."""
    return sentence[:1].islower() and _ONLY_ATTRIBUTION.match(sentence) is not None


def _is_speech(text: str, start: int, end: int) -> bool:
    """Whether it is direct speech rather than a quoted word within a sentence."""
    after = text[end : end + 200]
    is_said = speech.SAID_BY.match(after) or speech.SAID_BY_THE_SAME.match(after) or speech.SAID_AFTER_NAME.match(after)
    return end - start > len("“”") and bool(is_said or _leads_to_speech(text, start))


def _leads_to_speech(text: str, start: int) -> bool:
    """Whether the text before a quotation is empty, ends a sentence, or introduces speech."""
    floor = max(0, start - _NEAR)
    before = text[floor:start].rstrip()
    return _ENDS_BEFORE_QUOTE.search(before) is not None if before else not floor
