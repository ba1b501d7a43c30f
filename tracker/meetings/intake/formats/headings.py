"""What headings of several words are about, in Indonesian and English: «Keputusan Direksi», «Action log». Pure."""

import re
from functools import lru_cache

from tracker.meetings.intake.formats.sections import Section, phrases, plain_label, section_of

#: What a heading of several words is about, and the words that may stand beside these.
_OF_DECISIONS = phrases("""
    keputusan; kesepakatan; kesimpulan; simpulan; putusan; disepakati; diputuskan; disimpulkan; konklusi; decision;
    decisions; decided; resolution; resolutions; resolved; conclusion; conclusions; agreement; agreements; agreed;
    outcomes; penetapan; ditetapkan; menyepakati; memutuskan; menyimpulkan; approvals; mufakat; rulings
""")
_OF_ACTIONS = phrases("""
    action; actions; tindaklanjut; ditindaklanjuti; menindaklanjuti; todo; followup; followups; nextsteps; tasks;
    penugasan;
    aksi; tugas; rtl; kerja rumah; ditugaskan; wayforward; assignments; deliverables; dikerjakan; dilaksanakan
""")
_BESIDE_THESE = phrases("""
    rapat; sidang; pertemuan; musyawarah; forum; direksi; dewan; komisi; senat; pleno; panitia; pokja; bersama; peserta;
    tim; umum; akhir; hasil; hal; hal-hal; yang; dan; serta; dari; atas; dalam; oleh; para; butir; butir-butir; poin;
    poin-poin; pokok; pokok-pokok; daftar; matriks; matrik; tabel; rencana; langkah; langkah-langkah; perlu; harus;
    akan; telah; untuk; berikutnya; selanjutnya; mendatang; penting; ringkasan; rangkuman; desa; warga; komite;
    koordinasi; segera; pembagian; kerja; konkret; the; of; and; this; our; meeting; committee; board; council; group;
    working; session; list; log; table; register; tracker; summary; key; main; items; item; points; point; next;
    arising;
    from; to; be; taken; required; outstanding; new; made; reached; for; by; plan; matrix; on; agreed; tersebut; lain;
    sebagai; berikut; adalah; ini; senate; panel; directors; commissioners; komisaris; sementara; hari; today; we;
    what; kita; rekomendasi;
    recommendations; passed; adopted; carried; approved; risalah; catatan; immediate; owners; responsibilities
""")
_IN_ONE_WORD = (
    (re.compile(r"\btindak lanjut\b"), "tindaklanjut"), (re.compile(r"\bfollow[- ]ups?\b"), "followup"),
    (re.compile(r"\bnext steps?\b"), "nextsteps"), (re.compile(r"\bto[- ]dos?\b"), "todo"),
    (re.compile(r"\bway forward\b"), "wayforward"),
)  # fmt: skip
_MOST_WORDS = 6
_OF_A_SUPERIOR = re.compile(
    r"(?:arahan|pengarahan|instruksi|petunjuk|perintah) (?:dan (?:arahan|petunjuk|instruksi) )?\w"
)


@lru_cache(maxsize=4096)
def section_of_heading(words: str) -> Section | None:
    """Also of headings that say more than the bare word: «Keputusan Direksi», «Summary of agreed actions»."""
    section = section_of(words)
    if section:
        return section
    label = plain_label(words)
    for several, one in _IN_ONE_WORD:
        label = several.sub(one, label)
    parts = set(re.findall(r"[^\W\d_][\w'’-]*", label))
    of_actions, of_decisions = parts & _OF_ACTIONS, parts & _OF_DECISIONS
    if parts and parts <= _OF_ACTIONS | _OF_DECISIONS | _BESIDE_THESE and (of_actions or of_decisions):
        if of_actions and of_decisions - {"agreed", "disepakati"}:
            return Section.OUTCOMES
        return Section.ACTIONS if of_actions else Section.DECISIONS
    return Section.DIRECTIVES if _OF_A_SUPERIOR.match(label) and len(parts) <= _MOST_WORDS else None
