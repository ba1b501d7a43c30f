"""The chain: each audit entry's hash covers its content and the hash before it. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

#: What the first entry stands on.
GENESIS = "0" * 64


def digest(content: Mapping[str, Any], previous: str) -> str:
    """SHA-256 (hex) over the previous hash and the content as canonical JSON (sorted keys, UTF-8, no spaces)."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


class Change(StrEnum):
    """What an audit entry tells of a row."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"
    READ = "read"


class Part(StrEnum):
    """What somebody has had to do with a thing. Whoever has had such a part does not judge it."""

    IN_CHARGE = "in_charge"
    REPORTED = "reported"
    ASKED = "asked"
    SUBMITTED = "submitted"
    SUGGESTED = "suggested"
    CORRECTED = "corrected"
    #: Named as one of those who stand behind it.
    NAMED = "named"
    #: The person to whom an account belongs.
    OWNER = "owner"


class AuditedKind(StrEnum):
    """Every table whose rows are audited, by what it holds, in the order in which an auditor meets them."""

    MEETING = "meeting"
    SERIES = "meeting_series"
    PLACE_IN_SERIES = "series_meeting"
    MEETING_TEMPLATE = "meeting_template"
    GRANT = "meeting_grant"
    AGENDA_ITEM = "agenda_item"
    ATTENDANCE = "attendance"
    STATEMENT = "statement"
    MINUTES = "minutes_version"
    PROPOSAL = "proposal"
    PROPONENT = "proposal_proponent"
    PROPOSAL_RELATION = "proposal_relation"
    STATEMENT_PROPOSAL = "statement_proposal"
    STATEMENT_ACTION = "statement_action"
    STATEMENT_MEETING = "statement_meeting"
    STATEMENT_REPEAT = "statement_repeat"
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
    SYNONYM_GROUP = "synonym_group"
    HOLIDAY = "holiday"
    ACTION_SETTING = "action_setting"
    ANSWER_SETTING = "answer_setting"


class UnauditedKind(StrEnum):
    """Every other table."""

    AUDIT_ENTRY = "audit_entry"
    AUDIT_HEAD = "audit_head"
    EVENT = "event"
    INVOLVEMENT = "involvement"
    SPENT_KEY = "spent_key"
    CODE_SERIES = "code_series"
    SIGN_IN = "sign_in"
    THROTTLE_COUNT = "throttle_count"
    TYPED_LINE = "typed_line"
    NOTICE = "notice"
    FOLLOW = "follow"
    RESET_REQUEST = "reset_request"
    SEARCH_ENTRY = "search_entry"
    SEARCH_WORD = "search_word"


AUDITED = frozenset(AuditedKind)
UNAUDITED = frozenset(UnauditedKind)

#: Columns, or «table.column», whose values are told nobody: numbers for the program, marks of files and codes, frozen
#: copies of what may have become secret since, and what is a person's own.
NOT_TOLD = frozenset({
    "id", "version", "version_after", "folded", "mark", "emblem_mark", "code_hash", "token_hash", "content_hash",
    "password_hash", "sealed_seed", "last_step", "undo_data", "content", "line_notes", "former", "before", "doubts",
    "agenda", "posts", "nip", "account.email", "saved_view.name", "saved_view.query", "meeting_series.name_id",
    "meeting_series.name_en",
})  # fmt: skip

#: Deeds of one person that lie further apart are told one by one.
LONGEST_PAUSE = timedelta(hours=1)


def runs(entries: Iterable[Any]) -> list[list[Any]]:
    """Neighbours of a history that tell the same deed of the same person, together; entries are events, or have one."""
    found: list[list[Any]] = []
    for entry in entries:
        if found and _belong_together(found[-1][-1], entry):
            found[-1].append(entry)
        else:
            found.append([entry])
    return found


def _belong_together(one: Any, other: Any) -> bool:
    first, second = getattr(one, "event", one), getattr(other, "event", other)
    if first is None or second is None:
        return False
    alike = all(
        getattr(first, name) == getattr(second, name)
        for name in ("subject", "subject_id", "verb", "by_name", "to_state")
    )
    return alike and abs(first.at - second.at) <= LONGEST_PAUSE
