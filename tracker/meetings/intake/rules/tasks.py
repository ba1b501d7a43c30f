"""What is to be done, by whom and until when, in an item of minutes. Pure; everything is a stretch of the text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tracker.meetings.intake.formats.speech import stripped
from tracker.meetings.intake.rules.speakers import BODIES_IN_A_WORD
from tracker.meetings.live.formats import calendar_words, dates_in, due_date_in
from tracker.meetings.live.formats.speech import is_abbreviated
from tracker.people.rules import parsed

_PIC = re.compile(
    r"(?P<open>[(\[])?\s*(?<!\w)(?:PIC|P\.I\.C\.?|PJ|P\.J\.|penanggung\s?-?jawab|pelaksana|petugas|owner|assignee|"
    r"assigned to|responsible(?: person)?|action by|oleh)\s*(?P<sign>[:=→]|\s[–—-]\s)\s*",
    re.IGNORECASE,
)
_PIC_BARE = re.compile(r"[(\[]\s*(?:PIC|PJ|owner|oleh|by)\s+(?=[A-Z@])", re.IGNORECASE)
_BY = re.compile(r"(?:\b(?:oleh|ditugaskan kepada|assigned to|owned by|by)\s+)(?=[A-Z@])")
_END_OF_PIC = re.compile(
    r"[)\];|\n\t]|\s[–—-]\s|[,.]?\s*\(?\b(?:tenggat|deadline|due|paling lambat|selambat-lambatnya|target|batas waktu|"
    r"sebelum|before|by (?=\d|the|end|next|[A-Z][a-z]+day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|jatuh tempo|"
    r"s\.?d\.?|hingga|sampai|until|pada|tanggal)\b|[.](?=\s|$)",
    re.IGNORECASE,
)
_DATE_FOLLOWS = re.compile(r",\s*(?=\d|akhir|minggu|senin|selasa|rabu|kamis|jumat|end of)", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w.])@(?P<name>(?:(?:Pak|Bu|Bapak|Ibu|Mas|Mbak|Bang|Kak)\s)?[A-Za-z][\w.'’-]*)")
#: What somebody is to do, as it follows a name.
_VERBS = (
    r"akan|agar|untuk|supaya|bertugas|diminta|ditugaskan|wajib|harus|segera|mohon|tolong|men[a-z]+|mem[a-z]+|meng[a-z]+|me[lrw][a-z]+|ber[a-z]+|"
    r"[a-z]{3,}kan|hubungi|lengkapi|ikuti|awasi|temui|tinjau|susun|kirim|buat|bikin|cek|urus|koordinasi|rekap|tulis|cetak|"
    r"lapor|ajukan|antar|ambil|kontak|konfirmasi|bantu|koordinir|survei|catat|telepon|follow up|tindak lanjuti|"
    r"tindaklanjuti|update|pantau|monitor|verifikasi|evaluasi|revisi|bawa|cari|atur|undang|pesan|to|will|shall|must|"
    r"should|is to|are to|is going to|needs to|please|"
    r"[a-z]{3,}s(?=\s+(?:the|a|an|all|our|his|her|two|three)\b)"
)
_COURTESY = r"(?:(?:pak|bu|bapak|ibu|mas|mbak|bpk\.?|sdri?\.?)\s)?"
#: «Ir. Bambang Prakoso, M.T., IPU menyusun laporan»: a name with its degrees.
_LEADING_WITH_DEGREES = re.compile(
    r"(?P<name>[A-Z][\w.’'() -]{1,58}?(?:,\s?[A-Z][\w.]{1,14}(?:\s\([A-Z][a-z]{1,4}\.?\))?){1,6}),?\s+"
    rf"(?=(?:{_VERBS})\b)"
)
#: «seluruh koordinator kriteria melengkapi bukti»
_EVERY_ONE = re.compile(
    r"(?P<name>(?i:seluruh|semua|setiap|tiap|para|masing-masing|all|each|every)\s[\w/&-]+(?:\s[\w/&-]+){0,4}?)\s+"
    rf"(?=(?:{_VERBS})\b)"
)
#: «Sari: susun naskah», «Sari – susun naskah»; «Sari akan menyusun»; «Sari, please send».
_LEADING = (
    re.compile(rf"(?P<name>{_COURTESY}[A-Z@][^:–—\n]{{0,78}}?)(?P<cut>\s*(?::|\s[–—-])\s+)(?=\S)"),
    re.compile(rf"(?P<name>{_COURTESY}[A-Z][\w.’' -]{{1,78}}?)\s+(?=(?:{_VERBS})\b)"),
    re.compile(
        r"(?P<name>[A-Z][\w.’' -]{1,58}?),\s+(?=(?:please|tolong|mohon|minta|can you|could you|would you|will you|"
        r"kindly|"
        r"I need you|I want you|I['’]d like you|make sure|saya minta|kamu|anda|you|bisakah|bisa |[a-z]{3,}kan|kirim|"
        r"susun|"
        r"buat|cek|hubungi)\b)"
    ),
)
_ASKED = re.compile(
    r"\b(?:meminta|menugaskan|menugasi|menginstruksikan|minta|meminta kepada|asked|asks|requested|instructed|kepada|"
    r"tolong|tasked|directed|invited|mandated|mendesak)\s+(?:kepada\s+|agar\s+|the\s+)?(?=[A-Z@])"
)
#: «LZ to draft», «Registrar's Office to check»: minutes name whoever is to do something before «to».
_TO_DO = re.compile(
    r"(?:the\s|both\s|all\s)?(?P<doer>[A-Z][\w.'’&/-]*(?:,?\s(?:(?:of|and|the|&|for)\s){0,2}[A-Z(][\w.'’&/()-]*){0,6}"
    r"(?:\s(?:[a-z]+\s){0,2}(?:secretary|officers?|manager|director|team|lead|head|coordinator|staff|assistant|engineers?|clerk|"
    r"members|counsel|accountant|editor|leads|heads|partners|representatives?))?)\s(?:to|will|shall)\s"
    r"(?=(?:re-?|follow |also |jointly |kindly )?(?:draft|send|check|prepare|circulate|submit|provide|finali[sz]e|"
    r"update|share|write|contact|inform|review|"
    r"report|organi[sz]e|arrange|amend|produce|develop|consult|explore|identify|confirm|ask|call|book|set|liaise|coordinate|"
    r"lead|invite|present|publish|complete|compile|collect|consider|discuss|draw|ensure|convene|follow|upload|approach|look|"
    r"investigate|clarify|obtain|order|add|bring|raise|make|get|give|put|revise|distribute|schedule|seek|speak|meet|monitor|"
    r"issue|propose|recruit|source|test|train|translate|verify|work|remind|host|hold|conduct|facilitate|engage|assess|nominate|"
    r"reply|respond|advise|file|apply|appoint|audit|build|calculate|carry|chair|chase|choose|clean|cover|create|deliver|design|document|download|edit|establish|estimate|evaluate|examine|expand|extend|find|forward|fund|gather|go|help|hire|implement|improve|include|initiate|inspect|join|keep|link|list|manage|measure|move|negotiate|offer|outline|pilot|plan|post|print|procure|record|register|release|remove|renew|replace|request|research|resolve|return|run|scan|search|secure|select|show|sign|sort|start|stop|study|summari[sz]e|supply|support|survey|table|take|talk|tell|track|transfer|try|visit|attend|email|notify|purchase|pay|repair|fix|install|launch|close|open|continue|map|merge)\b)"
)
#: «Dr Kowalska (by 6 February)  Inform the judges»
_NAME_AND_DAY = re.compile(
    r"(?P<name>[A-Z][^()\[\]\n]{1,58}?)\s*[(\[](?:by|due|before|paling lambat|tenggat)[^()\[\]\n]{1,40}[)\]]:?\s+"
)
_IN_BRACKETS = re.compile(r"\[(?P<name>[A-Z@][^\[\]\n]{1,60})\]")
_NO_DOER = re.compile(
    r"(?:Agreed|Need|Needs|Plan|Plans|Proposal|Proposed|Meeting|Request|Requested|Decided|Resolved|Reminder|Try|Want|Wants|Wish|"
    r"Hope|How|What|Who|When|Where|Nothing|Due|Back|Time|Offer|Attempt|Right|Permission|Invitation|Decision|Commitment|"
    r"Approval|Motion|It|This|That|We|I|They|He|She|There|Going|Happy|Able|Ready|Suggested|Suggestion|Recommendation|"
    r"Recommended|Asked|Continue|Expected|Option|Funds|Budget|Work|Steps|Next|Letter|Reply|Visit|Call|Access|Important)\b(?!['’])"
)
_ENDS_NAME = re.compile(rf"\s+(?=(?:{_VERBS})\b)")
#: «Menginput tunggakan data»: what is to be done, and nobody's name.
_VERB_FIRST = re.compile(r"(?:meng|meny|memp|memb|memf|men[cdjt])[a-z]{3,}(?:\s+[a-z]|$)", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:\s+[–—-]\s+|:\s+|\s*[(\[]\s*|\s*→\s*|\s*/\s+)(?P<name>[A-Z@][^()\[\]\n]{1,78}?)\s*[)\]]?[.\s]*$"
)
#: «S. Abdullah and T. Okada», «Dini + Sekar».
_JOINT = re.compile(r"\s*(?:,|&|\+|/|\band\b|\bdan\b)\s+")
_EDGE = " \t\n\u00a0,;:.–—-(["
_LONGEST_NAME = 90

Span = tuple[int, int]


@dataclass(frozen=True)
class Task:
    """Spans of the text: what, who, and the words of the due date."""

    what: Span
    pic: Span | None = None
    due: Span | None = None
    due_on: date | None = None


def task_in(text: str, start: int, end: int, said_on: date, can_speak: Callable[[str], bool]) -> Task:
    words = text[start:end]
    due = due_date_in(words, said_on)
    if due and _RECURRING.search(words[: due.start].rstrip(" ")):
        due = None
    pic, cut = _pic(words, due.start if due else None, can_speak)
    cuts = [*([cut] if cut else []), *([(due.start, due.end)] if due else [])]
    what = _what(words, cuts)
    return Task(
        what=(start + what[0], start + what[1]),
        pic=(start + pic[0], start + pic[1]) if pic else None,
        due=(start + due.start, start + due.end) if due else None,
        due_on=due.found.day if due else None,
    )


_MONTH = re.compile(rf"\s*(?:{calendar_words.either(calendar_words.MONTHS)})(?:\s+\d{{4}})?\s*", re.IGNORECASE)


#: «setiap Senin» is no due date.
_RECURRING = re.compile(r"\b(?:setiap|tiap|tiap-tiap|every|each)$", re.IGNORECASE)


def day_in(words: str, said_on: date) -> date | None:
    """The day that a cell of a table or a label names."""
    words = f"akhir {words}" if _MONTH.fullmatch(words) else words  # a period means its end
    return next((found.day for found in dates_in(words, said_on)), None)


def begins_with_doer(words: str) -> bool:
    """«Paul to draft the letter»"""
    found = _TO_DO.match(words)
    return found is not None and not _NO_DOER.match(found["doer"])


#: «Mas Galih bikin jadwal», «seksi2 kirim prioritas»: in notes whoever is named before such a verb is to do it.
_BARE = re.compile(
    r"(?P<name>(?:(?:pak|bu|mas|mbak|bpk\.?|ibu|bapak)\s)?[\w.]+(?:\s[A-Z][\w.]*){0,3})\s"
    r"(?:akan |bantu |segera |tolong )?(?:bikin|buat|kirim|susun|siapkan|lengkapi|cek|urus|rekap|cetak|hubungi|"
    r"ajukan|antar|ambil|konfirmasi|koordinasi|kontak|pantau|tagih|undang|cari|bawa|perbaiki|isi|unggah|upload|bersurat)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(r"[a-z]{3,}2")


def is_bare_task(words: str, can_speak: Callable[[str], bool]) -> bool:
    found = _BARE.match(words)
    return found is not None and (can_speak(found["name"]) or _GROUP.fullmatch(found["name"]) is not None)


def _pic(words: str, due_at: int | None, can_speak: Callable[[str], bool]) -> tuple[Span | None, Span | None]:
    """Who is to do it, and what of the words only says so."""
    labelled = _PIC.search(words) or _PIC_BARE.search(words)
    if labelled:
        start, end = _name_from(words, labelled.end(), due_at)
        if start < end:
            closes = end + 1 if words[end : end + 1] in {")", "]"} else end
            return (start, end), (labelled.start(), closes)
    ways = (_leading_so_that, _leading_group, _leading, _handle, _bracketed, _by, _asked, _trailing)
    return next((found for way in ways if (found := way(words, due_at, can_speak))[0]), (None, None))


#: «Agar Kasubbag TU mengajukan pengadaan»
_SO_THAT = re.compile(r"(?:agar|supaya|mohon|harap|diminta)\s+(?=[A-Z])", re.IGNORECASE)
_Found = tuple[Span | None, Span | None]
_CanSpeak = Callable[[str], bool]


def _leading(words: str, _: int | None, can_speak: _CanSpeak) -> _Found:
    """«Sari: susun naskah», «Sari akan menyusun», «Sari, please send»."""
    to_do = _TO_DO.match(words)
    if to_do and not _NO_DOER.match(to_do["doer"]):
        return to_do.span("doer"), None
    dated = _NAME_AND_DAY.match(words)
    if dated and can_speak(dated["name"]):
        return dated.span("name"), dated.span()
    titled = _LEADING_WITH_DEGREES.match(words)
    if titled and _is_titled(titled["name"], can_speak):
        return titled.span("name"), None
    if every := _EVERY_ONE.match(words):
        return every.span("name"), None
    for way in _LEADING:
        leading = way.match(words)
        if leading is None:
            continue
        name = leading["name"]
        is_handle = name.startswith("@")
        if is_handle or (
            all(can_speak(part) or part in BODIES_IN_A_WORD for part in _JOINT.split(name))
            and not _VERB_FIRST.match(name)
        ):
            cut = leading.span() if "cut" in way.groupindex else None
            return (leading.start("name") + is_handle, leading.end("name")), cut
    return None, None


def _leading_so_that(words: str, _: int | None, can_speak: _CanSpeak) -> _Found:
    """«Agar Kasubbag TU mengajukan pengadaan»"""
    begins = _SO_THAT.match(words)
    found = _leading(words[begins.end() :], None, can_speak)[0] if begins else None
    return ((found[0] + begins.end(), found[1] + begins.end()), None) if begins and found else (None, None)


def _leading_group(words: str, _: int | None, __: _CanSpeak) -> _Found:
    """«seksi2 kirim prioritas»"""
    bare = _BARE.match(words)
    return (bare.span("name"), None) if bare and _GROUP.fullmatch(bare["name"]) else (None, None)


def _is_titled(written: str, can_speak: _CanSpeak) -> bool:
    name = parsed(written)
    return bool(name.suffix) and not name.rest and can_speak(name.core)


def _handle(words: str, _: int | None, __: _CanSpeak) -> _Found:
    handle = _HANDLE.search(words)
    return (handle.span("name"), handle.span()) if handle else (None, None)


def _bracketed(words: str, _: int | None, can_speak: _CanSpeak) -> _Found:
    """«Verifikasi timbangan [Camat Ulu] – H+3»"""
    for found in _IN_BRACKETS.finditer(words):
        if all(can_speak(name) for name in _JOINT.split(found["name"])):
            return found.span("name"), found.span()
    return None, None


def _by(words: str, due_at: int | None, can_speak: _CanSpeak) -> _Found:
    for found in _BY.finditer(words):
        start, end = _name_from(words, found.end(), due_at)
        if start < end and can_speak(words[start:end]):
            return (start, end), (found.start(), end)
    return None, None


def _asked(words: str, due_at: int | None, can_speak: _CanSpeak) -> _Found:
    """«meminta Sari menyusun naskah»."""
    asked = _ASKED.search(words)
    if asked is None:
        return None, None
    start, end = _name_from(words, asked.end(), due_at)
    stop = _ENDS_NAME.search(words, start, end)
    end = stop.start() if stop else end
    return ((start, end), None) if start < end and can_speak(words[start:end]) else (None, None)


#: «…, segera», «… – asap»: no day, and no name.
_NO_DAY = re.compile(
    r"(?:\s+[–—-]\s+|[,;]\s*|\s*[(\[]\s*)(?:segera|secepatnya|asap|as soon as possible|tbc|tbd|date tbc|ongoing|rutin|"
    r"berkelanjutan|"
    r"immediately|urgent|menyesuaikan|h\s?[+-]\s?\d{1,3}|(?:se)?tiap [\w ]{1,30}|next meeting|rapat (?:berikutnya|"
    r"depan)|done|selesai)\s*[)\]]?\W*$",
    re.IGNORECASE,
)


def _trailing(words: str, due_at: int | None, can_speak: _CanSpeak) -> _Found:
    """«susun naskah – Sari», «susun naskah (Sari)»."""
    words = words[: none.start()] if (none := _NO_DAY.search(words)) else words
    before_due = words[:due_at].rstrip(" ,;(–—-") if due_at else words
    trailing = _TRAILING.search(before_due) or _TRAILING.search(words)
    if trailing is None:
        return None, None
    name = trailing["name"].split(",")[0]
    if not all(can_speak(part) for part in _JOINT.split(name.lstrip("@"))):
        return None, None
    start = trailing.start("name")
    return (start + name.startswith("@"), start + len(name)), trailing.span()


def _name_from(words: str, start: int, due_at: int | None) -> Span:
    stops = [len(words), start + _LONGEST_NAME]
    end = next(
        (found for found in _END_OF_PIC.finditer(words, start) if not _is_within_name(words, start, found)), None
    )
    dated = _DATE_FOLLOWS.search(words, start)
    stops += [found.start() for found in (end, dated) if found]
    if due_at is not None and due_at > start:
        stops.append(due_at)
    begin, stop = stripped(words, start, min(stops))
    while stop > begin and words[stop - 1] in " ,;:.-–—(":
        stop -= 1
    return begin + (words[begin : begin + 1] == "@"), stop


def _is_within_name(words: str, start: int, found: re.Match[str]) -> bool:
    """«PIC: Kol. Inf. Agus Salim, M.Si (Han)»: the dot of a title, and the bracket that its own closes."""
    if found[0] == ".":
        return is_abbreviated(words, found.start())
    name = words[start : found.start()]
    return found[0] == ")" and name.count("(") > name.count(")")


def _what(words: str, cuts: list[Span]) -> Span:
    """The words without what only names the assignee or the due date at their beginning or end."""
    start, end = stripped(words, 0, len(words))
    for begin, stop in sorted(cuts):
        if begin <= start < stop < end:
            start = stop
    for begin, stop in sorted(cuts, reverse=True):
        if start < begin < end and not words[stop:end].strip(_EDGE + ")]"):
            end = len(words[:begin].rstrip(_EDGE))
    while start < end and words[start] in " \t\n,;:–—-":
        start += 1
    while end > start and words[end - 1] in _EDGE:
        end -= 1
    return (start, end) if start < end else stripped(words, 0, len(words))
