"""Hashes of the audit chain, and the list of audited tables. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

#: The previous hash of the first entry.
GENESIS = "0" * 64


def digest(content: Mapping[str, Any], previous: str) -> str:
    """SHA-256 (hex) over the previous hash and the content as canonical JSON (sorted keys, UTF-8, no spaces)."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


class Change(StrEnum):
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"
    READ = "read"


class Part(StrEnum):
    """Somebody's part in a row. Nobody judges a row in which they had a part."""

    IN_CHARGE = "in_charge"
    REPORTED = "reported"
    ASKED = "asked"
    SUBMITTED = "submitted"
    SUGGESTED = "suggested"
    CORRECTED = "corrected"
    #: Named in a proposal as a proponent.
    NAMED = "named"
    #: The person linked to an account.
    OWNER = "owner"


class AuditedKind(StrEnum):
    """Every audited table, in the order in which the filter lists them."""

    MEETING = "meeting"
    SERIES = "meeting_series"
    PLACE_IN_SERIES = "series_meeting"
    MEETING_TEMPLATE = "meeting_template"
    GRANT = "meeting_grant"
    AGENDA_ITEM = "agenda_item"
    ATTENDANCE = "attendance"
    INVITATION_LETTER = "invitation_letter"
    INVITATION = "meeting_invitation"
    ARRIVAL = "meeting_arrival"
    STATEMENT = "statement"
    MINUTES = "minutes_version"
    PROPOSAL = "proposal"
    PROPONENT = "proposal_proponent"
    PROPOSAL_RELATION = "proposal_relation"
    STATEMENT_PROPOSAL = "statement_proposal"
    STATEMENT_ACTION = "statement_action"
    STATEMENT_MEETING = "statement_meeting"
    STATEMENT_REPEAT = "statement_repeat"
    STATEMENT_SOURCE = "statement_source"
    STATEMENT_TARGET = "statement_target"
    TARGET_LINK = "proposal_target_link"
    ACTION = "action_item"
    ACTION_SUPPORTER = "action_supporter"
    ACTION_SUPPORTING_UNIT = "action_supporting_unit"
    DUE_DATE = "due_date_change"
    DUE_DATE_REQUEST = "due_date_request"
    HAND_OVER = "hand_over"
    ACTION_UPDATE = "action_update"
    ACTION_HOLD = "action_hold"
    ESCALATION = "escalation"
    REPLY_LINK = "reply_link"
    BULK_CHANGE = "bulk_change"
    BULK_CHANGE_ROW = "bulk_change_row"
    REVIEW = "review"
    REVIEW_ITEM = "review_item"
    ATTACHMENT = "attachment"
    OBJECTIVE = "objective"
    INDICATOR = "indicator"
    TARGET = "target"
    TARGET_DOCUMENT = "target_document"
    INDICATOR_VALUE = "indicator_value"
    PERIOD_SCHEME = "period_scheme"
    PERIOD = "period"
    PERSON = "person"
    PERSON_MERGE = "person_merge"
    POSITION = "position"
    POSITION_MERGE = "position_merge"
    POSITION_HOLDING = "position_holding"
    UNIT = "org_unit"
    FORMER_UNIT_NAME = "former_unit_name"
    FORMER_POSITION = "former_position"
    REORGANISATION = "reorganisation"
    REORGANISATION_LINE = "reorganisation_line"
    REORGANISATION_ITEM = "reorganisation_item"
    ACCOUNT = "account"
    ROLE = "account_role"
    SECOND_STEP = "second_step"
    RECOVERY_CODE = "recovery_code"
    ACCESS_LINK = "access_link"
    OFFICE_IDENTITY = "office_identity"
    PREVIEW = "preview"
    SAVED_VIEW = "saved_view"
    WORD_TEMPLATE = "word_template"
    LETTERHEAD = "letterhead_setting"
    OFFICE = "office_setting"
    SYNONYM_GROUP = "synonym_group"
    HOLIDAY = "holiday"
    ACTION_SETTING = "action_setting"
    ANSWER_SETTING = "answer_setting"
    IMPORT_RUN = "import_run"
    WEBHOOK = "webhook_endpoint"


class UnauditedKind(StrEnum):
    """Every table that is not audited; `labels.REASONS` says why."""

    AUDIT_ENTRY = "audit_entry"
    AUDIT_HEAD = "audit_head"
    EVENT = "event"
    INVOLVEMENT = "involvement"
    SPENT_KEY = "spent_key"
    CODE_SERIES = "code_series"
    SIGN_IN = "sign_in"
    CALENDAR_ADDRESS = "calendar_address"
    API_TOKEN = "api_token"  # noqa: S105  # the name of a table
    THROTTLE_COUNT = "throttle_count"
    TYPED_LINE = "typed_line"
    NOTICE = "notice"
    FOLLOW = "follow"
    RESET_REQUEST = "reset_request"
    SEARCH_ENTRY = "search_entry"
    SEARCH_WORD = "search_word"
    TALLY = "tally"
    PROPOSAL_MEANING = "proposal_meaning"
    WEBHOOK_DELIVERY = "webhook_delivery"


AUDITED = frozenset(AuditedKind)
UNAUDITED = frozenset(UnauditedKind)

#: Columns, or “table.column”, whose values are never shown: internal numbers, hashes, stored copies of text that may
#: have become secret since, and personal data.
HIDDEN_COLUMNS = frozenset({
    "id", "version", "version_after", "folded", "mark", "emblem_mark", "code_hash", "token_hash", "content_hash",
    "password_hash", "sealed_seed", "last_step", "undo_data", "content", "line_notes", "former", "before", "doubts",
    "chosen", "answers",
    "agenda", "posts", "nip", "account.email", "person.email", "mailed_to", "saved_view.name", "saved_view.query",
    "meeting_series.name_id", "meeting_series.name_en", "target_url", "sealed_secret", "former_sealed_secret",
})  # fmt: skip

#: Longest pause between two events of one run.
LONGEST_PAUSE = timedelta(hours=1)


def runs(entries: Iterable[Any]) -> list[list[Any]]:
    """Group adjacent entries with the same action by the same person. Entries are events or have an `event`."""
    groups: list[list[Any]] = []
    for entry in entries:
        if groups and _belong_together(groups[-1][-1], entry):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups


def _belong_together(entry: Any, next_entry: Any) -> bool:
    first, second = getattr(entry, "event", entry), getattr(next_entry, "event", next_entry)
    if first is None or second is None:
        return False
    alike = all(
        getattr(first, name) == getattr(second, name)
        for name in ("subject", "subject_id", "verb", "by_name", "to_state")
    )
    return alike and abs(first.at - second.at) <= LONGEST_PAUSE
