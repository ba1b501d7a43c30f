"""A sample sheet for checking Word templates. Pure."""

from collections.abc import Iterator
from itertools import product
from typing import Any

#: Texts of the sample that every template must show: statement, proposal, action, attendee, draft notice.
NEEDED = ("Pokok pikiran percobaan", "Usulan percobaan", "Tindak lanjut percobaan", "Peserta percobaan", "DRAF")


def _table(title: str, columns: int, text: str) -> dict[str, Any]:
    filling = [text, *[f"Kolom {number}" for number in range(2, columns + 1)]]
    return {"title": title, "head": list(filling), "widths": [1] * columns, "rows": [filling], "signature_column": -1,
            "is_attachment": False, "is_wide": False, "is_last_before_signatures": False}  # fmt: skip


_SIGN = {"place": "Jakarta, 21 Oktober 2020", "role": "Pimpinan rapat", "post": "Jabatan", "name": "Nama", "nip": "NIP",
         "seal": "Tempat tanda tangan"}  # fmt: skip
_ACTION = {"code": "TL-2020-001", "text": "Menyusun naskah", "who": "Direktorat", "due": "tenggat 30 November 2020"}
_ROW = {"number": 1, "lead": "Nama, Jabatan (Catatan)", "who": "Nama", "post": "Jabatan", "kind": "Catatan",
        "is_decision": False, "quote": "Kutipan", "text": NEEDED[0], "note": "Catatan notulis",
        "proposals": ["U-2020-001 Judul"], "actions": [_ACTION]}  # fmt: skip
SAMPLE: dict[str, Any] = {
    "language": "id", "title": "Notula rapat", "document_title": "Notula rapat R-2020-001",
    "letterhead": ["Kementerian", "Direktorat Jenderal"], "address": "Jakarta", "classification": "Biasa (B)",
    "is_secret": False, "number": "Nomor: 1", "draft": NEEDED[4], "footer": "R-2020-001", "nothing": "–",
    "notice": "Catatan", "facts": [["Tempat", "Jakarta"]], "opening_title": "Kata pembukaan", "opening": "Pembukaan",
    "sections": [{"title": "Pembahasan", "rows": [_ROW], "actions": [_ACTION]},
                 {"title": "2. Penutup", "rows": [], "actions": []}],
    "tables": [_table("Usulan", 4, NEEDED[1]), _table("Matriks", 6, NEEDED[2]), _table("Daftar hadir", 5, NEEDED[3])],
    "closing": "Rapat ditutup.", "signatures": [_SIGN, _SIGN], "copies_title": "Tembusan:", "copies": ["Arsip"],
    "mark": "Tanda", "qr": "", "page": "Halaman {page} dari {pages}", "glyph_note": "",
}  # fmt: skip

#: Fields that a statement may lack; its text must be shown in any case.
_MAY_LACK = ("who", "post", "quote", "note", "is_decision", "proposals", "actions")


def sample_for_checking() -> tuple[dict[str, Any], list[str]]:
    """The sample with every combination of missing fields, and the texts that a template must show of it."""
    rows = [
        {**_ROW, "is_decision": True, **{name: type(_ROW[name])() for name, has in zip(_MAY_LACK, present, strict=True)
                                         if not has}, "number": number, "text": f"{NEEDED[0]} {number:03}"}
        for number, present in enumerate(product((True, False), repeat=len(_MAY_LACK)), 1)
    ]  # fmt: skip
    half = len(rows) // 2
    sections = [
        {"title": "Pembahasan", "rows": rows[:half], "actions": [_ACTION]},
        {"title": "Lain-lain", "rows": rows[half:], "actions": []},
        {"title": "Penutup", "rows": [], "actions": [_ACTION]},
        {"title": "Doa", "rows": [], "actions": []},
    ]
    tables = [{**table, "rows": list(_row_variants(table["rows"][0]))} for table in SAMPLE["tables"]]
    required = [*NEEDED, *(row["text"] for row in rows), *(row[0] for table in tables for row in table["rows"])]
    return {**SAMPLE, "sections": sections, "tables": tables}, required


def _row_variants(row: list[str]) -> Iterator[list[str]]:
    """The row with every combination of empty cells, except the first cell."""
    for number, filled in enumerate(product((True, False), repeat=len(row) - 1), 1):
        yield [f"{row[0]} {number:03}", *(cell if has else "" for cell, has in zip(row[1:], filled, strict=True))]
