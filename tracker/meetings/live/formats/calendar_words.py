"""Vocabulary of dates in Indonesian and English, and patterns made of it. Pure."""

import re
from collections.abc import Iterable


def _numbered(*names: str, start: int) -> dict[str, int]:
    return {name: number for number, alike in enumerate(names, start) for name in alike.split()}


MONTHS = _numbered(
    "januari january jan", "februari february pebruari feb", "maret march mar", "april apr", "mei may",
    "juni june jun", "juli july jul", "agustus august agust agu agt ags aug", "september sept sep",
    "oktober october okt oct", "november nopember nov nop", "desember december des dec", start=1,
)  # fmt: skip
#: Monday is 0. «Minggu» is missing because it also means week.
WEEKDAYS = _numbered(
    "senin monday", "selasa tuesday", "rabu wednesday", "kamis thursday", "jumat jum'at jum’at jum‘at friday",
    "sabtu saturday", "ahad sunday", start=0,
)  # fmt: skip
#: Weekdays only if a date follows.
SHORT_WEEKDAYS = _numbered(
    "sen mon", "sel tue tues", "rab wed", "kam thu thur thurs", "jum fri", "sab sat", "min sun minggu", start=0
)
FRIDAY, SUNDAY = 4, 6
DAYS_AHEAD = {"hari ini": 0, "today": 0, "besok": 1, "esok": 1, "tomorrow": 1, "lusa": 2, "nanti sore": 0,
              "nanti malam": 0, "nanti siang": 0, "pagi ini": 0, "siang ini": 0, "sore ini": 0,
              "malam ini": 0, "tonight": 0, "this afternoon": 0, "this evening": 0}  # fmt: skip
NUMBERS = _numbered("se satu one a an", "dua two", "tiga three", "empat four", "lima five", "enam six", "tujuh seven",
                    "delapan eight", "sembilan nine", "sepuluh ten", start=1)  # fmt: skip
ORDINALS = _numbered(
    "pertama kesatu first 1st ke-1 i 1", "kedua second 2nd ke-2 ii 2", "ketiga third 3rd ke-3 iii 3",
    "keempat fourth 4th ke-4 iv 4", "kelima fifth 5th ke-5 v 5", start=1,
)  # fmt: skip
LAST = frozenset({"terakhir", "last"})
DAY_UNITS = frozenset({"hari", "day", "days"})
WEEK_UNITS = frozenset({"minggu", "pekan", "week", "weeks"})
MONTH_UNITS = frozenset({"bulan", "month", "months"})

#: White space between words is limited so that matching stays linear in the length of the text.
SPACE = r"\s{1,3}"


def either(words: Iterable[str]) -> str:
    """A pattern for any of these words, longest first."""
    patterns = (re.escape(word).replace(r"\ ", SPACE) for word in words)
    return "(?:" + "|".join(sorted(patterns, key=len, reverse=True)) + ")"


_S = SPACE
NEXT = rf"(?:depan|mendatang|berikutnya|(?:yang{_S})?akan{_S}datang)"
END_OF = rf"(?:(?:pada{_S})?(?:akhir|penghujung|ujung)|(?:the{_S})?end{_S}of(?:{_S}the)?)"
#: With these words a period ends before it begins: «sebelum Januari» means December.
BEFORE = r"(?:sebelum|before)"
#: Words that introduce a due date.
ANNOUNCING = (
    rf"(?:(?:batas{_S}(?:waktu|akhir)|tenggat(?:{_S}waktu)?|jatuh{_S}tempo|target(?:{_S}(?:waktu|selesai))?|"
    rf"deadline|dl|due(?:{_S}date)?)(?:nya)?|paling{_S}(?:lambat|telat|akhir|lama)(?:nya)?|"
    rf"se(?:lambat|telat)(?:{_S}|-)?(?:lambat|telat)?nya|{BEFORE}|sampai(?:{_S}dengan)?|hingga|s\.?\s?/?d\.?|"
    rf"by|until|till|(?:no|not){_S}later{_S}than|at{_S}the{_S}latest)"
)
#: Words between those and the date: «paling lambat pada hari …», «due on …».
LEADING = r"(?:pada|hari|tanggal|tgl\.?|on|bulan|tahun)"
#: Removed only if a word introduces the date.
LINKING = r"(?:the|at|is|adalah|ialah|yaitu|yakni|by|in|of|before|until|di)"
#: Words that mark the preceding date as due date: «5 Des (tenggat)», «5 Dec at the latest».
ANNOUNCED_AFTER = (
    rf"(?:(?:batas{_S}(?:waktu|akhir)|tenggat(?:{_S}waktu)?|jatuh{_S}tempo|deadline|due(?:{_S}date)?)(?:nya)?|"
    rf"paling{_S}(?:lambat|telat)|at{_S}the{_S}latest|latest)"
)
#: Words a date can begin with, including introducing words; short ones only as whole words.
_FIRST = {
    *MONTHS, *WEEKDAYS, *SHORT_WEEKDAYS, *DAYS_AHEAD, *NUMBERS, *ORDINALS, "tanggal", "tgl", "the", "hari",
    "next", "this",
    "pekan", "week", "dalam", "within", "in", "bulan", "tahun", "year", "triwulan", "kuartal", "kwartal", "quarter",
    "semester", "smt", "pada", "awal", "pertengahan", "tengah", "medio", "mid", "akhir", "penghujung", "ujung", "end",
    "batas", "tenggat",
    "jatuh", "target", "deadline", "dl", "due", "paling", "sebelum", "before", "sampai", "hingga", "by",
    "until", "till",
    "no", "not", "at",
}  # fmt: skip
_SHORT = {word for word in _FIRST if len(word) < len("mid") and word != "se"}
FIRST_WORDS = rf"{either(_FIRST - _SHORT)}|{either(_SHORT)}(?![^\W\d_])|s\.?\s?/?d|h\s?\+|tw|q"
