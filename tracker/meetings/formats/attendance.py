"""Words and patterns of attendance lists, in Indonesian and English: posts, units, roles, attendance status."""

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(";"))


#: First words of posts.
POST_WORDS = _set("""
    administrator advisor ajudan akuntan analis anggota arsiparis asdep asesor asisten assistant asisten-deputi
    auditor bendahara bupati camat ceo cfo chief cio coo cto danrem dekan deputi deputy direktris dirjen dirut
    director direktur dosen dubes gubernur guru hakim head irjen inspektur instruktur irban jaksa kabag kabid kabiro
    kadin kadis kadiv kakanwil kalapas kapolda kapolres kapolri kapuskesmas kapus kapusdatin karo karutan kasatker
    kasi kasie kasubag kasubbag kasubbid kasubdit kasubid kasubsi kasubtim kaur kepala kepsek ketua konsultan
    koordinator korfung kpa kuasa lead lurah manager manajer menteri mensesneg menko mendagri menkeu menlu menhan
    menkumham menkum menham menpora menpan menpanrb menaker mensos menag menkes menristek mendikbud menteri-negara
    menperin mendag mentan menhub menkominfo menparekraf operator panglima pejabat pelaksana pembina penasihat
    penata pendamping penelaah peneliti pengacara pengadministrasi pengawas pengelola penggerak penghubung pengolah
    penyelia penyuluh penyusun perancang perencana perwakilan pic pimpinan pj plh plt ppk pranata presiden
    prosecutor protokol pustakawan rektor sekda sekdis sekdep sekdirjen sekjen sekretaris secretary sesban sesditjen
    sesmen sesmenko sespri specialist spesialis staf staff statistisi stafsus subkoordinator supervisor tenaga tim
    timker unit vice wakil walikota wali wamen wamenkumham wapres waka wakasek wakapolri wakajati widyaiswara
""")
#: First words of units and bodies.
UNIT_WORDS = _set("""
    bappenas bappeda bawaslu ombudsman setkab seskab setdirjen badan bag bagian balai bank biro bid bidang bpsdm
    cabang cv dewan dinas direktorat dit ditjen divisi fakultas fkip gubernuran humas inspektorat institut itjen
    kanwil kantor kasatuan kecamatan kedubes kedutaan kejaksaan kejari kejati kelompok kelurahan kementerian kemenko
    kesekretariatan kodam kodim koalisi komisi komite komnas korps lapas lbh lembaga mabes mahkamah majelis
    organisasi ormas pemda pemerintah pemkab pemkot pemprov pengadilan perhimpunan persatuan perum perusahaan pn
    pokja polda polres polri polsek prodi program pt puskesmas pusat pusdatin puslitbang rumah rutan rs rsud satgas
    satker satuan sekretariat seksi serikat setditjen setjen setneg setwan subbag subbagian subdit subdirektorat
    subseksi tni universitas univ upt uptd yayasan keuangan kepegawaian perlengkapan perencanaan umum hukum program
    department directorate division ministry office section university agency commission bureau
""")
#: Abbreviations in capitals that are posts; others are read as units or bodies.
POST_LETTERS = _set("ceo cfo cio coo cto ppk kpa pic tu pj plt plh gm vp md evp svp")
ACTING = re.compile(r"^(?:plt|plh|pj|pjs|a\.n|u\.b)\b\.?\s*", re.IGNORECASE)

#: Words for each role; the keys are the values of `AttendanceRole`.
ROLE_WORDS: dict[str, tuple[str, ...]] = {
    "chair": _phrases("""
        ketua; ketua rapat; pimpinan; pimpinan rapat; pemimpin rapat; pemimpin; ketua sidang; chair;
        chairman; chairwoman; chairperson; dipimpin oleh; chaired by; presiding; led by; pimpinan sidang;
        yang memimpin
    """),
    "accompanying": _phrases("""
        pendamping; mendampingi; didampingi; didampingi oleh; pendamping pimpinan; accompanying
    """),
    "secretary": _phrases("""
        sekretaris; sekretaris rapat; secretary; secretariat; sekretariat
    """),
    "minute_taker": _phrases("""
        notulis; notulen; notulensi; notula; pencatat; pencatat rapat; petugas notula; minute taker; minutes
        taker; note taker; minutes; scribe; notetaker; perekam
    """),
    "participant": _phrases("""
        peserta; peserta rapat; hadirin; anggota; anggota rapat; participant; participants; attendee;
        attendees; member; members
    """),
    "invitee": _phrases("""
        undangan; tamu; tamu undangan; narasumber; pembicara; pemateri; pakar; ahli; invitee; invitees;
        invited; guest; guests; speaker; speakers; narsum; penanggap; pembahas; resource person
    """),
}
#: Tasks that are not among the roles; they are stored in the note.
TASKS = _set("moderator mc pembawa-acara host co-host operator fasilitator protokol timekeeper penerjemah interpreter")

