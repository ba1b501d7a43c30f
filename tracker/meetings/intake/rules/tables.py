"""The columns of tables in minutes. Pure."""

import re
from collections.abc import Sequence

from tracker.meetings.intake.formats.sections import FACTS, Fact, plain_label

_HEADS = {
    "what": "uraian; uraian tindak lanjut; tindak lanjut; kegiatan; rencana tindak lanjut; tugas; "
            "action; action item; task; description; item; deskripsi; rekomendasi; langkah; uraian kegiatan; "
            "pekerjaan; aksi; activity; what; arahan; uraian tugas; action items; hal; topik; agenda; isu; "
            "catatan; hasil; materi; pokok bahasan; "
            "pembahasan; discussion; notes; issue; pernyataan; uraian pembahasan; actions",
    "task": "tindak lanjut; rencana tindak lanjut; action; action item; action items; actions; task; tasks; tugas; "
            "aksi; follow up; follow-up; uraian tindak lanjut; rtl; rekomendasi tindak lanjut; next steps; "
            "langkah tindak lanjut",
    "said": "pembahasan; discussion; notes; uraian pembahasan; issue; isu; catatan; hasil pembahasan; remarks; "
            "discussion points; pokok pembahasan; summary; key points; permasalahan; masalah",
    "decision": "keputusan; kesepakatan; kesimpulan; decision; hasil keputusan; resolution; hasil kesepakatan",
    "speaker": "pembicara; nama; speaker; penyampai; disampaikan oleh; pengusul; unit pengusul; who said",
    "proposal": "usulan; usul; saran; masukan; proposal; suggestion",
}  # fmt: skip
_COLUMNS = {
    word.strip(): name for name, words in _HEADS.items() if name not in {"task", "said"} for word in words.split(";")
}
#: What was said and what is to be done, where a table has a column for each.
_ROLES = {word.strip(): name for name in ("task", "said") for word in _HEADS[name].split(";")}
_DECIDING = {label: name for label, name in _COLUMNS.items() if name != "what"}


def columns_of(cells: Sequence[str]) -> dict[str, int] | None:
    """The columns of a table by its head row; None if it is none."""
    columns: dict[str, int] = {}
    known, when = 0, None
    both = {_ROLES.get(plain_label(cell)) for cell in cells} >= {"task", "said"}
    for at, cell in enumerate(cells):
        label = plain_label(cell)
        fact = FACTS.get(label)
        role = _ROLES.get(label) if both else None
        name = (
            {"task": "what", "said": "said"}.get(role or "")
            or (_COLUMNS.get(label) if not both else _DECIDING.get(label))
            or (fact.value if fact in {Fact.PIC, Fact.DUE} else None)
        )
        name = name or next(
            (word for key, word in (("penanggung", "pic"), ("tenggat", "due"), ("batas waktu", "due")) if key in label),
            None,
        )
        when = at if fact in {Fact.DATE, Fact.TIME} else when
        known += (
            bool(name)
            or fact in {Fact.DATE, Fact.TIME}
            or label in {"no", "nomor", "status", "keterangan", "ket", "#", "nr", "jabatan", "instansi"}
        )
        if name and name not in columns:
            columns[name] = at
    if when is not None and "pic" in columns:
        columns.setdefault("due", when)  # «Waktu» beside «Penanggung jawab»
    if known < len("ab") or known * 2 < len(cells):
        return None
    if "what" not in columns and not {"decision", "proposal"} & columns.keys():
        return None
    return columns


def is_attendance(cells: Sequence[str]) -> bool:
    labels = [plain_label(cell) for cell in cells]
    return "nama" in labels or "name" in labels


def is_number_row(cells: Sequence[str]) -> bool:
    return all(re.fullmatch(r"[\s(\[]*\d{0,2}[)\].\s]*", cell) for cell in cells)
