"""Who a name in a text means, and whether words can name a speaker at all. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.meetings.formats import attendance
from tracker.meetings.intake.formats import outline, speech
from tracker.meetings.intake.formats.sections import fact_of, section_of
from tracker.meetings.live.formats import calendar_words
from tracker.meetings.live.rules import Directory, Known, Register
from tracker.meetings.rules import looks_like_person, looks_like_post
from tracker.people.rules import folded, parsed

#: Shorter spellings are initials, which occur in many words.
SHORTEST_NAME = 2
_LONGEST = 90
_MOST_WORDS, _MOST_WORDS_OF_NAME = 12, 6
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
#: Roles that speak: «Ketua: …», «Pimpinan rapat: …».
_ROLES = frozenset({
    "ketua", "pimpinan", "pimpinan rapat", "ketua rapat", "pemimpin rapat", "notulis", "moderator", "sekretaris",
    "chair", "chairperson", "chairman", "host", "narasumber", "menteri", "direktur", "mc", "secretariat", "registrar",
    "treasurer", "rapporteur", "secretary", "president", "vice-chair", "co-chair", "co-chairs", "convener", "convenor",
    "facilitator", "clerk", "mayor", "minister", "ombudsman", "provost", "dean", "rector", "speaker", "auditor",
    "lurah", "camat", "bupati", "gubernur", "rektor", "dekan", "bendahara", "wakil ketua", "kades", "wali kota",
    "walikota", "sekda", "presiden direktur", "komisaris", "danramil", "kapolsek", "babinsa",
})  # fmt: skip
#: Bodies and groups that begin sentences without speaking, and words before a colon that are no name.
_NOBODY = frozenset({
    "rapat", "pertemuan", "sidang", "forum", "kegiatan", "acara", "pembahasan", "hasil", "hal", "usulan",
    "keputusan", "kesimpulan", "siang", "pagi", "sore", "malam", "hari", "tim", "peserta", "undangan",
    "hadirin", "semua", "seluruh", "para", "setiap", "kami", "kita", "mereka", "dia", "ia", "beliau",
    "pihaknya", "the", "this", "that", "these", "those", "it", "we", "they", "he", "she", "meeting", "all",
    "everyone", "members", "committee", "dokumen", "laporan", "data", "draft", "surat", "nota", "jadwal",
    "anggaran", "selain", "namun", "sementara", "kemudian", "selanjutnya", "setelah", "sebelum", "dalam",
    "pada", "untuk", "dengan", "karena", "jika", "apabila", "bila", "saat", "ketika", "menurut", "berdasarkan",
    "sesuai", "terkait", "mengenai", "tentang", "adapun", "terakhir", "demikian", "oleh", "dari", "ke", "di",
    "yang", "dan", "atau", "serta", "panitia", "sekretariat", "pemerintah", "masyarakat", "warga", "publik",
    "manajemen", "perusahaan", "vendor", "penyedia", "team", "notes", "pokja", "panja", "in", "on", "at", "for",
    "with", "after", "before", "during", "when", "while", "because", "if", "as", "according", "also", "however",
    "finally", "next", "then", "lalu", "nah", "jadi", "ya", "oke", "baik", "tapi", "tetapi", "delegates",
    "participants",
    "attendees", "parties", "both", "kedua", "sides", "pihak", "none", "nobody", "rembuk", "musyawarah",
    "kongres", "konferensi", "dialog", "diskusi", "seminar",
    "lokakarya", "webinar", "audiensi", "hearing", "session", "working", "senior", "officials", "delegations",
    "perwakilan-perwakilan", "discussion", "terhadap", "atas", "sehubungan", "sebagai", "agar", "supaya",
})  # fmt: skip
_BODY_NAMED = re.compile(
    r"(?:Komisi|Fraksi|Kelompok|Dinas|Badan|Biro|Bagian|Bidang|Seksi|Subbag\w*|Direktorat|Ditjen|Kanwil|Kementerian|Sekretariat|"
    r"Inspektorat|Pokja|BPD|LPM|Satker|Puskesmas|Kecamatan|Kelurahan|Fakultas)\s(?:[A-Z][\w.]*(?:\s|$)|dan\s|\([^()]*\)){1,6}$"
)
_REPRESENTS = re.compile(r"(?:Perwakilan|Wakil|Unsur|Utusan|Delegasi|Delegate of|Representative of)\s[A-Z]")
#: «dr. Hendra», «bu Retno»: titles that are written small.
_SMALL_TITLE = re.compile(r"^(?:(?:dr|drg|drh|apt|ns|ir|bpk|sdr|sdri)\.|pak|bu|bapak|ibu|bpk|mas|mbak)\s+(?=[A-Z])")
#: «Min. of Finance», «Registrar's Office».
_BODY_OF = re.compile(
    r"(?:Min|Ministry|Dept|Department|Dir|Directorate|Office|Bureau|Embassy|Delegation|Government|University|Bank|"
    r"Secretariat|Directorate[- ]General|Division|Agency)\.?\s(?:of|for)\s(?:the\s)?[A-Z]"
)
_BODIES = frozenset({
    "office", "unit", "department", "division", "secretariat", "directorate", "bureau", "agency", "ministry",
    "section",
    "desk", "council", "services", "delegation", "union", "mission",
})  # fmt: skip
#: They speak and act as the subject of a sentence; alone before a colon they may be a topic.
BODIES_IN_A_WORD = frozenset({
    "Polda", "Polres", "Polsek", "Kejati", "Kejari", "Bappeda", "Bawaslu", "Ombudsman", "Inspektorat", "Humas",
    "Imigrasi", "Satpol", "Dinsos", "Dinkes", "Disdik", "Kesbangpol", "Puskesmas", "Kodim", "Kanwil", "Rektorat",
    "Bappenas", "Kominfo", "Pusdatin", "Itjen", "Setjen", "Setditjen", "Setda", "Setwan", "Sekretariat", "Keuangan",
    "Kepegawaian", "Perlengkapan", "Perencanaan",
})  # fmt: skip
_DAYS, _MONTHS = frozenset(calendar_words.WEEKDAYS), frozenset(calendar_words.MONTHS)
_TIMES = _DAYS | _MONTHS


def without_adverbs(words: str) -> str:
    """«Selanjutnya Kadiv Administrasi» without the word that only begins the sentence."""
    first, _, rest = words.partition(" ")
    return rest.lstrip() if rest and folded(first) in _NOBODY and not looks_like_post(words) else words


@dataclass(frozen=True)
class Who:
    name: str
    known: Known | None


class Speakers:
    """Those who may speak: the attendance list, the registers, and whom the text lists as present."""

    def __init__(self, people: Sequence[Known], listed: Sequence[str] = ()) -> None:
        self.people = people
        self.directory = Directory(people)
        self.listed = {folded(parsed(name).core or name) for name in listed}
        #: Everyone by spelling, grouped by the length of the spelling.
        self.spelled: dict[int, dict[str, Known]] = {}
        for known in people:
            for spelling in known.spellings:
                self.spelled.setdefault(len(spelling), {}).setdefault(spelling.casefold(), known)
        self.named = lru_cache(maxsize=4096)(self._named)
        self.can_speak = lru_cache(maxsize=4096)(self._can_speak)

    def _named(self, name: str) -> Who:
        return who_is(name, self.people, self.directory)

    def _is_listed(self, words: str) -> bool:
        return any(f" {words} " in f" {name} " for name in self.listed)

    def is_listed(self, name: str) -> bool:
        return self._is_listed(folded(parsed(name).core or name))

    def is_body(self, words: str) -> bool:
        """«Komisi A», «Dinas PU», as headings above what they said."""
        return _BODY_NAMED.match(words) is not None and self.can_speak(words)

    def is_surely_somebody(self, words: str) -> bool:
        """Whether words alone in a line name a person or a post, and no topic."""
        name = _BRACKETS.sub("", words.strip(" *_")).strip(" ,")
        inside = words[len(name) :].strip(" ()[],")
        if not self.can_speak(words):
            return False
        name_of = parsed(name)
        return bool(
            self.named(name).known
            or self._is_listed(folded(name_of.core or name))
            or folded(name) in _ROLES
            or looks_like_post(name)
            or (inside and looks_like_post(inside))
            or folded(name_of.core) != folded(name)
            or _REPRESENTS.match(name)
        )

    def _can_speak(self, words: str) -> bool:
        """Whether words before a colon or dash name a person or a post."""
        name = _BRACKETS.sub("", words.strip(" *_")).strip(" ,.")
        plain = folded(name)
        parts = plain.split()
        if not parts or len(name) < SHORTEST_NAME or len(name) > _LONGEST or len(parts) > _MOST_WORDS:
            return False
        name = _SMALL_TITLE.sub("", name)
        if not name[:1].isupper():
            return plain in self.listed
        if plain in _ROLES:
            return True
        if self.named(name).known and not plain.isdecimal():
            return True
        if self._is_listed(folded(parsed(name).core or name)):
            return True
        if section_of(name) or fact_of(name) or parts[0] in _NOBODY or parts[0] in _TIMES:
            return False
        return _may_be_post_or_person(name, parts)


def _may_be_post_or_person(name: str, parts: Sequence[str]) -> bool:
    if looks_like_post(name):
        return not speech.SAYS.search(name) and (len(parts) > 1 or parts[0] not in attendance.POST_LETTERS)
    if parts[0] in attendance.UNIT_WORDS:
        return len(parts) > 1 or name.isupper()
    if name.isupper() and len(parts) == 1:
        letters = sum(char.isalpha() for char in name)
        return name.isalnum() and letters > SHORTEST_NAME  # «BP3MI», but not «P21»
    if _BODY_OF.match(name) or (len(parts) > 1 and parts[-1] in _BODIES):
        return True
    first_part = name.split(",")[0]
    core = parsed(first_part).core.split()
    if not core or len(core) > _MOST_WORDS_OF_NAME or not looks_like_person(first_part):
        return False
    if all(folded(word) in _MONTHS for word in core):
        return False  # but «Mei Lin» is a name
    return all(
        _is_of_name(word) and folded(word) not in _NOBODY | _DAYS and not outline.is_common_noun(word) for word in core
    )


def _is_of_name(word: str) -> bool:
    return word[0].isupper() or word in {"bin", "binti", "van", "de", "al", "der", "la"}


def who_is(name: str, people: Sequence[Known], directory: Directory) -> Who:
    """The person with this name or post, or whose name is part of it or contains it."""
    name = name.strip().rstrip(".,’'-")
    bare = _BRACKETS.sub("", name)
    known = directory.named(name) or (directory.named(bare) if bare != name else None)
    if known is None:
        for register in (Register.ATTENDANCE, Register.PERSON):
            matches = [
                person
                for person in people
                if person.register is register
                and any(_is_among(spelling.casefold(), name.casefold()) for spelling in person.spellings)
            ]
            if len(matches) == 1:
                return Who(name, matches[0])
    return Who(name, known)


def _is_among(spelling: str, name: str) -> bool:
    return len(spelling) > SHORTEST_NAME and f" {spelling} " in f" {name} "
