"""An invented office and its spreadsheets, written in the usual messy ways, with the right reading beside them.

Titles are merged above the headings, heads have two rows and synonyms, dates are written in six ways and names in two,
meetings are merged downwards beside their actions; there are decimal commas, hidden sheets, empty rows and totals.

25 persons, 13 posts, 12 units, 10 accounts, 8 indicators with 32 values, 15 meetings, 40 proposals and 60 actions of
2025. `FILES` has the files in the order in which an office moves in; `REFERENCE` has, by kind, what they say. Nothing
in them is wrong: what must be refused is tried elsewhere.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import xlwt
from openpyxl.styles import Font, numbers

from tests.imports import files

Row = Mapping[str, Any]
YEAR = 2025
_MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
           "November", "Desember")  # fmt: skip
_WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


@dataclass(frozen=True)
class File:
    kind: str
    name: str
    content: bytes


# --- What is true of the office

UNITS: Sequence[Row] = [
    {"name": name, "short": short, "parent": parent, "echelon": echelon}
    for name, short, parent, echelon in (
        ("Direktorat Jenderal Pelayanan Warga", "Ditjen", None, "I.a"),
        ("Sekretariat Direktorat Jenderal", "Setditjen", "Direktorat Jenderal Pelayanan Warga", "II.a"),
        ("Direktorat Pengaduan", "Dit. I", "Direktorat Jenderal Pelayanan Warga", "II.a"),
        ("Direktorat Penyuluhan", "Dit. II", "Direktorat Jenderal Pelayanan Warga", "II.a"),
        ("Direktorat Data dan Informasi", "Dit. III", "Direktorat Jenderal Pelayanan Warga", "II.a"),
        ("Bagian Umum", "Bagum", "Sekretariat Direktorat Jenderal", "III.a"),
        ("Subdirektorat Penerimaan Pengaduan", "Subdit I.A", "Direktorat Pengaduan", "III.a"),
        ("Subdirektorat Tindak Lanjut Pengaduan", "Subdit I.B", "Direktorat Pengaduan", "III.a"),
        ("Subdirektorat Bahan Penyuluhan", "Subdit II.A", "Direktorat Penyuluhan", "III.a"),
        ("Subdirektorat Kerja Sama Daerah", "Subdit II.B", "Direktorat Penyuluhan", "III.a"),
        ("Subdirektorat Pengolahan Data", "Subdit III.A", "Direktorat Data dan Informasi", "III.a"),
        ("Subdirektorat Layanan Daring", "Subdit III.B", "Direktorat Data dan Informasi", "III.a"),
    )
]
POSTS: Sequence[Row] = [
    {"title": title, "unit": unit}
    for title, unit in (
        ("Direktur Jenderal Pelayanan Warga", "Direktorat Jenderal Pelayanan Warga"),
        ("Sekretaris Direktorat Jenderal", "Sekretariat Direktorat Jenderal"),
        ("Direktur Pengaduan", "Direktorat Pengaduan"),
        ("Direktur Penyuluhan", "Direktorat Penyuluhan"),
        ("Direktur Data dan Informasi", "Direktorat Data dan Informasi"),
        ("Kepala Bagian Umum", "Bagian Umum"),
        ("Kepala Subdirektorat Penerimaan Pengaduan", "Subdirektorat Penerimaan Pengaduan"),
        ("Kepala Subdirektorat Tindak Lanjut Pengaduan", "Subdirektorat Tindak Lanjut Pengaduan"),
        ("Kepala Subdirektorat Bahan Penyuluhan", "Subdirektorat Bahan Penyuluhan"),
        ("Kepala Subdirektorat Kerja Sama Daerah", "Subdirektorat Kerja Sama Daerah"),
        ("Kepala Subdirektorat Pengolahan Data", "Subdirektorat Pengolahan Data"),
        ("Kepala Subdirektorat Layanan Daring", "Subdirektorat Layanan Daring"),
        ("Staf Ahli Bidang Hubungan Lembaga", "Direktorat Jenderal Pelayanan Warga"),
    )
]
#: Titles before the name, the name, and degrees after it.
_NAMES = tuple(
    tuple(line.strip().split("|"))
    for line in """
    Dr. |Harun Wiratama|, S.H., M.H.
    |Laksmi Paramita|, S.Sos., M.Si.
    |Gregorius Tanlain|, S.H.
    Dra. |Nurhayati Lubis|, M.Hum.
    |Bagus Suwandana|, S.Kom., M.T.
    |Rosmala Dewi Harahap|, S.E.
    |Yusak Rumbiak|, S.IP.
    |Fitriani Azzahra|, S.H., M.Kn.
    |Ignasius Pandie|, S.Pd.
    |Cut Meurah Intan|, S.Sos.
    |Wayan Sudiarta|, S.Kom.
    |Priyanti Ayu Lestari|, S.T.
    Prof. Dr. |Amrullah Siregar|, S.H., M.H.
    |Dimas Prakoso|
    |Sulastri|
    |Maria Goreti Bere|, A.Md.
    |Rendra Kusuma|
    |Hasanuddin Mappasessu|, S.E.
    |Novi Tresnawati|
    |Petrus Kabes|
    |Ratih Widyaningrum|, S.I.Kom.
    |Abdul Karim Nasution|
    |Ni Luh Sari|, S.H.
    |Teguh Raharjo|
    |Melati Simbolon|, S.Stat.
