"""What headings and labels of minutes are called, in Indonesian and English. Pure."""

import re
from enum import StrEnum
from functools import lru_cache

from tracker.meetings.intake.formats.outline import PICTURE
from tracker.people.formats import folded


class Section(StrEnum):
    """What follows a heading or a label."""

    DECISIONS = "decisions"
    ACTIONS = "actions"
    #: Decisions and actions in one list.
    OUTCOMES = "outcomes"
    PROPOSALS = "proposals"
    DIRECTIVES = "directives"
    HOPES = "hopes"
    INFORMATION = "information"
    RESPONSES = "responses"
    REMARKS = "remarks"
    PEOPLE = "people"
    AGENDA = "agenda"
    HEAD = "head"
    DISCUSSION = "discussion"
    #: Signatures, recipients of copies: nothing of it is proposed.
    END = "end"


class Fact(StrEnum):
    """What a label says of the meeting, or of a task."""

    NAME = "name"
    DATE = "date"
    TIME = "time"
    PLACE = "place"
    NUMBER = "number"
    PIC = "pic"
    DUE = "due"
    #: The head of a mail: nothing of it is proposed.
    MAIL = "mail"
    #: Known labels that are kept as words.
    OTHER = "other"


def phrases(text: str) -> frozenset[str]:
    return frozenset(folded(phrase) for phrase in text.split(";") if phrase.strip())


