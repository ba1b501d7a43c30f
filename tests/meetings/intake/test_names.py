"""Pasted lists of names: what each part of a line or row becomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.meetings.intake.rules import attendees_of
from tracker.meetings.rules import Attendee, Doubt

#: A pasted text, and those whom it names: the name, then what else is said of them, then what is doubtful.
READ = [
    ("No\tNama\tJabatan\n1\tDr. Siti A, S.H.\tKabag", ["Siti A | before=Dr. | after=S.H. | post=Kabag"]),
    ("Ketua: Budi", ["Budi | role=chair"]),
    ("Ibu Ratna Wulan–Sari", ["Ratna Wulan–Sari"]),
    ("Ratna Wulan—Sari –Kabag", ["Ratna Wulan—Sari | post=Kabag"]),
    ("Notulis – Bayu Aji", ["Bayu Aji | role=minute_taker"]),
    ("–\n()\n•\n- -\nKetua –\n– Budi", ["Budi | role=chair"]),
    (
        "Hadir: 1. Andi Wijaya 2. Budi Santoso, S.H. 3. Cici Lestari",
        ["Andi Wijaya", "Budi Santoso | after=S.H.", "Cici Lestari"],
    ),
    (
        "Nama : Andi\nNIP : 198503122010011004\nJabatan : Kabag TU\nNama: Budi, M.Si\nJabatan: Analis\nNama: Cici",
        ["Andi | post=Kabag TU | nip=198503122010011004", "Budi | after=M.Si | post=Analis", "Cici"],
    ),
    ("Yohana (online)", ["Yohana | status=present_online"]),
    ("Direktur Y (Budi)", ["Budi | post=Direktur Y"]),
    ("Ir. Abd. Rahman, MT", ["Abd. Rahman | before=Ir. | after=MT"]),
    ("Dr. Wahyu, M.Si (Bappenas)", ["Wahyu | before=Dr. | after=M.Si | unit=Bappenas"]),
    ("Rudi (CEO), Kartika (HRD), Arini (Keuangan)", ["Rudi | post=CEO", "Kartika | unit=HRD", "Arini | unit=Keuangan"]),
    ("Budi Santoso 198001012005011001", ["Budi Santoso | nip=198001012005011001"]),
    (
        (
            "No\tNama\tNIP\tJabatan\tUnit Kerja\tTanda Tangan\tKeterangan\n1\t2\t3\t4\t5\t6\t7\n"
            "1\tDr. Siti A, S.H.\t19800101 200501 2 001\tKabag Umum\tSetditjen\t1. ......\tHadir\n"
            "2\tBudi\t\tAnalis\tBPHN\t    2. ....\tSakit\n3\t\t\tDirektur Instrumen HAM\t\t\tDiwakili Budi\n"
            "4\t\t\t\t\t\t"
        ),
        [
            "Siti A | before=Dr. | after=S.H. | post=Kabag Umum | unit=Setditjen | nip=198001012005012001",
            "Budi | post=Analis | unit=BPHN | note=Sakit | status=excused",
            "Direktur Instrumen HAM | by=Budi | status=represented",
        ],
    ),
    (
        (
            "Nama          Jabatan            Instansi\nBudi          Kabag              Bappenas\n"
            "Siti A, S.H.  Analis Hukum       Kemenkumham"
        ),
        ["Budi | post=Kabag | unit=Bappenas", "Siti A | after=S.H. | post=Analis Hukum | unit=Kemenkumham"],
    ),
    (
        "| No | Nama | Jabatan | Tanda tangan |\n|---|---|---|---|\n| 1 | Budi, S.E. | Kabag | 1. ...... |",
        ["Budi | after=S.E. | post=Kabag"],
    ),
    ('Nama,Jabatan\n"Siti A, S.H.",Kabag', ["Siti A | after=S.H. | post=Kabag"]),
    ("Nama;Instansi;Kehadiran\nBudi;Bappenas;Daring", ["Budi | unit=Bappenas | status=present_online"]),
    (
        "Name,Title,Organisation,Status\nJohn Smith,Director,UNDP,online",
        ["John Smith | post=Director | unit=UNDP | status=present_online"],
    ),
    (
        "NO.\tNAMA LENGKAP\tJABATAN/INSTANSI\tPARAF\n1.\tRATNA DEWANTI, SH., MH.\tKABAG UMUM\t",
        ["RATNA DEWANTI | after=SH., MH. | post=KABAG UMUM"],
    ),
    (
        "1.\tBudi Santoso\tKabag Umum\t\t\n2.\tRatna\tDirektur Kerja Sama\tttd",
        ["Budi Santoso | post=Kabag Umum", "Ratna | post=Direktur Kerja Sama"],
    ),
    ("1\tBudi\tBappenas\t1\n2\tRatna\tKPK\t2", ["Budi | unit=Bappenas", "Ratna | unit=KPK"]),
    ("Kabag Umum\tBudi", ["Budi | post=Kabag Umum"]),
    (
        "Nama\tPeran\tHadir\nBudi\tNotulis\tv\nRatna\tPimpinan rapat\tI\nAndi\tPeserta\tA",
        ["Budi | role=minute_taker", "Ratna | role=chair | status=excused", "Andi | status=absent"],
    ),
    (
        "1 Dr. Siti A, S.H. 19800101 200501 2 001 Kabag Umum",
        ["Siti A | before=Dr. | after=S.H. | post=Kabag Umum | nip=198001012005012001"],
    ),
    ("Budi Santoso Kabag Umum", ["Budi Santoso | post=Kabag Umum"]),
    (
        "Budi\nNIP 198001012005011001\nRatna\nNIP. 197901012004012002",
        ["Budi | nip=198001012005011001", "Ratna | nip=197901012004012002"],
    ),
    ("Budi, 198001012005011001, Kabag", ["Budi | post=Kabag | nip=198001012005011001"]),
    ("NIP 198001012005011001 Budi", ["Budi | nip=198001012005011001"]),
    ("Budi (NIP 198001012005011001)", ["Budi | nip=198001012005011001"]),
    ("Budi – NIP: 19800101 200501 1 001 – Kabag", ["Budi | post=Kabag | nip=198001012005011001"]),
    ("Budi, Ratna, Andi", ["Budi", "Ratna", "Andi"]),
    ("Budi dan Ratna", ["Budi", "Ratna"]),
    ("Budi, Ratna, dan Andi", ["Budi", "Ratna", "Andi"]),
    ("Budi; Ratna; Andi", ["Budi", "Ratna", "Andi"]),
    ("Budi & Ratna", ["Budi", "Ratna"]),
    ("Bapak Budi, Ibu Ratna", ["Budi", "Ratna"]),
    ("Budi, S.H., Ratna, M.Si., Andi", ["Budi | after=S.H.", "Ratna | after=M.Si.", "Andi"]),
    (
        "Budi, S.H. (Kabag), Ratna, M.Si. (Kasubag)",
        ["Budi | after=S.H. | post=Kabag", "Ratna | after=M.Si. | post=Kasubag"],
    ),
    ("BUDI, RATNA, ANDI", ["BUDI", "RATNA", "ANDI"]),
    ("Bappenas: Wahyu, Sri", ["Wahyu | unit=Bappenas", "Sri | unit=Bappenas"]),
    ("S. Budi", ["S. Budi"]),
    ("A. Budi\nB. Ratna, S.H.\nC. A. Rahman", ["Budi", "Ratna | after=S.H.", "A. Rahman"]),
    ("I. Budi\nII. Ratna", ["Budi", "Ratna"]),
    ("A. Rahman\nBudi\nRatna", ["A. Rahman", "Budi", "Ratna"]),
    (
        "A. Pimpinan\nBudi\nB. Undangan\nRatna\nSiti\nAndi",
        [
            "Budi | role=chair",
            "Ratna | role=invitee",
            "Siti | role=invitee",
            "Andi | role=invitee",
        ],
    ),
    ("Kabag PPL", ["Kabag PPL"]),
    ("Sesditjen", ["Sesditjen"]),
    ("Plt. Direktur Instrumen HAM", ["Plt. Direktur Instrumen HAM"]),
    ("Perwakilan Bappenas", ["Perwakilan Bappenas"]),
    ("Kepala Biro Hukum dan HAM", ["Kepala Biro Hukum dan HAM"]),
    ("BPHN", ["BPHN | ?person_or_post"]),
    ("Ketua Komnas HAM", ["Ketua Komnas HAM"]),
    ("Razilu, Staf Ahli Bidang Ekonomi", ["Razilu | post=Staf Ahli Bidang Ekonomi"]),
    ("Budi – Kabag Umum", ["Budi | post=Kabag Umum"]),
    ("Budi - Kabag Umum", ["Budi | post=Kabag Umum"]),
    ("Budi / Kabag Umum", ["Budi | post=Kabag Umum"]),
    ("Budi; Kabag Umum", ["Budi | post=Kabag Umum"]),
    ("Budi, Humas", ["Budi | unit=Humas"]),
    ("Budi, Kabag Umum, Setditjen HAM", ["Budi | post=Kabag Umum | unit=Setditjen HAM"]),
    ("Budi (Kabag Umum, Setditjen HAM)", ["Budi | post=Kabag Umum | unit=Setditjen HAM"]),
    ("Budi (Kabag Umum) (online)", ["Budi | post=Kabag Umum | status=present_online"]),
    (
        "Budi Santoso (Kabag Umum, Setditjen HAM) - online",
        ["Budi Santoso | post=Kabag Umum | unit=Setditjen HAM | status=present_online"],
    ),
    ("Kepala Biro Hukum: Budi", ["Budi | post=Kepala Biro Hukum"]),
    ("Kepala Biro Hukum – Budi, S.H.", ["Budi | after=S.H. | post=Kepala Biro Hukum"]),
    ("Kasubdit Wil. II, Sari", ["Sari | post=Kasubdit Wil. II"]),
    ("Direktorat Kerja Sama (Budi)", ["Budi | unit=Direktorat Kerja Sama"]),
    ("Budi, Plt. Direktur Instrumen HAM", ["Budi | post=Plt. Direktur Instrumen HAM"]),
    ("Budi (Plh. Kabag Umum)", ["Budi | post=Plh. Kabag Umum"]),
    (
        "Perancang Peraturan Perundang-undangan Ahli Madya: Budi",
        ["Budi | post=Perancang Peraturan Perundang-undangan Ahli Madya"],
    ),
    ("Andi Mallarangeng, Menpora", ["Andi Mallarangeng | post=Menpora"]),
    ("Sri Mulyani - Menteri Keuangan", ["Sri Mulyani | post=Menteri Keuangan"]),
    ("Budi (Staf Khusus Menteri)", ["Budi | post=Staf Khusus Menteri"]),
    (
        "Prof. Dr. Budi, S.H. | Dekan | Universitas Indonesia",
        ["Budi | before=Prof. Dr. | after=S.H. | post=Dekan | unit=Universitas Indonesia"],
    ),
    ("dr. Rini, Sp.OG(K) (RSUD Cipto)", ["Rini | before=dr. | after=Sp.OG(K) | unit=RSUD Cipto"]),
    (
        "Komjen Pol. (Purn.) Drs. Budi, M.Si. (Ketua BNN)",
        ["Budi | before=Komjen Pol. (Purn.) Drs. | after=M.Si. | post=Ketua BNN"],
    ),
    ("Yth. Bapak Budi Santoso, S.H.", ["Budi Santoso | after=S.H."]),
    (
        "p Dr. Ratna Dewanti, S.H., Kabag Umum (daring)",
        ["Ratna Dewanti | before=Dr. | after=S.H. | post=Kabag Umum | role=chair | status=present_online"],
    ),
    ("n Sekar Wulandari, S.H., Kasubbag", ["Sekar Wulandari | after=S.H. | post=Kasubbag | role=minute_taker"]),
    ("Notulis: Sekar", ["Sekar | role=minute_taker"]),
    (
        "Pimpinan Rapat : Dr. Ratna Dewanti, S.H.\nNotulis : Budi\nPeserta :\n1. Andi\n2. Sari",
        ["Ratna Dewanti | before=Dr. | after=S.H. | role=chair", "Budi | role=minute_taker", "Andi", "Sari"],
    ),
    (
        "• Ketua Tim: Budi\n• Anggota: Ratna, Andi, Sari\n• Notulis: Dewi",
        ["Budi | post=Ketua Tim", "Ratna", "Andi", "Sari", "Dewi | role=minute_taker"],
    ),
    ("Narasumber: Prof. Ratna, Ph.D. (UI)", ["Ratna | before=Prof. | after=Ph.D. | unit=UI | role=invitee"]),
    ("Moderator: Budi", ["Budi | note=Moderator"]),
    ("Sekretaris: Budi", ["Budi | role=secretary"]),
    ("Undangan: Wahyu (Bappenas)", ["Wahyu | unit=Bappenas | role=invitee"]),
    ("Didampingi oleh: Budi, Ratna", ["Budi | role=accompanying", "Ratna | role=accompanying"]),
    (
        "Budi (Notulis)\nRatna (Ketua)\nAndi (Pimpinan rapat)",
        ["Budi | role=minute_taker", "Ratna | role=chair | ?role", "Andi | ?role"],
    ),
    (
        "Chair: Budi\nMinutes: Ratna\nAttendees: Andi, Sari, Dewi",
        ["Budi | role=chair", "Ratna | role=minute_taker", "Andi", "Sari", "Dewi"],
    ),
    (
        "Peserta:\n- Budi\n- Ratna\nUndangan:\n- Wahyu (Bappenas)",
        ["Budi", "Ratna", "Wahyu | unit=Bappenas | role=invitee"],
    ),
    (
        "Hadir:\n1. Budi\n2. Ratna\n\nTidak hadir:\n1. Andi (sakit)\n2. Sari",
        ["Budi", "Ratna", "Andi | note=sakit | status=excused", "Sari | status=absent"],
    ),
    ("Daftar Hadir Rapat\nHari/Tanggal: Senin, 7 Desember 2026\nTempat: Ruang Rapat\n1. Budi", ["Budi"]),
    ("DAFTAR HADIR\nRAPAT KOORDINASI\n\n1. Budi", ["Budi"]),
    (
        "Direktorat Kerja Sama HAM:\n- Budi\n- Ratna",
        ["Budi | unit=Direktorat Kerja Sama HAM", "Ratna | unit=Direktorat Kerja Sama HAM"],
    ),
    ("Izin: Ratna, Andi, Sari", ["Ratna | status=excused", "Andi | status=excused", "Sari | status=excused"]),
    ("Apologies: Budi, Ratna", ["Budi | status=excused", "Ratna | status=excused"]),
    ("Budi - izin", ["Budi | status=excused"]),
    ("Budi – sakit", ["Budi | note=sakit | status=excused"]),
    ("Budi (hadir)", ["Budi"]),
    ("Budi (tidak hadir)", ["Budi | status=absent"]),
    ("Budi (izin, dinas luar)", ["Budi | note=dinas luar | status=excused"]),
    ("Budi (cuti)", ["Budi | note=cuti | status=excused"]),
    ("Budi – hadir daring via Zoom", ["Budi | note=hadir daring via Zoom | status=present_online"]),
    ("Budi hadir daring", ["Budi | status=present_online"]),
    ("Budi (terlambat)", ["Budi | note=terlambat | status=partial"]),
    ("Budi (diwakili oleh Sari, Kasubbag)", ["Budi | by=Sari, Kasubbag | status=represented"]),
    ("Budi diwakili Sari", ["Budi | by=Sari | status=represented"]),
    ("Direktur Kerja Sama (diwakili Sari)", ["Direktur Kerja Sama | by=Sari | status=represented"]),
    ("Budi (mewakili Direktur HAM)", ["Budi | note=mewakili Direktur HAM"]),
    ("Budi (tanpa keterangan)", ["Budi | note=tanpa keterangan | status=absent"]),
    ("Budi [online]", ["Budi | status=present_online"]),
    ("Budi (excused)", ["Budi | status=excused"]),
    ("Budi (Zoom)", ["Budi | status=present_online"]),
    ("[x] Budi\n[ ] Ratna", ["Budi", "Ratna | status=absent"]),
    ("- [ ] Budi\n- [x] Ratna", ["Budi | status=absent", "Ratna"]),
    ("☑ Budi\n☐ Ratna\n✗ Andi", ["Budi", "Ratna | status=absent", "Andi | status=absent"]),
    ("☐ Budi\n☐ Ratna", ["Budi | status=expected", "Ratna | status=expected"]),
    ("✅ Budi", ["Budi"]),
    ("~~Budi~~", ["Budi | status=absent | ?status"]),
    ("Budi*", ["Budi | ?status"]),
    ("* = daring\n1. Budi*\n2. Ratna", ["Budi | status=present_online", "Ratna"]),
    ("**Budi** (Kabag)", ["Budi | post=Kabag"]),
    ("Budi (@budi_s)", ["Budi"]),
    ("@budi", ["budi"]),
    ("Budi <budi@contoh.go.id>", ["Budi"]),
    ("Budi (0812-3456-7890)", ["Budi"]),
    ("12) Siti", ["Siti"]),
    ("a. Budi\nb. Ratna", ["Budi", "Ratna"]),
    ("(1) Budi", ["Budi"]),
    ("\uf0b7 Budi", ["Budi"]),
    ("1.Budi\n2.Ratna", ["Budi", "Ratna"]),
    ("•\tBudi", ["Budi"]),
    ("Jakarta, 5 Desember 2026\nMengetahui,\nKepala Biro\n\n(......................)\nNIP. ...........", []),
    ("Jumlah: 12 orang", []),
    ("1.\n2.\n3.", []),
    ("", []),
    ("..........", []),
    (
        "Budi Santoso,S.H.,M.H.\tKabag Umum\tDitjen HAM\t081234567890",
        ["Budi Santoso | after=S.H., M.H. | post=Kabag Umum | unit=Ditjen HAM"],
    ),
    ("Menteri Hukum dan HAM", ["Menteri Hukum dan HAM"]),
    ("Tim Sekretariat", ["Tim Sekretariat"]),
    ("Budi, Ratna", ["Budi | post=Ratna | ?post_or_unit"]),
]


def shown(one: Attendee) -> str:
    told = {
        "before": one.title_prefix, "after": one.title_suffix, "post": one.post, "unit": one.unit, "nip": one.nip,
        "by": one.represented_by, "note": one.note, "role": one.role if one.role != "participant" else "",
        "status": one.status if one.status != "present" else "",
    }  # fmt: skip
    doubts = [f"?{','.join(sorted(one.doubts))}"] if one.doubts else []
    return " | ".join([one.name, *(f"{name}={value}" for name, value in told.items() if value), *doubts])


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_list_of_names_is_read(text: str, expected: list[str]) -> None:
    assert [shown(one) for one in attendees_of(text)] == expected


def test_what_may_be_a_post_or_a_unit_is_doubtful() -> None:
    (one,) = attendees_of("Budi, Ratna")

    assert one.doubts == {Doubt.POST_OR_UNIT}


@given(st.text(alphabet=st.sampled_from(list("ABab ,.;:()[]-–*~|\t\n1x☑☐NIPSH")) | st.characters(), max_size=200))
def test_any_text_can_be_read_as_a_list_of_names(text: str) -> None:
    assert all(one.name.strip() for one in attendees_of(text))


@pytest.mark.parametrize(
    "unit",
    ["Budi, ", "Budi (Kabag), ", "(", "- ", "Budi dan ", "1\t", "Budi – ", "S.H., ", "a: ", "* ", "Budi\n", "[x] "],
)
def test_long_lists_are_read_in_the_time_of_one_reading(unit: str) -> None:
    """Quadratic time would need minutes here, and run into the time limit of a test."""
    assert attendees_of(unit * 4_000) is not None