""".strip().splitlines()
)


def _nip(number: int) -> str:
    """Birthday, first month of service, sex, and a running number."""
    month, day = number % 12 + 1, number % 28 + 1
    return f"19{70 + number % 25}{month:02}{day:02}2015{month:02}{number % 2 + 1}{number:03}"


PERSONS: Sequence[Row] = [
    {"name": name, "written": f"{before}{name}{after}", "nip": _nip(number)}
    for number, (before, name, after) in enumerate(_NAMES, 1)
]
HOLDINGS: Sequence[Row] = [
    {"person": person["name"], "post": post["title"], "from": date(2022 + number % 3, number % 12 + 1, number % 27 + 1),
     "capacity": "plt" if number == 10 else "definitive"}
    for number, (person, post) in enumerate(zip(PERSONS, POSTS, strict=False), 1)
]  # fmt: skip
_ROLES = ("chair", "secretariat", "pic", "pic", "pic", "secretariat", "pic", "reviewer", "reader", "adviser")
ACCOUNTS: Sequence[Row] = [
    {"person": person["name"], "username": person["name"].lower().split()[0],
     "mail": f"{'.'.join(person['name'].lower().split()[:2])}@pelayanan.example", "roles": (role,)}
    for person, role in zip([*PERSONS[:9], PERSONS[12]], _ROLES, strict=True)
]  # fmt: skip
DOCUMENT: Row = {"title": "Perjanjian Kinerja 2025", "kind": "performance_agreement", "year": YEAR,
                 "unit": "Direktorat Jenderal Pelayanan Warga"}  # fmt: skip
OBJECTIVES = ("Pengaduan warga ditangani tepat waktu", "Penyuluhan menjangkau seluruh daerah")
DOCUMENTS: Sequence[Row] = [DOCUMENT, *({"title": objective, "year": None} for objective in OBJECTIVES)]
INDICATORS: Sequence[Row] = [
    {"code": f"IK-{number}", "name": name, "objective": OBJECTIVES[number > 4], "measure": measure, "unit": unit}
    for number, (name, measure, unit) in enumerate((
        ("Persentase pengaduan yang selesai", "persen", "Direktorat Pengaduan"),
        ("Jumlah pengaduan yang diterima", "laporan", "Subdirektorat Penerimaan Pengaduan"),
        ("Rata-rata hari penyelesaian", "hari", "Subdirektorat Tindak Lanjut Pengaduan"),
        ("Indeks kepuasan pelapor", "indeks", "Direktorat Pengaduan"),
        ("Jumlah kegiatan penyuluhan", "kegiatan", "Direktorat Penyuluhan"),
        ("Persentase kabupaten yang dijangkau", "persen", "Subdirektorat Kerja Sama Daerah"),
        ("Jumlah bahan penyuluhan", "judul", "Subdirektorat Bahan Penyuluhan"),
        ("Persentase layanan yang daring", "persen", "Subdirektorat Layanan Daring"),
    ), 1)
]  # fmt: skip
_BASES = tuple(map(Decimal, ("60", "1250", "14.5", "3.2", "24", "37.5", "8", "41.25")))
#: The last quarter is not yet measured.
VALUES: Sequence[Row] = [
    {"indicator": indicator["code"], "year": YEAR, "period": f"TW {quarter}", "target": base + 5 * number,
     "actual": None if number == 3 else base + 4 * number + Decimal(number) / 2}
    for indicator, base in zip(INDICATORS, _BASES, strict=True)
    for number, quarter in enumerate(("I", "II", "III", "IV"))
]  # fmt: skip
_SUBJECTS = ("Rapat pimpinan", "Rapat koordinasi pengaduan", "Rapat evaluasi penyuluhan")
MEETINGS: Sequence[Row] = [
    {"name": f"{_SUBJECTS[number % 3]} {_MONTHS[day.month - 1]} {YEAR}", "date": day,
     "begins": time(9 + number % 4, 30 * (number % 2)), "ends": None if number % 5 == 0 else time(12 + number % 4),
     "place": f"Ruang Rapat Lantai {number % 3 + 2}"}
    for number in range(15)
    for day in [date(YEAR, 1, 8) + timedelta(days=23 * number)]
]  # fmt: skip
#: Their minutes are Word files (`office_minutes`); the agenda of the year ends before them.
IN_WORD = range(12, 15)
_STATUSES = ("present", "present", "online", "present", "absent", "excused")
ATTENDANCE: Sequence[Row] = [
    {"meeting": meeting["date"], "person": PERSONS[(3 * number + seat) % 25]["name"], "status": status}
    for number, meeting in enumerate(MEETINGS)
    for seat, status in enumerate(_STATUSES)
]
_IDEAS = (
    "Membuka loket pengaduan pada hari Sabtu",
    "Menyusun panduan penyuluhan untuk desa",
    "Menggabungkan dua formulir pengaduan",
    "Menerbitkan data pengaduan setiap triwulan",
    "Melatih petugas penerima pengaduan",
    "Menambah jam layanan daring",
    "Menunjuk narahubung di setiap kabupaten",
    "Menilai ulang batas waktu tanggapan",
)


def _proponents(number: int) -> tuple[str, ...]:
    """In the minutes, somebody who was present; in the list, one or two of the heads."""
    meeting, turn = number % 15, number // 15
    if meeting in IN_WORD:
        return (PERSONS[(3 * meeting + turn) % 25]["name"],)
    return tuple(PERSONS[(number + offset) % 13]["name"] for offset in range(1 + number % 2))


_DECIDED = ("submitted", "under_discussion", "approved", "rejected", "approved")
PROPOSALS: Sequence[Row] = [
    {"text": f"{_IDEAS[number % 8]} (tahap {number // 8 + 1})", "meeting": MEETINGS[number % 15]["date"],
     "proponents": _proponents(number),
     "status": _DECIDED[number % 5],
     "decided_by": POSTS[0]["title"] if _DECIDED[number % 5] in {"approved", "rejected"} else None,
     "reason": "Anggaran belum tersedia" if _DECIDED[number % 5] == "rejected" else None}
    for number in range(40)
]  # fmt: skip
_TASKS = (
    "Menyusun rancangan surat edaran",
    "Mengumpulkan data dari daerah",
    "Menyiapkan bahan rapat berikutnya",
    "Menghubungi pemerintah kabupaten",
    "Memperbarui laman layanan",
    "Mengusulkan anggaran tambahan",
)
_STATES = ("completed", "in_progress", "not_started", "completed", "in_progress")
#: None is of the secretary who brings them in: nobody records that what is their own was verified.
ACTIONS: Sequence[Row] = [
    {"text": f"{_TASKS[number % 6]}, bagian {number // 6 + 1}", "meeting": meeting["date"],
     "unit": UNITS[1 + number % 11]["name"], "pic": PERSONS[2 + number % 11]["name"],
     "due": meeting["date"] + timedelta(days=14 + 7 * (number % 6)),
     "status": state, "closed": meeting["date"] + timedelta(days=12 + number % 20) if state == "completed" else None,
     "evidence": f"Nota dinas nomor {number + 1}/2025" if state == "completed" else None,
     "progress": f"Sudah dibahas {number % 4 + 1} kali" if state != "not_started" else None}
    for number in range(60)
    for meeting, state in [(MEETINGS[number % 15], _STATES[number % 5])]
]  # fmt: skip
REFERENCE: Mapping[str, Sequence[Row]] = {
    "units": UNITS, "posts": POSTS, "persons": PERSONS, "holdings": HOLDINGS, "accounts": ACCOUNTS,
    "documents": DOCUMENTS, "indicators": INDICATORS, "values": VALUES, "meetings": MEETINGS,
    "attendance": ATTENDANCE, "proposals": PROPOSALS, "actions": ACTIONS,
}  # fmt: skip

# --- How it is written down


def in_words(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def with_weekday(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]}, {in_words(day)}"


def _by_day(day: date, number: int) -> object:
    """The day by which a row names its meeting."""
    return (day, in_words(day), f"{day:%d/%m/%Y}", with_weekday(day), _serial(day))[number % 5]


def _serial(day: date) -> int:
    """As Excel counts it: what is left of a date whose format was lost."""
    return (day - date(1899, 12, 30)).days


def _in_any_way(day: date, number: int) -> object:
    """A different way in each row: a date, words, figures, the number of a date whose format was lost."""
    return (
        day,
        in_words(day),
        f"{day:%d/%m/%Y}",
        with_weekday(day),
        f"{day:%d-%m-%y}",
        _serial(day),
    )[number % 6]


def _named(person: str, number: int) -> str:
    """With titles in every third row."""
    return next(one["written"] for one in PERSONS if one["name"] == person) if number % 3 == 0 else person


def _decimal_comma(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def _titled(sheet: Any, *titles: str, width: int) -> None:
    """Title rows merged across the table, and an empty one."""
    for number, title in enumerate(titles, 1):
        sheet.cell(number, 1, title).font = Font(bold=True)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=width)
    sheet.append([])
    sheet.append([])


def _units(book: Any) -> None:
    """Title, numbers of columns, headings of groups across the table, signature, and an old sheet that is hidden."""
    sheet = book.active
    sheet.title = "Unit 2025"
    _titled(sheet, "DAFTAR UNIT KERJA", "Keadaan per 1 Januari 2025", width=5)
    sheet.append(["No.", "NAMA UNIT KERJA", "Singkatan", "Unit Atasan", "Eselon"])
    sheet.append(["(1)", "(2)", "(3)", "(4)", "(5)"])
    for number, unit in enumerate(UNITS, 1):
        if number in {1, 6}:
            sheet.append(["PIMPINAN" if number == 1 else "UNIT DI BAWAHNYA"])
            sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=5)
        sheet.append([number, f" {unit['name']} ", unit["short"], unit["parent"], unit["echelon"]])
    sheet.append([])
    sheet.append(["", "", "", "Jakarta, 2 Januari 2025"])
    sheet.append(["", "", "", "Kepala Bagian Umum"])
    old = book.create_sheet("Unit 2019 (lama)")
    old.sheet_state = "hidden"
    old.append(["No.", "NAMA UNIT KERJA"])
    old.append([1, "Direktorat Arsip Lama"])


def _posts() -> bytes:
    """CSV as Excel writes it in Indonesia: semicolons, Windows-1252, empty columns at the end."""
    lines = [
        ["No", "Nama Jabatan", "Unit Kerja", ""],
        *([n, p["title"], p["unit"], ""] for n, p in enumerate(POSTS, 1)),
    ]
    return _csv(lines, ";").encode("cp1252")


def _persons(book: Any) -> None:
    """An old workbook: names with degrees, NIP as text with spaces, an empty row, two blank columns."""
    sheet = book.add_sheet("Pegawai")
    bold = xlwt.easyxf("font: bold on")
    sheet.write_merge(0, 0, 0, 4, "DAFTAR NAMA PEGAWAI", bold)
    for column, heading in enumerate(("No", "Nama dan Gelar", "NIP", "", "Keterangan")):
        sheet.write(2, column, heading, bold)
    for number, person in enumerate(PERSONS, 1):
        row = number + (3 if number > 13 else 2)
        sheet.write(row, 0, number)
        sheet.write(row, 1, person["written"])
        sheet.write(row, 2, person["nip"])


def _holdings() -> bytes:
    """Cells as they are pasted, with dates in many ways."""
    capacity = {"definitive": "Definitif", "plt": "Plt."}
    rows = [
        [
            _named(holding["person"], n),
            holding["post"],
            _as_text(_in_any_way(holding["from"], n)),
            "",
            capacity[holding["capacity"]],
        ]
        for n, holding in enumerate(HOLDINGS)
    ]
    return _csv([["Nama Pejabat", "Jabatan", "TMT Jabatan", "Sampai", "Status Jabatan"], *rows], "\t").encode()


def _accounts() -> bytes:
    """Text in UTF-16, as Excel saves “Unicode text”."""
    words = {
        "chair": "Pimpinan rapat", "secretariat": "Sekretariat", "pic": "PIC",
        "reviewer": "Penelaah tindak lanjut", "reader": "Pembaca", "adviser": "Penasihat (Staf Ahli/Staf Khusus)",
    }  # fmt: skip
    rows = [[a["person"], a["username"], a["mail"], "; ".join(words[role] for role in a["roles"])] for a in ACCOUNTS]
    return _csv([["Nama", "Nama pengguna", "Surel", "Peran"], *rows], "\t").encode("utf-16")


def _documents(book: Any) -> None:
    sheet = book.active
    sheet.append(["Judul dokumen", "Jenis", "Tahun", "Unit", "Tingkat", "Dokumen"])
    sheet.append([DOCUMENT["title"], "Perjanjian kinerja", "TA 2025", DOCUMENT["unit"]])
    for objective in OBJECTIVES:
        sheet.append([objective, None, None, None, "Sasaran strategis", DOCUMENT["title"]])


def _indicators(book: Any) -> None:
    sheet = book.active
    _titled(sheet, "SASARAN DAN INDIKATOR KINERJA", width=6)
    sheet.append(["No", "Dokumen", "Sasaran", "Kode", "Indikator Kinerja", "Satuan", "Unit kerja", "Skema periode"])
    for number, indicator in enumerate(INDICATORS, 1):
        sheet.append([number, DOCUMENT["title"], indicator["objective"], indicator["code"], indicator["name"],
                      indicator["measure"], indicator["unit"], "Triwulan"])  # fmt: skip


def _values() -> bytes:
    """LibreOffice: decimal commas as text, percentages as such, periods with their year."""
    percent = {indicator["code"] for indicator in INDICATORS if indicator["measure"] == "persen"}
    lines = [_ods_row(["Kode Indikator", "Periode", "Target", "Realisasi"])]
    for number, value in enumerate(VALUES):
        period = (f"{value['period']} 2025", f"{value['period'].replace('TW', 'Triwulan')} Tahun 2025")[number % 2]
        cells = [_number(value[part], value["indicator"] in percent, number) for part in ("target", "actual")]
        lines.append(_ods_row([value["indicator"], period], cells))
    return files.ods(f'<table:table table:name="Capaian">{"".join(lines)}</table:table>')


def _number(value: Decimal | None, is_percent: bool, number: int) -> str:
    if value is None:
        return _ods_text("belum ditetapkan" if number % 8 == 3 else "-")
    if is_percent:
        return _ods_number("percentage", value / 100)
    return _ods_text(_decimal_comma(value) or "") if number % 2 else _ods_number("float", value)


def _ods_number(kind: str, value: Decimal) -> str:
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p/></table:table-cell>'


def _ods_text(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def _ods_row(texts: Sequence[str], cells: Sequence[str] = ()) -> str:
    return f"<table:table-row>{''.join([*map(_ods_text, texts), *cells])}</table:table-row>"


def _meetings(book: Any) -> None:
    """Dates in many ways, hours in one cell, and a column that nobody needs."""
    sheet = book.active
    _titled(sheet, "AGENDA RAPAT TAHUN 2025", width=6)
    sheet.append(["No", "Hari/Tanggal", "Waktu", "Nama Rapat", "Tempat", "Paraf"])
    for number, meeting in enumerate(MEETINGS[: IN_WORD.start], 1):
        ends = f"{meeting['ends']:%H.%M}" if meeting["ends"] else "selesai"
        hours = f"{meeting['begins']:%H.%M} s.d. {ends} WIB"
        sheet.append([number, _in_any_way(meeting["date"], number), hours, meeting["name"], meeting["place"], None])


def _attendance() -> bytes:
    """CSV with a byte order mark and commas, as other programs export it."""
    words = {"present": "Hadir", "online": "Daring", "absent": "Tidak hadir", "excused": "Izin"}
    listed = {meeting["date"] for meeting in MEETINGS[: IN_WORD.start]}
    rows = [
        [in_words(a["meeting"]), _named(a["person"], number), words[a["status"]]]
        for number, a in enumerate(ATTENDANCE)
        if a["meeting"] in listed
    ]
    return _csv([["Tanggal Rapat", "Nama", "Kehadiran"], *rows], ",").encode("utf-8-sig")


def _proposals(book: Any) -> None:
    """Proponents in one cell on lines of their own; the word for the state as offices say it."""
    words = {"submitted": "Diajukan", "under_discussion": "Dibahas", "approved": "Disetujui", "rejected": "Ditolak"}
    sheet = book.active
    sheet.append(["No", "Usulan", "Pengusul", "Rapat (tanggal)", "Status Usulan", "Diputuskan oleh", "Alasan"])
    for number, proposal in enumerate(PROPOSALS, 1):
        proponents = "\n".join(f"{at}. {name}" for at, name in enumerate(proposal["proponents"], 1))
        sheet.append([number, proposal["text"], proponents, _by_day(proposal["meeting"], number),
                      words[proposal["status"]], proposal["decided_by"], proposal["reason"]])  # fmt: skip


def _actions(book: Any) -> None:
    """The follow-up matrix of many offices: heads of two rows, totals below, dates in many ways, formulas."""
    sheet = book.active
    sheet.title = "Matriks TL"
    _titled(sheet, "MATRIKS TINDAK LANJUT HASIL RAPAT", "DIREKTORAT JENDERAL PELAYANAN WARGA", width=10)
    sheet.append(
        ["No", "Tanggal rapat", "Uraian tindak lanjut", "Penanggung jawab", None, "Tenggat", "Pelaksanaan", None, None]
    )
    sheet.append(
        [None, None, None, "Unit kerja", "Nama PIC", None, "Status", "Tanggal selesai", "Perkembangan", "Data dukung"]
    )
    top = sheet.max_row - 1
    for first, last in ((4, 5), (7, 10)):
        sheet.merge_cells(start_row=top, start_column=first, end_row=top, end_column=last)
    for column in (1, 2, 3, 6):
        sheet.merge_cells(start_row=top, start_column=column, end_row=top + 1, end_column=column)
    sheet.append([f"({number})" for number in range(1, 11)])
    words = {"completed": "Selesai", "in_progress": "Dalam proses", "not_started": "Belum ditindaklanjuti"}
    for number, action in enumerate(sorted(ACTIONS, key=lambda action: action["meeting"]), 1):
        is_first = number % 4 == 1
        sheet.append([
            number, _by_day(action["meeting"], number // 4) if is_first else None, action["text"], action["unit"],
            _named(action["pic"], number), _in_any_way(action["due"], number + 1), words[action["status"]],
            _in_any_way(action["closed"], number + 2) if action["closed"] else "-", action["progress"],
            action["evidence"],
        ])  # fmt: skip
        if number % 4 == 0:
            sheet.merge_cells(start_row=sheet.max_row - 3, start_column=2, end_row=sheet.max_row, end_column=2)
    sheet.append(["JUMLAH", None, None, None, None, None, "60"])


def _as_text(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date | datetime) else str(value)


def _csv(rows: Sequence[Sequence[object]], delimiter: str) -> str:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue()


def _shown_as_words(fill: Callable[[Any], None]) -> Callable[[Any], None]:
    """With every date formatted as «05 Mei 2025»."""

    def filled(book: openpyxl.Workbook) -> None:
        fill(book)
        for row in book.active.iter_rows():
            for cell in row:
                if isinstance(cell.value, date):
                    cell.number_format = "[$-421]dd mmmm yyyy"
                elif isinstance(cell.value, int):
                    cell.number_format = numbers.FORMAT_GENERAL

    return filled


FILES: Sequence[File] = [
    File("units", "daftar unit.xlsx", files.xlsx(_units)),
    File("posts", "jabatan.csv", _posts()),
    File("persons", "Pegawai 2025.xls", files.xls(_persons)),
    File("holdings", "pejabat.txt", _holdings()),
    File("accounts", "akun.txt", _accounts()),
    File("documents", "dokumen kinerja.xlsx", files.xlsx(_documents)),
    File("indicators", "indikator.xlsx", files.xlsx(_indicators)),
    File("values", "capaian.ods", _values()),
    File("meetings", "agenda rapat.xlsx", files.xlsx(_shown_as_words(_meetings))),
    File("attendance", "kehadiran.csv", _attendance()),
    File("proposals", "usulan.xlsx", files.xlsx(_shown_as_words(_proposals))),
    File("actions", "matriks TL 2025.xlsx", files.xlsx(_shown_as_words(_actions))),
]