#: Words for each status; the keys are the values of `AttendanceStatus`. The longest is matched first.
STATUS_WORDS: dict[str, tuple[str, ...]] = {
    "present": _phrases("""
        hadir; datang; hadir langsung; hadir fisik; luring; offline; tatap muka; onsite; on site; present;
        attended; in person; hadir di tempat; ada; v; yes; ya; y; h
    """),
    "present_online": _phrases("""
        daring; online; on line; virtual; zoom; via zoom; lewat zoom; zoom meeting; teams; gmeet; google
        meet; vicon; video conference; hadir daring; hadir online; hadir secara daring; hadir secara
        virtual; hadir virtual; hadir via zoom; hadir lewat zoom; hadir melalui zoom; melalui zoom; secara
        daring; remote; remotely; present online; attended online; by phone; telepon; webinar
    """),
    "partial": _phrases("""
        hadir sebagian; sebagian; terlambat; datang terlambat; hadir terlambat; menyusul; pulang awal; izin
        pulang awal; late; left early; partial; partly; joined late; hadir sebentar
    """),
    "excused": _phrases("""
        izin; ijin; sakit; cuti; dinas luar; tugas luar; dl; perjalanan dinas; dinas; berhalangan;
        berhalangan hadir; cuti tahunan; cuti bersalin; cuti besar; tugas belajar; diklat; izin sakit; izin
        tidak hadir; ijin tidak hadir; tidak hadir (izin); tidak dapat hadir; tidak bisa hadir; excused;
        apologies; apology; on leave; sick; sick leave; leave; regrets; wfh; umrah; umroh; haji; rapat lain;
        ada rapat lain; ada kegiatan lain; kegiatan lain; i; s; c
    """),
    "absent": _phrases("""
        tidak hadir; tdk hadir; tak hadir; tidak datang; absen; absent; alpa; alpha; tanpa keterangan; tk;
        mangkir; not present; did not attend; no show; tidak hadir tanpa keterangan; tanpa kabar; a
    """),
    "represented": _phrases("""
        diwakili; mewakilkan; represented; diwakilkan; by proxy
    """),
    "expected": _phrases("""
        diundang; akan hadir; konfirmasi hadir; belum konfirmasi; invited; expected; tentative
    """),
}
REPRESENTED = re.compile(
    r"\b(?:diwakili|diwakilkan|mewakilkan|represented|proxy)\s*(?:oleh|kepada|by|:)?\s+(?P<who>\S.*)$", re.IGNORECASE
)
REPRESENTING = re.compile(r"\b(?:mewakili|representing|on behalf of|a\.n\.|atas nama)\s+(?P<whom>\S.*)$", re.IGNORECASE)

