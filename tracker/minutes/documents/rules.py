"""What a sheet looks like, filled with words that a Word template is tried with. Pure."""

from typing import Any

#: Words of the sample that no template may leave out: what was said, what was proposed, what follows, who was there.
NEEDED = ("Pokok pikiran percobaan", "Usulan percobaan", "Tindak lanjut percobaan", "Peserta percobaan", "DRAF")


def _table(title: str, columns: int, words: str) -> dict[str, Any]:
    filling = [words, *[f"Kolom {number}" for number in range(2, columns + 1)]]
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