_SECTIONS = {
    Section.DECISIONS: phrases("""
        keputusan; deal; fix; keputusan rapat; hasil keputusan; hasil keputusan rapat; kesepakatan; kesepakatan rapat;
        hasil kesepakatan; butir kesepakatan; butir-butir kesepakatan; hal yang disepakati; hal-hal yang
        disepakati; yang disepakati; yang diputuskan; hal-hal yang diputuskan; kesimpulan; simpulan; kesimpulan
        rapat; simpulan rapat; hasil rapat; putusan; diputuskan; disepakati; rapat memutuskan; rapat
        menyepakati; decision; decisions; decided; resolved; resolution; resolutions; agreed; agreement;
        agreements; conclusion; conclusions; outcomes; rapat menyepakati hal-hal berikut; keputusan dan
        kesepakatan; decisions made; decisions taken; kep
    """),
    Section.ACTIONS: phrases("""
        tindak lanjut; tindak lanjut rapat; rencana tindak lanjut; rtl; tl; tugas; penugasan; daftar tugas;
        matriks tindak lanjut; langkah selanjutnya; langkah tindak lanjut; langkah-langkah tindak lanjut;
        rencana aksi; hal yang perlu ditindaklanjuti; hal-hal yang perlu ditindaklanjuti; pekerjaan rumah; pr;
        action; actions; action item; action items; action point; action points; actions agreed; ai; ap; next
        step; next steps; follow up; follow-up; follow ups; follow-ups; to do; todo; to-do; to-dos; task; tasks;
        tindaklanjut; arahan tindak lanjut; daftar tindak lanjut
    """),
    Section.OUTCOMES: phrases("""
        keputusan dan tindak lanjut; kesepakatan dan tindak lanjut; kesimpulan dan tindak lanjut; kesimpulan dan
        rencana tindak lanjut; decisions and actions; decisions and action items; decisions and next steps;
        simpulan dan tindak lanjut; keputusan & tindak lanjut; hasil dan tindak lanjut; keputusan/tindak lanjut
    """),
    Section.PROPOSALS: phrases("""
        usulan; usul; usulan peserta; saran; saran dan masukan; masukan; masukan dan saran; masukan peserta;
        usulan dan masukan; proposal; proposals; suggestion; suggestions; recommendation; recommendations;
        rekomendasi; proposed
    """),
    Section.DIRECTIVES: phrases("""
        arahan; arahan pimpinan; arahan pimpinan rapat; arahan menteri; arahan direktur jenderal; instruksi;
        perintah; direction; directions; directive; directives; instructions; arahan ketua
    """),
    Section.HOPES: phrases("harapan; hope; hopes; expectations"),
    Section.INFORMATION: phrases("""
        tanggal rapat berikutnya; jadwal rapat berikutnya; date of next meeting; date of the next
        meeting; next meeting date;
        rapat berikutnya; rapat selanjutnya; pertemuan berikutnya; pertemuan selanjutnya; next meeting;
        received; diterima; informasi; info; fyi; information; pengumuman; announcements; announcement; informasi umum
    """),
    Section.RESPONSES: phrases("tanggapan; jawaban; respons; response; responses; answer; klarifikasi; tanya jawab"),
    Section.REMARKS: phrases(
        "catatan; note; notes; komentar; comment; comments; noted; dicatat; considered; remark; remarks; catatan rapat"
    ),
    Section.PEOPLE: phrases("""
        peserta; peserta rapat; daftar peserta; daftar hadir; yang hadir; hadir; kehadiran; peserta hadir;
        peserta yang hadir; peserta yang tidak hadir; undangan; tamu undangan; tidak hadir; yang tidak hadir;
        peserta tidak hadir; tidak dapat hadir;
        not present; unable to attend; berhalangan; berhalangan hadir; izin; absen; hadir daring; hadir secara daring;
        hadir luring; daring; luring; diwakili; attendees; attendee; participants; participant; present;
        attendance; in attendance; absent; absentees; apologies; regrets; online; joined online; attended
        online; remote; apologies for absence; dibuat oleh; disusun oleh; catatan dibuat oleh; catatan oleh;
        dicatat oleh;
        notulensi oleh; prepared by; recorded by; taken by; compiled by; pimpinan rapat; pemimpin rapat;
        dipimpin oleh; pimpinan; ketua rapat; notulis; notulen;
        notula; pencatat; sekretaris rapat; chair; chairperson; chaired by; minutes by; minute taker; note
        taker; notes by; scribe; secretary; moderator; narasumber; pembicara; peserta daring; anggota; anggota
        yang hadir; guests; invited; members present; also present; tidak hadir dengan keterangan; tidak hadir
        tanpa keterangan; represented; hadir langsung; facilitator; host; turut hadir
    """),
    Section.AGENDA: phrases("""
        agenda; agenda rapat; susunan acara; mata acara; acara rapat; pokok bahasan; topik pembahasan; agenda
        items; meeting agenda; agenda pembahasan; materi atau topik; materi rapat; order of business;
        items for discussion
    """),
    Section.HEAD: phrases("""
        informasi rapat; data rapat; meeting details; details; identitas rapat; dasar; dasar hukum; dasar
        pelaksanaan; waktu dan tempat; pelaksanaan; notula; notula rapat; risalah rapat; minutes of meeting;
        meeting minutes; mom; notulen rapat; notulensi; notulensi rapat
    """),
    Section.DISCUSSION: phrases("""
        pembahasan; jalannya rapat; jalan rapat; diskusi; pembukaan; penutup; penutupan; paparan; laporan; isi
        rapat; uraian; pokok pembahasan; hasil pembahasan; ringkasan; ringkasan rapat; ringkasan pembahasan;
        rangkuman; rangkuman pembahasan; discussion; discussions; discussion points; opening; closing; summary;
        items discussed; minutes; matters arising; any other business; aob; lain-lain; isu; permasalahan;
        permasalahan dan kendala; issues; key points; poin pembahasan; poin-poin pembahasan; discussion notes;
        kata pembukaan; kegiatan rapat; introduction; pendahuluan; jalannya musyawarah; tanggapan peserta;
        tanggapan dan masukan; masukan dan tanggapan; sesi tanya jawab;
        tanggapan anggota; progress; kendala; latar belakang; background; sambutan; reports; updates; report
    """),
    Section.END: phrases("""
        tembusan; lampiran; mengetahui; menyetujui; demikian; tanda tangan; distribution; attachments; cc;
        lampiran rapat; dokumentasi; dokumentasi kegiatan; hormat kami; salam; salam hormat; wassalam; cheers;
        regards; best; best regards; kind regards; warm regards; many thanks; best wishes; sincerely; yours
        sincerely
    """),
}
_FACTS = {
    Fact.NAME: phrases("""
        subject; judul; judul rapat; nama rapat; perihal; hal; acara; kegiatan; nama kegiatan; meeting; subject; title;
        topik; topic; rapat; tema; meeting title; re; fwd
    """),
    Fact.DATE: phrases("""
        tanggal; hari/tanggal; hari, tanggal; hari dan tanggal; hari; tgl; date; date of meeting; hari /
        tanggal; meeting date; tanggal rapat; day; hari & tanggal; hari/tgl; hari tanggal; date/time; date and
        time; tanggal/waktu; when; waktu pelaksanaan
    """),
    Fact.TIME: phrases(
        "waktu; pukul; jam; time; durasi; duration; waktu rapat; waktu mulai; mulai; selesai; start; end"
    ),
    Fact.PLACE: phrases("""
        tempat; lokasi; ruang; ruangan; location; venue; place; tempat rapat; room; where; media; platform;
        tempat/media
    """),
    Fact.NUMBER: phrases(
        "nomor; no; nomor surat; surat undangan; nomor notula; number; ref; reference; nomor undangan"
    ),
    Fact.PIC: phrases("""
        pic; penanggung jawab; penanggungjawab; pj; pelaksana; petugas; owner; assignee; assigned to;
        responsible; responsible person; who; by whom; action by; unit; unit penanggung jawab; unit kerja; oleh;
        pelaku; pemilik
    """),
    Fact.DUE: phrases("""
        tenggat; tenggat waktu; batas waktu; deadline; due; due date; target; target waktu; target selesai;
        paling lambat; jatuh tempo; by; by when; when due; waktu penyelesaian; target penyelesaian; tgl selesai;
        target date; jadwal
    """),
    Fact.MAIL: phrases("from; to; sent; dari; kepada; yth; reply to; dikirim; bcc"),
    Fact.OTHER: phrases("""
        kendala; masalah; permasalahan; hasil; kesimpulan sementara; jadwal; status; keterangan; link; tautan;
        meeting id; passcode; password; topik; isu; risiko; solusi; tujuan; sasaran; anggaran; progress;
        progres; capaian; contoh; misalnya; antara lain; yaitu; yakni; sebagai berikut; berikut; pertanyaan;
        sumber; foto; penulis; editor; oleh; post author; telepon; email; surel; alamat; website; situs;
        narahubung; kontak; contact; http; https; issue; risk; risks; goal; context; question; questions;
        problem; source; author; url; p.s; nb; ps; bahan; dokumen; materi; lampiran; periode; semester;
        triwulan; tahun; bulan; minggu; tahap; fase; kategori; jenis; jumlah; total; biaya; nilai; target tahun;
        realisasi; indikator; opsi; pilihan; pilihan a; alasan; dampak; penyebab; analisis; background; why;
        how; what; cara; langkah; syarat; ketentuan; pembahasan; siapkan undangan;
        webvtt; kind; language; region; style; siang; pagi; sore; malam; besok; selanjutnya;
        berikutnya; penting; perhatian; update; updates; pengingat; reminder; decision log; ringkas; inti;
        intinya; singkatnya; pertama; kedua; ketiga; terakhir; first; second; third; finally; next; also;
        however; important
    """),
}
SECTIONS = {words: section for section, phrases in _SECTIONS.items() for words in phrases}
FACTS = {words: fact for fact, phrases in _FACTS.items() for words in phrases}
#: «Waktu Sidang/Rapat» is «Waktu Rapat».
_OR_MEETING = re.compile(r"\b(?:sidang|musyawarah|pertemuan) rapat\b|\brapat (?:sidang|musyawarah|pertemuan)\b")
_NUMBERS_OF_HEADING = re.compile(r"^(?:[IVXLivxl]{1,5}|\d{1,2}(?:\.\d{1,2}){0,2}|[A-Za-z])[.)]?\s+")
SECTION_OF_KIND = re.compile(
    r"^(?P<what>keputusan|kesepakatan|kesimpulan|tindak lanjut|action|action item|action point|decision|resolution|"
    r"agreement|"
    r"recommendation|usulan|arahan)\s*(?:#|no\.?|ke-?)?\s*[a-z]{0,2}\d{1,4}(?: \d{1,4}){0,3}$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def plain_label(words: str) -> str:
    """A heading or label without numbering, pictures, emphasis and colon."""
    label = PICTURE.sub("", words.strip().strip("#*_=:[]").strip(), count=1)
    label = _NUMBERS_OF_HEADING.sub("", label.strip("*_: "))
    return _OR_MEETING.sub("rapat", folded(label.strip("*_: ")))


@lru_cache(maxsize=4096)
def section_of(words: str) -> Section | None:
    """The section that a heading or a label opens."""
    label = plain_label(words)
    numbered = SECTION_OF_KIND.match(label)
    label = numbered["what"] if numbered else label
    if label in SECTIONS:
        return SECTIONS[label]
    without = re.sub(
        r"\s*\([^)]*\)$|^(?:daftar|hasil|the|pokok|butir|beberapa)\s+|\s+(?:rapat|sebagai berikut)$", "", label
    )
    return SECTIONS.get(without) or _section_of_several(words) or _section_of_people(label)


_PRESENCE = phrases(
    "present; attending; absent; attendees; apologies; invitation; regrets; hadir; peserta; berhalangan; absen;undangan"
)
_BESIDE_PRESENCE = phrases("""
    members; directors; staff; also; in; by; for; of; the; not; yang; tidak; anggota; tamu; para; daftar; dari; unsur;
    guests; others; committee; board; officers; senators; councillors; trustees; delegates; absence; with; voting;
    nonvoting; online; rapat; musyawarah; dan; lain; lainnya; sidang; and; observers; partly; list; permohonan
""")


def _section_of_people(label: str) -> Section | None:
    """«Directors present», «By invitation»"""
    parts = set(label.split())
    return Section.PEOPLE if parts & _PRESENCE and parts <= _PRESENCE | _BESIDE_PRESENCE else None


def _section_of_several(words: str) -> Section | None:
    """«Hasil rapat / kesimpulan», «Diskusi dan tanggapan»."""
    sections = [SECTIONS.get(plain_label(part)) for part in re.split(r"\s*[/&]\s*|\s+(?:dan|and)\s+", words)]
    known = [section for section in sections if section]
    if len(known) < len(sections) or len(known) == 1:
        return None
    return Section.OUTCOMES if {Section.DECISIONS, Section.ACTIONS} <= set(known) else known[0]


def fact_of(words: str) -> Fact | None:
    return FACTS.get(plain_label(words))
