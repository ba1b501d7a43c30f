"""The letter at the start of a line that sets its kind."""

import re

from tracker.meetings.rules import StatementKind

#: Kinds by letter; `t` is an action.
MARKS = {
    "u": StatementKind.PROPOSAL,
    "k": StatementKind.DECISION,
    "a": StatementKind.DIRECTIVE,
    "h": StatementKind.HOPE,
    "j": StatementKind.EXHORTATION,
    "t": None,
}
_SMALL = re.compile(r"\s*([uktahj])[ \t]+(?=\S)")
#: Phones capitalise the letter. It counts only if a sentence follows: not in «T 1», «K 3 sertifikasi», «H Agus».
_CAPITAL = re.compile(r"\s*([UKTAHJ])[ \t]+(?=[@#“”\"«‘„]\w|[^\W\d_][\w’'-]*[,:]?\s+\S)")
#: Capitalised words that can start a sentence after a capital letter.
_BEGINNING_WORDS = """
agar agree agreed all anggaran apabila approve approved ask bahas bahwa bentuk buat create dalam dengan dibentuk
discuss disepakati disetujui ditolak ditunda draft evaluasi forum harap harapan hasil hold invite jadwal jika kalau
kami kegiatan ketua kirim kirimkan kita koordinasi lakukan lanjutkan laporan laporkan let mari menurut menyepakati
menyetujui minta mohon mungkin pada pembentukan pengadaan penyusunan percepatan perlu perlunya peserta please prepare
program publish rapat report request revisi sampaikan saya sebaiknya segera seluruh semoga semua send sepakat set
setiap setuju siapkan sosialisasi submit supaya surat susun target the tim tindak tindaklanjuti undang untuk update
usul usulan we write
"""
_BEGINNINGS = frozenset(_BEGINNING_WORDS.split())
#: «A meeting was held» is English, not a directive.
_ARTICLE = re.compile(r"\b(?:the|of|was|were|is|are|has|have|had|will|be|been|to|and|for|by|that|should|with|from)\b")


def mark_of(line: str) -> tuple[str | None, int]:
    """The letter in lower case, and the start of the text after it."""
    marked = _SMALL.match(line) or _CAPITAL.match(line)
    if marked is None or (marked[1].isupper() and not _is_sentence(marked[1], line[marked.end() :])):
        return None, 0
    return marked[1].lower(), marked.end()


def _is_sentence(mark: str, text: str) -> bool:
    first = re.match(r"[^\W\d_]+", text)
    if first is None or re.match(r"(?:U|TL|R)-\d", text):
        return True  # a mention, a quotation or a running code
    if mark == "A" and _ARTICLE.search(text):
        return False
    return first[0].islower() or first[0].lower() in _BEGINNINGS
