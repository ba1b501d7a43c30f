"""Every database constraint is validated at a field of a form without losing what was typed, or cannot be violated.

A new constraint fails the build until it stands in one of the tables below.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.orm import Session

from tests.databases import Kind
from tests.visitor import ADMIN, DECISION_MAKER, REVIEWER, SECRETARIAT, Page, Visitor, filled
from tracker.core import constraints
from tracker.core.db import Model

pytestmark = pytest.mark.on_both

TABLES = Model.metadata.sorted_tables
HIDDEN = {"csrf_token", "once", "version", "chosen", "sealed_seed", "next"}
#: Rows of the demo used in the paths below.
ROWS = {
    "action": "min(id) FROM action_item WHERE status = 'in_progress' AND due_on IS NOT NULL",
    "request": "min(id) FROM due_date_request WHERE state = 'asked'",
    "asked": "min(action_id) FROM due_date_request WHERE state = 'asked'",
    "proposal": "min(id) FROM proposal WHERE status = 'submitted'",
    "link": "min(id) FROM proposal_target_link WHERE proposal_id = 1",
    "relation": "min(id) FROM proposal_relation WHERE from_id = 4 OR to_id = 4",
    "indicator": "min(indicator_id) FROM indicator_value v JOIN target t ON t.id = v.indicator_id WHERE t.id > 20",
    "objective": "min(id) FROM target WHERE kind = 'objective'",
    "document": "min(id) FROM target WHERE kind = 'document' AND state = 'draft'",
    "statement": "min(id) FROM statement",
    "attendance": "min(id) FROM attendance",
}
NOT_OFFERED = "Pilih dari daftar."


def checks() -> set[str]:
    """CHECK constraints, except those of codes: their fields accept only the choices offered."""
    found = (one for table in TABLES for one in table.constraints if isinstance(one, CheckConstraint))
    return {str(one.name) for one in found if not getattr(one, "_type_bound", False)}


def uniques() -> set[str]:
    return {
        *(str(one.name) for table in TABLES for one in table.constraints if isinstance(one, UniqueConstraint)),
        *(str(index.name) for table in TABLES for index in table.indexes if index.unique),
    }


def keys() -> set[str]:
    """Primary keys other than a generated id."""
    return {str(table.primary_key.name) for table in TABLES if list(table.primary_key.columns.keys()) != ["id"]}


def needed() -> set[str]:
    columns = (column for table in TABLES for column in table.columns if not column.primary_key)
    return {f"{column.table.name}.{column.name}" for column in columns if not column.nullable}


def references() -> set[str]:
    return {f"{column.table.name}.{column.name}" for table in TABLES for column in table.columns if column.foreign_keys}


@dataclass(frozen=True)
class Case:
    """Input that violates the constraint, and the field and message with which the form refuses it."""

    path: str
    field: str
    sentence: str
    typed: dict[str, Any] = field(default_factory=dict)
    by: str = SECRETARIAT


VIEW = "/views/new?list=meetings&year=2026"
BACKWARDS = "Akhir mendahului awal."
BELOW_ITSELF = "Unit kerja tidak dapat berada di bawah dirinya sendiri."
DAYS = {"valid_from": "2026-02-01", "valid_to": "2026-01-01"}

#: CHECK and UNIQUE constraints with input that violates them.
SAID = {
    "ck_action_item_percent_of_hundred": Case("/actions/{action}/report", "percent",
        "Isi bilangan bulat dari 0 sampai 100.", {
        "percent": "101", "progress_note": "Catatan"}),
    "ck_action_update_percent_of_hundred": Case("/actions/{action}/report", "percent",
        "Isi bilangan bulat dari 0 sampai 100.", {
        "percent": "-1", "progress_note": "Catatan"}),
    "ck_action_item_has_origin": Case("/actions/new", "proposal",
        "Pilih rapat, usulan, keputusan, atau arahan asalnya.", {"text_id": "Kerjakan"}),
    "ck_action_setting_sensible": Case("/actions/due-soon", "working_days",
        "Isi bilangan bulat dari 1 sampai 60.", {
        "working_days": "61"}, REVIEWER),
    "ck_answer_setting_positive": Case("/proposals/unanswered/thresholds", "days",
        "Isi bilangan bulat dari 1 sampai 3650.", {
        "days": "0"}, REVIEWER),
    "ck_attendance_somebody": Case("/meetings/1/attendance/new", "person",
        "Pilih orang atau jabatan, atau tulis jabatannya.", {"note": "Tanpa nama"}),
    "ck_due_date_request_refused_with_note": Case("/actions/{asked}/requests/{request}/refuse", "note",
        "Tulis alasannya.", {
        "note": ""}, REVIEWER),
    "ck_escalation_to_somebody": Case("/actions/{action}/escalate", "position",
        "Pilih jabatan atau orangnya.", {
        "reason": "Terhambat"}, REVIEWER),
    "ck_hand_over_one_holder": Case("/proposals/{proposal}/hand-over", "person",
        "Pilih tepat satu: orang, jabatan, unit, atau pihak luar.", {
        "outside": "Kemenkeu", "unit": "1"}),
    "ck_indicator_value_upper_has_lower": Case("/targets/{indicator}/values/new", "target_upper",
        "Batas atas memerlukan nilai target yang tidak melebihinya.", {
        "target_upper": "5", "note": "Catatan"}),
    "ck_meeting_times_in_order": Case("/meetings/1/edit", "end_time",
        "Selesai keesokan harinya? Beri tanda atau ubah jamnya.", {
        "start_time": "22:00", "end_time": "01:30"}),
    "ck_meeting_ends_on_another_day": Case("/meetings/1/edit", "end_on", "Hari terakhir mendahului hari pertama.", {
        "end_on": "2020-10-20"}),
    "ck_objective_not_own_parent": Case("/targets/{objective}/edit", "parent", NOT_OFFERED, {"parent": "{objective}"}),
    "ck_org_unit_not_own_parent": Case("/units/1/edit", "parent", BELOW_ITSELF, {"parent": "1"}),
    "ck_org_unit_valid_in_order": Case("/units/1/edit", "valid_to", BACKWARDS, DAYS),
    "ck_period_ends_in_a_month": Case("/periods/new", "periods-0-last_month",
        "Isi bulan dari 1 sampai 12.", {
        "code": "T", "name_id": "Triwulan", "periods-0-code": "T1", "periods-0-name_id": "Satu",
        "periods-0-last_month": "13"}, ADMIN),
    "ck_position_valid_in_order": Case("/posts/1/edit", "valid_to", BACKWARDS, DAYS),
    "ck_position_holding_dates_in_order": Case("/posts/1/holders/new", "end_on", BACKWARDS, {
        "person": "1", "start_on": "2026-02-01", "end_on": "2026-01-01"}),
    "ck_preview_of_another": Case("/preview", "reader", NOT_OFFERED, {"reader": "1"}),
    "ck_proposal_not_merged_into_itself": Case("/proposals/{proposal}/move/merged", "survivor", NOT_OFFERED, {
        "survivor": "{proposal}", "reason": "Sama"}),
    "ck_proposal_merged_has_survivor": Case("/proposals/{proposal}/move/merged", "survivor",
        "Pilih usulan tujuan penggabungan.", {
        "survivor": "", "reason": "Sama"}),
    "ck_proposal_deferred_has_revisit_date": Case("/proposals/{proposal}/move/deferred", "revisit_on",
        "Isi tanggal ditinjau kembali yang lebih lambat dari langkah ini.",
        {"reason": "Menunggu anggaran", "revisit_on": ""}, DECISION_MAKER),
    "ck_proposal_has_source": Case("/proposals/new", "source_note",
        "Sebutkan rapat asal atau sumbernya.", {
        "title_id": "Judul", "gist_id": "Isi", "raised_on": "2026-11-02", "proponents-0-person": "1"}),
    "ck_proposal_proponent_somebody": Case("/proposals/1/proponents/new", "person",
        "Pilih orang atau jabatan.", {
        "role": "proponent", "attribution": "quoted"}),
    "ck_proposal_relation_two_proposals": Case("/proposals/1/relations/new", "other", NOT_OFFERED, {
        "kind": "continues", "other": "1", "note": "Catatan"}),
    "ck_proposal_target_link_realised_value_has_period": Case("/proposals/1/targets/{link}/effect", "period",
        "Sebutkan periode perubahannya, misalnya B09 2026.", {
        "value": "12,5", "period": ""}, REVIEWER),
    "ck_statement_says_something": Case("/meetings/1/statements/new", "gist_id",
        "Tulis kutipan, inti, atau keduanya.", {
        "kind": "remark", "recorder_note": "Catatan"}),
    "ck_target_document_edition_counts_from_one": Case("/targets/new/document", "edition",
        "Isi bilangan bulat, mulai dari 1.", {
        "name_id": "Renstra", "edition": "0"}),
    "ck_target_document_years_in_order": Case("/targets/new/document", "year_to", BACKWARDS, {
        "name_id": "Renstra", "year_from": "2027", "year_to": "2026"}),
    "uq_account_office_address": Case("/accounts/new", "office_address",
        "Akun lain sudah memakai alamat akun kantor ini.", {
        "username": "kembar", "display_name": "Kembar", "roles": ["reader"], "clearance": "ordinary",
        "password": "empat kata acak yang panjang", "office_address": "satu@kantor.example"}, ADMIN),
    "uq_account_username": Case("/accounts/new", "username",
        "Sudah ada akun dengan nama pengguna ini.", {
        "username": SECRETARIAT, "display_name": "Kembar", "roles": ["reader"], "clearance": "ordinary",
        "password": "empat kata acak yang panjang"}, ADMIN),
    "uq_former_unit_name_unit_id_until_on": Case("/units/2/former-names/new", "until_on",
        "Sudah ada nama lama unit ini yang berakhir pada hari itu.", {
        "name_id": "Nama dulu", "until_on": "2019-12-31"}),
    "uq_holiday_date": Case("/holidays/new", "date",
        "Hari ini sudah ada di tabel; ubah namanya di sana.", {
        "date": "2026-12-25", "name_id": "Natal lagi", "kind": "national"}),
    "uq_indicator_value_indicator_id_year_period_id": Case("/targets/{indicator}/values/new", "period",
        "Periode ini sudah bernilai. Ubah nilainya.", {
        "year": "{year}", "period": "{period}", "actual_value": "3"}),
    "uq_period_scheme_id_code": Case("/periods/new", "periods-0-code",
        "Setiap kode hanya dapat dipakai sekali dalam satu skema.", {
        "code": "T", "name_id": "Triwulan", "periods-0-code": "T1", "periods-0-name_id": "Satu",
        "periods-0-last_month": "3", "periods-1-code": "T1", "periods-1-name_id": "Dua",
        "periods-1-last_month": "6"}, ADMIN),
    "uq_period_scheme_code": Case("/periods/new", "code",
        "Sudah ada skema dengan kode ini.", {
        "code": "{scheme}", "name_id": "Kembar", "periods-0-code": "T1", "periods-0-name_id": "Satu",
        "periods-0-last_month": "3"}, ADMIN),
    "uq_proposal_relation_from_id_to_id_kind": Case("/proposals/{first}/relations/new", "kind",
        "Hubungan ini sudah tercatat.", {
        "kind": "{kind}", "other": "{second}", "note": "Catatan"}),
    "uq_proposal_target_link_proposal_id_target_id_effect": Case("/proposals/1/targets/new", "effect",
        "Dampak ini pada target ini sudah tercatat.", {
        "target": "{target}", "effect": "{effect}", "expected_effect": "Naik"}),
    "ix_attendance_one_chair": Case("/meetings/1/attendance/new", "role",
        "Rapat hanya punya satu pimpinan.", {
        "post_as_written": "Dirjen", "role": "chair"}),
    "ix_due_date_request_open": Case("/actions/{asked}/ask-date", "asked_for",
        "Tenggat lain sudah diminta dan masih menunggu jawaban.", {
        "asked_for": "2027-01-15", "reason": "Masih menunggu"}, REVIEWER),
    "uq_saved_view_account_id_list_name_name": Case(VIEW, "name",
        "Anda sudah mempunyai tampilan dengan nama ini untuk daftar ini.", {"name": "Tahun ini"}),
}  # fmt: skip

COUNTED = "counted by the program while the row it belongs to is locked"
RANDOM = "random, made by the program"
STEP = "set by the program together with the step itself"
REFUSED = "a state, not an input: the page offers no form then; a form left open gets the sentence above it"
RERUN = "two at one moment: the second runs again and finds the row of the first"

#: Why no input can violate the others.
UNREACHED = {
    "ck_action_hold_dates_in_order": "the end is never set before the beginning",
    "ck_action_item_completed_is_verified": STEP,
    "ck_action_item_first_promise_kept": STEP,
    "ck_action_item_statement_has_meeting": "the meeting is that of the line",
    "ck_action_item_agenda_item_has_meeting": "the agenda item is one of the meeting",
    "ck_statement_source_is_a_place": "the reader says where a line begins",
    "*_statement_source*": "written with a line, once, when the reading of a text is confirmed",
    "*_statement_repeat_*": "written with a line of a review, once for each row it repeats",
    "ck_involvement_somebody": "the program notes who acted, or whom a row names",
    "ck_action_supporter_somebody": "each is chosen or written in a list",
    "ck_action_setting_only_one": STEP,
    "ck_answer_setting_only_one": STEP,
    "ck_attachment_has_content": "an empty file is refused at the field: see the test of files below",
    "ck_attachment_removed_by_someone": STEP,
    "ck_attachment_agenda_item_has_meeting": "the agenda item is one of the meeting",
    "ck_attachment_belongs_to_one": "set from the address",
    "ck_due_date_request_answered_once": STEP,
    "ck_*_merge_two_*": "an entry is never offered to be merged with itself, and such an address is absent",
    "ck_*_not_merged_into_itself": "an entry is never offered to be merged with itself, and such an address is absent",
    "ix_*_merge_open": "an entry that was merged is absent, until that is undone",
    "ck_hand_over_one_subject": "set from the address",
    "ck_hand_over_answer_ends_it": STEP,
    "ck_escalation_one_subject": "set from the address",
    "ck_escalation_ended_once": STEP,
    "ck_escalation_answered_in_words": "asked for where it is answered: see tests/inbox",
    "ck_minutes_version_returned_with_note": "asked for where minutes are returned: see tests/scenarios",
    "ck_minutes_version_has_content": STEP,
    "ck_preview_ends_in_time": STEP,
    "ck_preview_some_time": STEP,
    "ck_proposal_target_link_realised_effect_has_author": STEP,
    "ck_reorganisation_entered_by_someone": STEP,
    "ck_reorganisation_item_one_item": "one is read from the code",
    "ck_review_closed_is_frozen": STEP,
    "ck_review_next_is_later": "computed from the day of the review",
    "ck_review_item_*": STEP,
    "ck_target_not_own_origin": STEP,
    "ck_target_state_of_its_kind": STEP,
    "ck_target_document_not_own_successor": STEP,
    "ck_word_template_file_has_name": STEP,
    "ck_letterhead_setting_emblem_has_name": STEP,
    "ck_import_run_*": STEP,
    "uq_access_link_token_hash": RANDOM,
    "uq_sign_in_token_hash": RANDOM,
    "uq_calendar_address_token_hash": RANDOM,
    "ck_reply_link_*": STEP,
    "uq_api_token_token_hash": RANDOM,
    "uq_meeting_invitation_token_hash": RANDOM,
    "ck_meeting_invitation_*": STEP,
    "ix_meeting_arrival_waits_once": "a name that waits is not added again: see tests/meetings/check_in",
    "uq_webhook_delivery_*": "made by the program once for each event and webhook",
    "uq_audit_entry_hash": COUNTED,
    "uq_action_item_code": COUNTED,
    "uq_meeting_code": COUNTED,
    "uq_proposal_code": COUNTED,
    "ix_action_hold_open": "what held it up before is ended first, while the action is locked",
    "ix_agenda_item_of_meeting": "an id is unique without it",
    "uq_agenda_item_carried_from_id": "refused on the page: see tests/meetings/test_arranging_pages.py",
    "ix_proposal_target_link_effect_not_set": "the form asks for the effect; lines suggest a target once",
    "uq_follow_account_id_subject_subject_id": RERUN,
    "uq_meeting_grant_meeting_id_account_id": "refused at the field: see tests/classification",
    "uq_invitation_letter_meeting_id": "the meeting is locked first, and has one form",
    "uq_meeting_template_meeting_type": "each type has one form, which changes what is there",
    "ix_minutes_version_approved_once": REFUSED,
    "uq_notice_key": "made by the program once for each deed",
    "ck_notice_one_recipient": "made by the program for an account, or a person without one",
    "uq_review_week": REFUSED,
    "ix_review_one_open": REFUSED,
    "uq_review_item_*": COUNTED,
    "ix_saved_view_one_default": RERUN,
    "ix_target_document_one_successor": REFUSED,
    "pk_code_series": RERUN,
    "pk_account_role": "a set of roles",
    "pk_action_supporting_unit": "a set of units",
    "pk_statement_target": "a set of targets",
    "pk_statement_proposal": "one link for each proposal",
    "pk_bulk_change_row": "a set of actions",
    "pk_series_meeting": REFUSED,
    "pk_*": "kept by the program for its own use",
}

#: Forms that ask for NOT NULL columns, and the message of each field when the form is sent empty.
ASKED = {
    ("/meetings/new", SECRETARIAT): {"meeting.name_id": "name_id", "meeting.date": "date",
                                     "meeting.classification": "classification"},
    ("/meetings/1/statements/new", SECRETARIAT): {"statement.kind": "kind"},
    ("/meetings/1/series/new", SECRETARIAT): {"meeting_series.name_id": "name_id"},
    ("/meetings/1/readers", SECRETARIAT): {"meeting_grant.account_id": "account", "meeting_grant.reason": "reason"},
    ("/proposals/new", SECRETARIAT): {
        "proposal.title_id": "title_id", "proposal.gist_id": "gist_id", "proposal.raised_on": "raised_on",
        "proposal.classification": "classification"},
    ("/proposals/1/proponents/new", SECRETARIAT): {
        "proposal_proponent.role": "role", "proposal_proponent.attribution": "attribution"},
    ("/proposals/1/targets/new", SECRETARIAT): {
        "proposal_target_link.target_id": "target"},
    ("/proposals/1/relations/new", SECRETARIAT): {
        "proposal_relation.to_id": "other", "proposal_relation.kind": "kind"},
    ("/proposals/{proposal}/hand-over", SECRETARIAT): {"hand_over.on": "on"},
    ("/actions/new", SECRETARIAT): {
        "action_item.text_id": "text_id", "action_item.classification": "classification"},
    ("/actions/{action}/report", REVIEWER): {"action_update.on": "on"},
    ("/actions/{action}/hold", REVIEWER): {
        "action_hold.kind": "kind", "action_hold.waiting_for": "waiting_for", "action_hold.since": "since"},
    ("/actions/{action}/ask-date", REVIEWER): {
        "due_date_request.asked_for": "asked_for", "due_date_request.reason": "reason"},
    ("/actions/{action}/escalate", REVIEWER): {"escalation.reason": "reason"},
    ("/actions/due-soon", REVIEWER): {"action_setting.due_soon_working_days": "working_days"},
    ("/proposals/unanswered/thresholds", REVIEWER): {
        "answer_setting.after_meetings": "meetings", "answer_setting.after_days": "days"},
    ("/people/new", SECRETARIAT): {"person.name": "name"},
    ("/reorganisations/new", SECRETARIAT): {
        "reorganisation.number": "number", "reorganisation.dated_on": "dated_on",
        "reorganisation.in_force_on": "in_force_on"},
    ("/units/new", SECRETARIAT): {"org_unit.name_id": "name_id"},
    ("/units/2/former-names/new", SECRETARIAT): {
        "former_unit_name.name_id": "name_id", "former_unit_name.until_on": "until_on"},
    ("/posts/new", SECRETARIAT): {"position.title_id": "title_id"},
    ("/posts/1/holders/new", SECRETARIAT): {
        "position_holding.person_id": "person", "position_holding.kind": "kind"},
    ("/holidays/new", SECRETARIAT): {"holiday.date": "date", "holiday.name_id": "name_id", "holiday.kind": "kind"},
    ("/periods/new", ADMIN): {"period_scheme.code": "code", "period_scheme.name_id": "name_id",
                              "period.code": "periods-0-code"},
    ("/targets/new/document", SECRETARIAT): {
        "target.name_id": "name_id", "target_document.document_kind": "document_kind",
        "target_document.year_from": "year_from", "target_document.year_to": "year_to"},
    ("/targets/new/objective", SECRETARIAT): {"objective.level": "level"},
    ("/targets/{indicator}/values/new", SECRETARIAT): {
        "indicator_value.year": "year", "indicator_value.period_id": "period"},
    ("/settings", ADMIN): {"office_setting.timezone": "timezone", "office_setting.languages": "languages"},
    ("/accounts/new", ADMIN): {"account.username": "username", "account.display_name": "display_name",
                               "account.clearance": "clearance"},
    (VIEW, SECRETARIAT): {"saved_view.name": "name"},
    ("/preview", SECRETARIAT): {"preview.reader_id": "reader"},
    ("/reviews/2026-W05/open", REVIEWER): {"review.held_on": "held_on"},
    ("/search/synonyms/new", SECRETARIAT): {"synonym_group.words": "words"},
}  # fmt: skip

WHEN_AND_WHO = "when, and by whom: the program notes it"
READ = "set by the program to a row it has just read"
FIRST = "begins with a value of the program's own"
ADDRESS = "the row of the address, locked"
#: Why the other columns cannot be empty.
FILLED = {
    "*.version": FIRST, "*.at": WHEN_AND_WHO, "*.by_name": WHEN_AND_WHO, "*.code": COUNTED, "*.number": COUNTED,
    "*.place": COUNTED,
    "*.made_at": WHEN_AND_WHO, "*.recorded_at": WHEN_AND_WHO, "*_at": WHEN_AND_WHO, "*_by_name": WHEN_AND_WHO,
    "*.status": FIRST, "*.status_since": FIRST, "*.state": FIRST, "*.is_*": "a box to tick", "*.has_*": "a box to tick",
    "*.wants_*": "a box to tick", "*.token_hash": RANDOM, "*.code_hash": RANDOM, "*.meeting_id": ADDRESS,
    "*.proposal_id": ADDRESS, "*.action_id": ADDRESS, "*.unit_id": ADDRESS, "*.indicator_id": ADDRESS,
    "position_holding.position_id": ADDRESS, "proposal_relation.from_id": ADDRESS, "*.scheme_id": ADDRESS,
    "*.account_id": "whoever is signed in, or the account of the address", "meeting.timezone": FIRST,
    "meeting.organiser_is_inferred": "a box to tick",
    "account.password_hash": "a random one where nobody chose a password yet",
    "action_item.assigned_on": FIRST, "attendance.role": "a participant where nothing is chosen",
    "attendance.status": FIRST, "agenda_item.text": "an empty line is no item", "meeting_template.*": "an empty list",
    "*_merge.kept_id": ADDRESS, "*_merge.gone_id": ADDRESS, "*_merge.undo_data": "what the merge moved",
    "person.folded": "made from the name", "person.aliases": "an empty list", "position.aliases": "an empty list",
    "period.*": "a row that says anything is asked for all of it: see the rows of /periods/new", "target.kind": ADDRESS,
    "target_document.edition": FIRST, "statement_proposal.bearing": "asked for with the proposal: see StatementForm",
    "statement.classification": "as secret as its meeting where nothing is chosen", "saved_view.*": ADDRESS,
    "attachment.classification": "as secret as what it belongs to where nothing is chosen",
    "attachment.kind": "asked for with the file: see the test of files below", "attachment.*": "read from the file",
    "preview.until": FIRST, "office_identity.since": WHEN_AND_WHO, "second_step.*": "made by the program",
    "former_position.*": "what the post was called until then", "reorganisation_line.kind": "chosen, or read",
    "*.reorganisation_id": ADDRESS, "*.takes_rest": "a box to tick",
    "review.*": COUNTED, "review_item.*": STEP, "bulk_change_row.*": STEP, "series_meeting.series_id": ADDRESS,
    "reply_link.*": "made by the program with a mail, or with the letter: see tests/reply_links",
    "access_link.kind": ADDRESS, "follow.*": ADDRESS, "minutes_version.*": STEP, "notice.*": "made by the program",
    "meeting_invitation.*": STEP, "meeting_arrival.*": STEP,
    "statement_source.*": "written when the reading of a text is confirmed",
    "statement_repeat.statement_id": "written with a line of a review",
    "audit_*": "made by the program", "event.*": "made by the program", "involvement.*": "made by the program",
    "code_series.last": COUNTED, "import_run.*": "read from the file, or asked for with it: see tests/imports",
    "search_*": "made by the program", "proposal_meaning.*": "made by the program",
    "tally.*": "counted by the program", "spent_key.*": "made by the program",
    "throttle_count.*": "made by the program",
    "typed_line.*": "what is being typed, as it is", "reset_request.username": "asked for by the form",
    "sign_in.*": STEP, "calendar_address.due_dates": "asked for with the address: see tests/feed",
    "api_token.*": "asked for with the token: see tests/api",
    "webhook_delivery.*": "made by the program", "webhook_endpoint.hook_kinds": "ticked: see tests/webhooks",
    "webhook_endpoint.target_url": "asked for with the webhook: see tests/webhooks",
}  # fmt: skip

#: Foreign keys with a field that refuses ids that were not offered.
CHOSEN = {
    ("/meetings/new", SECRETARIAT): {
        "meeting.organiser_unit_id": "organiser_unit", "attendance.person_id": "people"},
    ("/meetings/1/statements/new", SECRETARIAT): {
        "statement.speaker_id": "speaker", "statement.origin_meeting_id": "origin_meeting",
        "statement.agenda_item_id": "agenda_item", "statement_proposal.proposal_id": "proposal",
        "statement_target.target_id": "targets"},
    ("/meetings/templates/other/edit", SECRETARIAT): {"meeting_template.organiser_unit_id": "organiser_unit"},
    ("/meetings/1/readers", SECRETARIAT): {"meeting_grant.account_id": "account"},
    ("/meetings/1/series/join", SECRETARIAT): {"series_meeting.series_id": "series"},
    ("/proposals/new", SECRETARIAT): {
        "proposal.raised_in_id": "raised_in", "proposal.responsible_unit_id": "responsible_unit",
        "proposal.decision_authority_id": "decision_authority", "proposal_proponent.person_id": "proponents-0-person",
        "proposal_proponent.position_id": "proponents-0-position", "proposal_target_link.target_id": "links-0-target"},
    ("/proposals/{proposal}/move/merged", SECRETARIAT): {"proposal.survivor_id": "survivor"},
    ("/proposals/1/relations/new", SECRETARIAT): {"proposal_relation.to_id": "other"},
    ("/proposals/{proposal}/hand-over", SECRETARIAT): {
        "hand_over.person_id": "person", "hand_over.position_id": "position", "hand_over.unit_id": "unit"},
    ("/actions/new", SECRETARIAT): {
        "action_item.proposal_id": "proposal", "action_item.statement_id": "statement", "action_item.pic_id": "pic",
        "action_item.responsible_unit_id": "responsible_unit", "action_supporting_unit.unit_id": "supporting_units",
        "action_item.meeting_id": "meeting", "action_item.responsible_position_id": "responsible_position",
        "action_supporter.person_id": "supporting_persons", "action_supporter.position_id": "supporting_positions"},
    ("/actions/{action}/escalate", REVIEWER): {"escalation.position_id": "position", "escalation.person_id": "person"},
    ("/units/new", SECRETARIAT): {"org_unit.parent_id": "parent"},
    ("/units/2/former-names/new", SECRETARIAT): {"former_unit_name.parent_id": "parent"},
    ("/posts/new", SECRETARIAT): {"position.unit_id": "unit"},
    ("/posts/1/holders/new", SECRETARIAT): {"position_holding.person_id": "person"},
    ("/targets/new/objective", SECRETARIAT): {
        "objective.document_id": "document", "objective.parent_id": "parent", "target.owner_unit_id": "owner_unit"},
    ("/targets/new/indicator", SECRETARIAT): {
        "indicator.document_id": "document", "indicator.objective_id": "objective", "indicator.scheme_id": "scheme"},
    ("/targets/{indicator}/values/new", SECRETARIAT): {"indicator_value.period_id": "period"},
    ("/accounts/new", ADMIN): {"account.person_id": "person"},
    ("/documents/letterhead", ADMIN): {"letterhead_setting.organiser_unit_id": "organiser"},
    ("/preview", SECRETARIAT): {"preview.reader_id": "reader"},
}  # fmt: skip

#: Why the others cannot reference missing rows.
POINTED = {
    "webhook_delivery.*": "made by the program",
    "*_merge.kept_id": ADDRESS, "*_merge.gone_id": ADDRESS, "*.merged_into_id": ADDRESS,
    "*.made_in_meeting_id": ADDRESS, "involvement.person_id": WHEN_AND_WHO, "notice.person_id": WHEN_AND_WHO,
    "meeting_invitation.person_id": "those on the list who can be reached",
    **dict.fromkeys(("*.meeting_id", "*.proposal_id", "*.action_id", "*.statement_id", "*.indicator_id"), ADDRESS),
    **dict.fromkeys(("*.position_id", "*.unit_id", "*.from_id", "*.scheme_id", "*.bulk_change_id"), ADDRESS),
    **dict.fromkeys(("*.review_id", "meeting_series.*", "*.carried_from_id", "*.joined_into_id"), ADDRESS),
    **dict.fromkeys(("*.named_after_id", "*.about_meeting_id", "*.carried_from_meeting_id"), ADDRESS),
    "agenda_item.origin_meeting_id": ADDRESS,
    **dict.fromkeys(("reorganisation_*", "former_position.*"), "read from a name, or set by the program"),
    "attachment.agenda_item_id": "refused at the field: see tests/attachments/test_papers.py",
    "action_item.agenda_item_id": "the one that is discussed now, chosen among those of the meeting",
    **dict.fromkeys(("*.account_id", "*.by_account_id", "*.recorded_by_id", "*.verified_by_id"), WHEN_AND_WHO),
    "import_run.made_by_id": WHEN_AND_WHO, "reply_link.person_id": "who is in charge",
    "invitation_letter.signatory*": "chosen for a planned meeting: see tests/minutes/letters",
    **dict.fromkeys(("*.added_by_id", "*.decided_by_id"), WHEN_AND_WHO),
    **dict.fromkeys(("*.id", "*.previous_id", "*.supersedes_id", "*.origin_id", "*.preview_id", "*.made_to_id"), READ),
}  # fmt: skip


def explained(name: str, reasons: dict[str, str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in reasons)


def test_every_check_and_unique_constraint_has_a_message_or_an_explanation() -> None:
    everything = checks() | uniques() | keys()

    assert {name for name in everything - SAID.keys() if not explained(name, UNREACHED)} == set()
    assert SAID.keys() - everything == set()
    assert {pattern for pattern in UNREACHED if not any(fnmatch(name, pattern) for name in everything)} == set()


def test_every_required_column_and_reference_has_a_field_or_an_explanation() -> None:
    asked = {name for columns in ASKED.values() for name in columns}
    chosen = {name for columns in CHOSEN.values() for name in columns}

    assert {name for name in needed() - asked if not explained(name, FILLED)} == set()
    assert {name for name in references() - chosen if not explained(name, POINTED)} == set()
    assert (asked - needed(), chosen - references()) == (set(), set())


def test_messages_for_simultaneous_changes_name_existing_constraints() -> None:
    named = {str(table.primary_key.name) for table in TABLES}

    assert constraints.races() - checks() - uniques() - named == set()


@pytest.fixture
def rows(session: Session) -> dict[str, str]:
    """Ids of the rows used in paths and input."""
    found = {name: str(session.execute(text(f"SELECT {what}")).scalar_one()) for name, what in ROWS.items()}
    value = session.execute(text("SELECT year, period_id FROM indicator_value WHERE indicator_id = :id"), {
        "id": int(found["indicator"])}).first()  # fmt: skip
    link = session.execute(text("SELECT target_id, effect FROM proposal_target_link WHERE proposal_id = 1")).first()
    relation = session.execute(text(
        "SELECT from_id, to_id, kind FROM proposal_relation WHERE kind <> 'merged_into'")).first()  # fmt: skip
    scheme = session.execute(text("SELECT min(code) FROM period_scheme")).scalar_one()
    names = ("year", "period", "target", "effect", "first", "second", "kind", "scheme")
    return found | {name: str(told) for name, told in zip(names, (*value, *link, *relation, scheme), strict=True)}


def prepared(browser: Visitor, name: str) -> None:
    """Create the row that the input duplicates."""
    if name.startswith("uq_former_unit_name"):
        path = "/units/2/former-names/new"
        assert browser.submit(browser.get(path), path, name_id="Dulu", until_on="2019-12-31").status == 303
    if name == "uq_account_office_address":
        path = "/accounts/2/edit"
        assert browser.submit(browser.get(path), path, office_address="satu@kantor.example").status == 303
    if name.startswith("uq_saved_view"):
        assert browser.submit(browser.get(VIEW), VIEW, name="Tahun ini").status == 303


def error_at(page: Page, name: str) -> str:
    return page.text_of(f"[id='{name}-error']").removeprefix("Galat: ")


def sent_back(browser: Visitor, path: str, typed: dict[str, Any]) -> tuple[Page, dict[str, list[str]]]:
    """The response to the form with these values, and the values that it still contains."""
    form = next(one for one in browser.get(path).soup.select("main form[method=post]") if one["action"] in {
        path, path.split("?")[0]} or path.startswith(str(one["action"])))  # fmt: skip
    action, values = str(form["action"]), filled(form)
    assert typed.keys() <= values.keys(), (path, typed.keys() - values.keys())
    page = browser.post(action, values | {name: one if isinstance(one, list) else [one] for name, one in typed.items()})
    again = [one for one in page.soup.select("main form[method=post]") if one["action"] == action]
    return page, filled(again[0]) if again else {}


def test_each_violation_is_shown_at_its_field_without_losing_what_was_typed(
    visit: Visitor, rows: dict[str, str]
) -> None:
    browsers: dict[str, Visitor] = {}
    said, lost = {}, {}
    for name, case in SAID.items():
        browser = browsers.get(case.by) or browsers.setdefault(case.by, visit.as_(case.by))
        prepared(browser, name)
        typed = {key: one.format(**rows) if isinstance(one, str) else one for key, one in case.typed.items()}

        page, kept = sent_back(browser, case.path.format(**rows), typed)

        said[name] = (page.status, error_at(page, case.field))
        words = {key: one if isinstance(one, list) else [one] for key, one in typed.items() if key != "password"}
        lost[name] = {key for key, one in words.items() if kept.get(key) != one and case.sentence != NOT_OFFERED}

    assert {name: told for name, told in said.items() if told != (422, SAID[name].sentence)} == {}
    assert {name: words for name, words in lost.items() if words} == {}


def pages(table: dict[tuple[str, str], dict[str, str]], rows: dict[str, str]) -> Iterator[tuple[str, str, list[str]]]:
    yield from ((path.format(**rows), by, list(columns.values())) for (path, by), columns in table.items())


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_form_sent_empty_asks_for_each_required_column(visit: Visitor, rows: dict[str, str], kind: Kind) -> None:
    for path, by, names in pages(ASKED, rows):
        browser = visit.as_(by)
        form = next(one for one in browser.get(path).soup.select("main form[method=post]"))
        empty = {name: [""] for name in filled(form) if name not in HIDDEN}

        page = browser.post(str(form["action"]), filled(form) | empty)

        assert (path, page.status) == (path, 422)
        assert [(path, name) for name in names if not error_at(page, name)] == []


@pytest.mark.parametrize("kind", ["sqlite"])
def test_an_id_that_was_not_offered_is_refused_at_its_field(visit: Visitor, rows: dict[str, str], kind: Kind) -> None:
    for path, by, names in pages(CHOSEN, rows):
        page, _ = sent_back(visit.as_(by), path, dict.fromkeys(names, "987654321"))

        assert (path, page.status) == (path, 422)
        assert [(path, name) for name in names if not error_at(page, name)] == []


@pytest.mark.parametrize("kind", ["sqlite"])
def test_empty_and_unknown_files_are_refused_at_their_fields(visit: Visitor, kind: Kind) -> None:
    browser = visit.as_(SECRETARIAT)
    path = "/attachments/new?meeting=1"
    values = filled(browser.get(path).form(path)) | {"file": [(BytesIO(b""), "kosong.pdf")], "kind": [""]}

    page = Page(browser.client.post(path, data=values, content_type="multipart/form-data"), path)

    assert page.status == 422
    assert error_at(page, "file")
    assert error_at(page, "kind")
