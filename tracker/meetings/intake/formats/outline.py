"""How written minutes are laid out: headings, labels, bullets, tables, in Indonesian and English. Pure."""

import re
from enum import StrEnum
from functools import lru_cache

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
        keputusan; keputusan rapat; hasil keputusan; hasil keputusan rapat; kesepakatan; kesepakatan rapat;
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
#: Nouns by their form: «Permasalahan», «Pembahasan», «Implementation».
_NOUN = re.compile(
    r"(?:pe[mnr]|peng|penye|ke|per|pe)\w{3,}an|\w{4,}(?:tion|sion|ness|ship|isasi|itas|nya)", re.IGNORECASE
)

_SIGNS = r"•·▪▫■□◦‣⁃○●►▶➢➤❖✦→⇒◆◇★☆✓✔☐☑☒✅❌🗹①-⑳\ue000-\uf8ff"
BULLET = re.compile(
    rf"\s*(?:(?:[{_SIGNS}]\ufe0f?\s*|[=-]>\s*|>>\s+|[-–—*+o]\s+|-(?=[A-Za-z])|\[[ xXvV✓✔-]\]\s*|"
    r"\(?\d{1,3}(?:\.\d{1,3}){0,3}[.):]\s+|"
    r"\(\d{1,3}\)\s*|\d{1,2}(?:\.\d{1,2}){1,3}\s+(?=[A-Z])|\(?(?:[a-z]|[ivxl]{1,5}|[IVXL]{2,5})[.)]\s+|"
    r"[A-Z]{1,3}[-.]?\d{1,3}[:)]\s+|\d{1,3}[.)](?=[^\d\s]))){1,3}"
)
MARKDOWN_HEADING = re.compile(r"\s*#{1,6}\s+")
#: «A. Pembukaan», «I. Pendahuluan» before a heading; before other words it may be an initial.
LETTER = re.compile(r"[A-Z][.)]\s+")
#: Pictures before headings: «📌 Keputusan».
PICTURE = re.compile(r"[\s\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]*")
RULE = re.compile(r"[\s\-–—_=*·.•~#+|:─-╿▀-▟]*")
EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(:?)$")
#: «Waktu Sidang/Rapat» is «Waktu Rapat».
_OR_MEETING = re.compile(r"\b(?:sidang|musyawarah|pertemuan) rapat\b|\brapat (?:sidang|musyawarah|pertemuan)\b")
_NUMBERS_OF_HEADING = re.compile(r"^(?:[IVXLivxl]{1,5}|\d{1,2}(?:\.\d{1,2}){0,2}|[A-Za-z])[.)]?\s+")
#: A label: few words before a colon. The words may be in bold.
LABEL = re.compile(r"(?P<label>[^\s:：|\t“\"(][^:：|\t“\"\n]{0,78}?)\**\s*(?:\t\s*)?[:：]\**(?!//)(?!\d\d)\s*")
#: Another label within a line: «Owner: Sari. Action: …».
INNER_LABEL = re.compile(r"[.;,|]\s+(?P<label>[^\W\d_][\w ]{0,20}?)\s?:\s+(?=\S)")
#: «Sari – susun naskah», «Sari - setuju».
DASHED = re.compile(r"(?P<label>[^\W\d_][^:\t|“\"–—>→\n\d]{0,78}?)\s+(?:[–—-]|-?->|→|=>)\s+(?=\S)")
#: «Agenda 1: …», «Agenda item 2 - …», «Topik II. …» above what was said of it.
NUMBERED_TOPIC = re.compile(
    r"(?:agenda(?: item)?|item|topi[ck]|mata acara|pokok bahasan|sesi|session)\s*(?:no\.?\s*)?(?:\d{1,2}|[IVX]{1,4})\s*"
    r"(?:[:.–—-]\s*|$)",
    re.IGNORECASE,
)
#: «Chapter 2 (Access to justice)»
CHAPTER = re.compile(
    r"(?:chapter|bab|section|part|klaster|cluster|komponen|isu|issue|workstream|agenda|item|topi[ck]|sesi|session)\s+"
    r"(?:\d{1,2}|[IVX]{1,4})\b(?!\s*[:：])",
    re.IGNORECASE,
)
#: «034/26 Apologies»
NUMBER_OF_MINUTE = re.compile(r"\d{1,4}/\d{2,4}[.:]?\s+(?=[A-Z])")
#: «TODO Sari: kirim undangan», «AI Joan Pell – …»: whose action it is.
LABEL_OF_ACTION = re.compile(
    r"(?:to-?do|action|ai|tugas)\s+(?:for\s+|untuk\s+)?(?P<pic>\S.*)|(?P<self>me|myself|saya|aku)", re.IGNORECASE
)
#: «Surat Undangan : 005/211», «Sifat Rapat\t: Terbuka»: a line of a form.
FORM = re.compile(r"(?P<label>[^\s:：|][^:：|\n]{0,58}?)\s+[:：]\s+(?=\S)")
#: «Rapat menyepakati beberapa hal berikut:», «The meeting agreed as follows:».
INTRODUCTION = re.compile(
    r"\b(?:(?P<actions>ditindaklanjuti|tindak lanjut|action points|follow[- ]up)|menyepakati|memutuskan|menyimpulkan|"
    r"bersepakat|disepakati|diputuskan|disimpulkan|agreed|decided|resolved|concluded)\b",
    re.IGNORECASE,
)
#: «Rapat dibuka pukul 10.05», «The meeting was adjourned»: circumstances.
COURSE = re.compile(
    r"(?:rapat|pertemuan|acara|kegiatan|sidang|musyawarah|(?:the )?(?:meeting|call|session|teleconference))\s+(?:"
    r"(?:(?:ini )?(?:saya|kami) (?:nyatakan )?(?:buka|tutup|mulai|skors|lanjutkan))|(?:ini )?(?:di(?:buka|tutup|mulai|"
    r"akhiri)|"
    r"selesai|usai|berakhir)|(?:was )?(?:opened|closed|adjourned|began|started|ended|called to order))\b",
    re.IGNORECASE,
)
#: «The Third Meeting was held in Vientiane», «Rapat dihadiri oleh …», «The Meeting expressed its gratitude».
HELD = re.compile(
    r"apologies (?:were|was|had been|have been) (?:received|accepted|noted|given)\b|there being no (?:further|"
    r"other) business\b|"
    r"(?:the )?(?:[\w-]+ ){0,3}?(?:rapat|sidang|pertemuan|musyawarah|meeting|session)(?: (?:of|koordinasi|"
    r"ini) ?[^.,]{0,60})?,? "
    r"(?:(?:di(?:hadiri|pimpin|laksanakan|selenggarakan|gelar|ikuti|adakan)|berlangsung|bertempat|"
    r"mengucapkan terima kasih)|"
    r"(?:was|were) (?:held|attended|chaired|convened|co-chaired|conducted)|took place|convened|"
    r"(?:expressed|recorded|conveyed) (?:its |their )?(?:sincere |deep )?(?:appreciation|gratitude|thanks)|thanked)\b",
    re.IGNORECASE,
)
#: «NIP. 197204152001121003»
SERVICE_NUMBER = re.compile(r"\W*NI[PK]\b[.:\s]*[\d ]{6,}\W*", re.IGNORECASE)
#: «For further information please contact …»
CONTACT = re.compile(
    r"\W*(?:for (?:further|more|additional) (?:information|details|enquiries|inquiries)|(?:media|press) (?:contact|"
    r"enquiries)|"
    r"untuk informasi lebih lanjut|informasi lebih lanjut)\b.{0,300}",
    re.IGNORECASE | re.DOTALL,
)
#: «Hi all, here are my notes», «Yth. Bapak/Ibu»; «None.» below a heading.
GREETING = re.compile(
    r"(?:hi|hello|dear|halo|hai|yth|dengan hormat|assalamu\W?alaikum|berikut (?:ini )?(?:adalah |"
    r"kami sampaikan )?(?:ringkasan|catatan|"
    r"hasil|notul\w*|poin)|please find|below are|here (?:are|is))\b.{0,300}|"
    r"(?:terima kasih|thank you|thanks|salam)(?: banyak| very much)?\W*",
    re.IGNORECASE | re.DOTALL,
)
NOTHING = re.compile(
    r"\W*(?:there (?:was|were) (?:none|no [\w ]{1,30})|no (?:other|further|new) (?:business|matters?|items?|"
    r"issues?)(?: (?:was|were) \w+)?|"
    r"none \w{1,20}|tidak ada (?:hal|usulan|masukan)(?:[- ]hal)? lain(?:nya)?|none|nil|nihil|n/a|tidak ada|"
    r"nothing(?: to report)?|no other business)?\W*",
    re.IGNORECASE,
)
#: «Demikian notula ini dibuat untuk dipergunakan sebagaimana mestinya.»
CLOSING = re.compile(r"demikian(?:lah)?\s.{0,80}\b(?:dibuat|disusun|disampaikan)\b", re.IGNORECASE | re.DOTALL)
#: «Jakarta, 11 November 2026» above the signatures.
PLACE_AND_DAY = re.compile(r"[A-Z][\w. ]{1,40},\s+(?:tanggal\s+)?\d{1,2}\s+[^\W\d_]{3,12}\s+\d{4}")
#: «Mengetahui,                    Notulis,»
SIGNATURE = re.compile(r"(?P<label>[^\W\d_][^,\n]{2,40}),(?:[ \t]{2,}\S.*)?$")
#: Before a name that opens what was said: «Tanggapan Biro Hukum (Agus Salim):».
BEFORE_SPEAKER = re.compile(
    r"(?P<what>tanggapan|jawaban|respons|masukan|usulan|usul|saran|arahan|penjelasan|paparan|laporan|catatan|response|"
    r"comments?|remarks?|report)\s+(?:dari\s+|oleh\s+|from\s+|by\s+|of\s+)?(?=[A-Z])",
    re.IGNORECASE,
)
#: «Greg's written comment: …»
OF_SPEAKER = re.compile(
    r"(?P<name>[A-Z][\w .'’-]{1,60}?)['’]s (?:written )?(?:comments?|remarks?|views?|response|questions?|input|note|"
    r"update)",
    re.IGNORECASE,
)
#: Before what came of it: «=> pakai e-katalog», but «=> No decision yet».
ARROW = re.compile(r"\s*(?:=>|==>|⇒)\s*")
UNDECIDED = re.compile(r"(?:no|not|none|belum|tidak|nanti|later|tunda)\b", re.IGNORECASE)
#: «Training (Mei-Ling Chua)»
IN_BRACKETS = re.compile(r"\((?P<name>[^()]{2,60})\)$")
#: «[09.15]», «09:15», «(10.20 WIB)» before what was said.
CLOCK = re.compile(
    r"[\[(]?(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4},?\s+)?(?P<hour>\d{1,2})[.:](?P<minute>\d\d)(?:[.:](?P<second>\d\d))?"
    r"(?:\s?(?:WIB|WITA|WIT|AM|PM|am|pm))?[\])]?(?:\s*[-–—|]\s*|\s+)"
)
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


def is_common_noun(word: str) -> bool:
    return _NOUN.fullmatch(word) is not None