#: Column headings by the content of the column.
COLUMN_WORDS: dict[str, tuple[str, ...]] = {
    "number": _phrases("""
        no; nomor; no urut; nr; #; num; number; urut
    """),
    "name": _phrases("""
        nama; nama lengkap; nama peserta; nama pegawai; nama dan gelar; nama undangan; name; full name;
        names; attendee; participant; peserta; nama pejabat; nama nip; nama/nip; pejabat; nama & gelar
    """),
    "post": _phrases("""
        jabatan; position; post; job title; jabatan/unit kerja; pangkat/jabatan; jabatan dalam dinas;
        jabatan dinas; title; jab; jabatan unit kerja; jabatan instansi; jabatan/instansi
    """),
    "unit": _phrases("""
        unit; unit kerja; instansi; satuan kerja; satker; lembaga; asal; asal instansi; organisasi; bagian;
        direktorat; institution; organisation; organization; affiliation; unit/instansi; unit
        kerja/instansi; unit kerja instansi; instansi/unit kerja; kantor; company; biro; opd
    """),
    "nip": _phrases("""
        nip; nip/nrp; nip nrp; nrp; nip/nik; nip lama; nomor induk pegawai; employee number
    """),
    "prefix": _phrases("""
        gelar depan
    """),
    "suffix": _phrases("""
        gelar belakang; gelar
    """),
    "role": _phrases("""
        peran; role; peran dalam rapat; kedudukan; sebagai
    """),
    "status": _phrases("""
        kehadiran; status; status kehadiran; attendance; hadir; ket; keterangan; remarks; remark;
        hadir/tidak; hadir tidak hadir; note; notes; catatan
    """),
    "ignored": _phrases("""
        tanda tangan; ttd; paraf; signature; tandatangan; email; e-mail; surel; hp; no hp; telepon; no
        telepon; telp; phone; no wa; whatsapp; pangkat; golongan; gol; pangkat/golongan; pangkat golongan;
        pangkat/gol; pangkat gol; jam; jam hadir; waktu; l/p; jenis kelamin; jk; alamat; foto; kode; tgl;
        tanggal
    """),
}
#: Labels above the list that are about the meeting.
HEAD_LABELS = _set("""
    hari tanggal hari/tanggal tgl waktu pukul jam tempat lokasi acara agenda perihal hal nomor kegiatan rapat kop
    tahun date time venue place subject meeting topic day ruang link
""")
TITLES_OF_LISTS = re.compile(
    r"^(?:daftar\s+(?:hadir|peserta|undangan|nama|kehadiran)|absensi|attendance\s+list|list\s+of\s+(?:attendees|"
    r"participants)|presensi|lampiran|kop\s+surat|rapat\s+|kementerian\s+.*\brepublik\s+indonesia$|yang\s+(?:hadir|"
    r"bertanda\s+tangan)|demikian|mengetahui)\b",
    re.IGNORECASE,
)
NIP = re.compile(r"(?:\bNIP\b\.?\s*:?\s*)?(?<!\d)((?:19|20)\d{6}[ .]?\d{6}[ .]?[12][ .]?\d{3})(?!\d)", re.IGNORECASE)
NIP_LABEL = re.compile(r"\bN(?:IP|RP|IK)\b\.?\s*:?\s*(?:[-–—.…]+|\d[\d .-]*)?\s*$", re.IGNORECASE)
OTHER_NUMBER = re.compile(
    r"(?:\b(?:NRP|NIK|NIDN|HP|Telp|WA)\b\.?\s*:?\s*)?(?<![\w+])\+?\d[\d .()-]{6,}\d(?!\w)", re.IGNORECASE
)
ADDRESS = re.compile(r"[<(]?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b[>)]?")
HANDLE = re.compile(r"\(\s*@[\w.]+\s*\)|(?<!\S)@(?=\w)")
#: Single capitals are left out: «S. Budi» has an initial, and only the other lines show whether «A.» numbers a list.
BULLET = re.compile(
    r"^\s*(?:[-–—•*·▪◦‣○●■□◆➢➤►✦\uf0a7\uf0b7\uf0d8\uf076]\s*|\(?(?:\d{1,3}|[a-z]|[ivxl]{1,5}|[IVXL]{2,5})[.)]\s+|"
    r"\(?[A-Z]\)\s+|"
    r"\d{1,3}[.)](?=[^\d\s])|#{1,6}\s+|>\s+|o\s+)"
)
LETTER_OF_HEADING = re.compile(r"^\s*[A-Z]\.\s+")
CHECKED = re.compile(r"^\s*(?:\[\s*[xXvV✓✔]\s*\]|[☑✅✓✔🗹])\s*|\s*(?:\[\s*[xXvV✓✔]\s*\]|[☑✅✓✔🗹])\s*$")
UNCHECKED = re.compile(r"^\s*(?:\[\s*\]|[☐⬜])\s*|\s*(?:\[\s*\]|[☐⬜])\s*$")
CROSSED = re.compile(r"^\s*(?:\[\s*[-✗✘]\s*\]|[☒❌✗✘])\s*|\s*(?:\[\s*[-✗✘]\s*\]|[☒❌✗✘])\s*$")
STRUCK = re.compile(r"^~~(.+)~~$")
STARS = re.compile(r"^\*+\s*(?=\S)|(?<=[\w.)])\s*\*+\)?$|(?<=[\w.)])[†‡¹²³]+$")
EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
DASH = re.compile(r"\s+[-–—/]+\s+|\s+[–—](?=\S)|[–—]\s+|\s*:\s+|\s*→\s*")
LEGEND = re.compile(r"^\*+\)?\s*[=:]?\s*(?P<words>\S.*)$")
SIGNED_BELOW = re.compile(r"^(?:mengetahui|menyetujui|approved\s+by|acknowledged)\b", re.IGNORECASE)
EMPTY_CELL = re.compile(
    r"[\s.…_\-–—|)(]*(?:\d{1,3}[\s.…_\-–—)]*)?(?:ttd\.?|tertanda|signed)?[\s.…_\-–—)]*", re.IGNORECASE
)

#: Words that begin a post when they follow a name without punctuation.
POSTS_AFTER_NAMES = _set("""
    kabag kasubag kasubbag kasubdit kasubbid kabid kasi kabiro kapus kakanwil kadis kadiv dirjen sekjen sekretaris
    sesditjen direktur director kepala staf stafsus analis arsiparis auditor bendahara perancang perencana pranata
    widyaiswara inspektur irjen koordinator subkoordinator penyuluh plt plh pj notulis operator manajer manager
    deputi
""")
#: Words that say more than the status; they are also stored in the note.
REASONS = _set("sakit cuti dl diklat umrah umroh haji wfh terlambat menyusul sebagian") | {
    "cuti tahunan",
    "cuti bersalin",
    "cuti besar",
    "dinas luar",
    "tugas luar",
    "perjalanan dinas",
    "tugas belajar",
    "rapat lain",
    "ada rapat lain",
    "ada kegiatan lain",
    "kegiatan lain",
    "izin sakit",
    "pulang awal",
    "izin pulang awal",
    "datang terlambat",
    "hadir terlambat",
    "sick leave",
    "on leave",
    "tanpa keterangan",
}

#: Status words that may follow a name without brackets: «Budi hadir daring».
TRAILING_STATUSES = _set(
    "hadir online daring luring offline izin ijin sakit cuti absen virtual terlambat absent excused remote"
)

#: «Kemenkumham», «Bappedalitbang», «Pemkab».
BODY_PREFIXES = ("kemenk", "kemend", "kemenp", "kemena", "kemens", "kemenl", "bapped", "univers")
