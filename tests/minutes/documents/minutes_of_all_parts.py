"""Content of minutes (schema 2) with every part of the official form."""

from typing import Any

STAFF = "Staf Ahli Bidang Ekonomi"
LONG = "mempertanggungjawabkannya"
_STATEMENT: dict[str, Any] = {
    "id": 1, "origin_id": None, "kind": "remark", "speaker": "Razilu", "speaker_post": STAFF, "speaker_note": None,
    "on_behalf_of": None, "quote": None, "gist_id": None, "gist_en": None, "has_sic": False, "recorder_note": None,
    "origin": None, "agenda_item": None, "proposals": [], "actions": [],
}  # fmt: skip
_ACTION: dict[str, Any] = {
    "text_en": None, "unit_id": None, "unit_en": None, "pic": None, "post_id": None, "post_en": None, "due_on": None,
    "status": "not_started", "agenda_item": 2, "statement": 2, "supporters": [], "waiting_for": None, "proposal": None,
}  # fmt: skip
_PROPOSAL = {"code": "U-2020-001", "title_id": "Pembentukan forum nasional", "title_en": None}


def _attendee(number: int, person: str | None, post: str | None, role: str, nip: str | None = None) -> dict[str, Any]:
    return {"number": number, "person": person, "nip": nip, "post": post, "role": role, "status": "present",
            "represented_by": None, "note": None}  # fmt: skip


CONTENT: dict[str, Any] = {
    "schema": 2,
    "letterhead": {"lines": ["Kementerian Hukum dan HAM", "Direktorat Jenderal HAM"], "address": "Jalan Rasuna Said"},
    "meeting": {
        "code": "R-2020-001", "name_id": "Rapat penyusunan target", "name_en": "Meeting on targets",
        "meeting_type": None, "classification": "restricted", "date": "2020-10-21", "date_as_written": None,
        "called_time": None, "start_time": "13:30:00", "end_time": "15:00:00", "time_as_written": None,
        "timezone": "Asia/Jakarta", "venue": "Ruang Rapat", "venue_detail": None, "city": "Jakarta", "mode": None,
        "organiser_is_inferred": False, "invitation_number": None, "invitation_on": None, "document_number": None,
        "source_type": None, "source_publisher": None, "source_url": None, "attendance_is_complete": True,
        "opening": "Pimpinan membuka rapat.", "closing": None, "note": None, "organiser_id": None,
        "organiser_en": None, "copies_to": "Menteri\nSekretaris Jenderal",
    },
    "agenda": [{"number": 1, "text": "1. Pembukaan"}, {"number": 2, "text": "2) Target 2021"},
               {"number": 3, "text": "c) Lain-lain"}],
    "attendance": [
        _attendee(1, "Razilu", STAFF, "chair", "196503031990031001"), _attendee(2, None, "Kabag PPL", "participant"),
        _attendee(3, "Sekar Wulandari", "Analis Hukum", "minute_taker"),
    ],
    "statements": [
        {**_STATEMENT, "number": 1, "kind": "proposal", "quote": "perlu dibentuk forum", "agenda_item": 2,
         "proposals": [{**_PROPOSAL, "bearing": "raises"}]},
        {**_STATEMENT, "id": 2, "number": 2, "kind": "decision", "gist_id": "Forum dibentuk", "agenda_item": 2,
         "proposals": [{**_PROPOSAL, "bearing": "decides"}], "actions": ["TL-2020-002", "TL-2020-001"]},
        {**_STATEMENT, "id": 3, "number": 3, "gist_id": "Rapat lanjutan menyusul", "agenda_item": 3},
    ],
    "proposals": [{**_PROPOSAL, "gist_id": None, "gist_en": None, "status": "submitted",
                   "proponents": [{"name": "Razilu", "post": STAFF, "attribution": "quoted"}]}],
    "actions": [
        {**_ACTION, "code": "TL-2020-001", "text_id": f"Menyusun naskah dan {LONG}", "due_on": "2020-11-30",
         "unit_id": "Direktorat Kerja Sama HAM", "pic": "Teuku Rahman"},
        {**_ACTION, "code": "TL-2020-002", "text_id": "Menyiapkan surat edaran"},
        {**_ACTION, "code": "TL-2020-003", "text_id": "Mengirim undangan", "agenda_item": 3, "statement": None},
    ],
    "hidden": 0,
}  # fmt: skip
