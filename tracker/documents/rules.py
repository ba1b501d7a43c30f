"""What a sheet looks like, filled with words that a Word template is tried with. Pure."""

from typing import Any

#: Words of the sample that no template may leave out: what was said, what was proposed, what follows, who was there.
NEEDED = ("Pokok pikiran percobaan", "Usulan percobaan", "Tindak lanjut percobaan", "Peserta percobaan", "DRAF")


def _table(title: str, columns: int, words: str) -> dict[str, Any]:
    filling = [words, *[f"Kolom {number}" for number in range(2, columns + 1)]]
    return {"title": title, "head": list(filling), "widths": [1] * columns, "rows": [filling],
            "signature_column": -1, "is_attachment": False, "is_last_before_signatures": False}  # fmt: skip


_SIGN = {"place": "Jakarta, 21 Oktober 2020", "role": "Pimpinan rapat", "post": "Jabatan", "name": "Nama", "nip": "NIP"}
_ROW = {"lead": "Nama, Jabatan (Catatan)", "quote": "Kutipan", "text": NEEDED[0], "note": "Catatan notulis"}
SAMPLE: dict[str, Any] = {
    "language": "id", "title": "Notula rapat", "letterhead": ["Kementerian", "Direktorat Jenderal"],
    "address": "Jakarta", "number": "Nomor: 1", "draft": NEEDED[4], "footer": "R-2020-001",
    "nothing": "belum ditetapkan", "notice": "Catatan", "facts": [["Tempat", "Jakarta"]],
    "sections": [{"title": "Pembahasan", "rows": [_ROW]}, {"title": "Keputusan", "rows": []}],
    "tables": [_table("Usulan", 4, NEEDED[1]), _table("Matriks", 6, NEEDED[2]), _table("Daftar hadir", 5, NEEDED[3])],
    "closing": "Rapat ditutup.", "signatures": [_SIGN, _SIGN], "mark": "Tanda", "qr": "",
    "page": "Halaman {page} dari {pages}", "glyph_note": "",
}  # fmt: skip
