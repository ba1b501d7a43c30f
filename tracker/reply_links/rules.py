"""What a reply link is for, how long it works, and what ends it. Pure."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from tracker.actions.rules import ActionStatus
from tracker.core import encryption

LASTS = timedelta(days=14)
#: Letters travel, and lie in trays.
LETTER_LASTS = timedelta(days=30)


class Purpose(StrEnum):
    REPORT = "report"
    FINISH = "finish"
    ASK_DATE = "ask_date"


class LinkEnd(StrEnum):
    USED = "used"
    REVOKED = "revoked"
    #: What it asks for was answered otherwise, or nobody asks its reader for it any more.
    OVERTAKEN = "overtaken"


_SEAL = "answer about a follow-up"
_ENDS_ALL = frozenset({
    "due_date_moved", "bulk_change_undone", "reviewed_undone", "moved_awaiting_verification",
    "moved_completed", "moved_not_actionable", "moved_cancelled",
})  # fmt: skip
_ANSWERS = {"progress_reported": Purpose.REPORT, "due_date_asked": Purpose.ASK_DATE}


def token_of(link_id: int, secret_key: str) -> str:
    return encryption.seal(str(link_id), secret_key=secret_key, purpose=_SEAL)


def link_id_of(token: str, secret_key: str) -> int | None:
    link_id = encryption.unseal(token, secret_key=secret_key, purpose=_SEAL)
    return int(link_id) if link_id else None


def purposes(status: ActionStatus, *, has_open_request: bool) -> tuple[Purpose, ...]:
    """What can be answered about an action with this status, the likeliest first."""
    if status not in {ActionStatus.NOT_STARTED, ActionStatus.IN_PROGRESS}:
        return ()
    return tuple(purpose for purpose in Purpose if purpose is not Purpose.ASK_DATE or not has_open_request)


def may_end_links(verb: str) -> bool:
    return verb in _ENDS_ALL or verb in _ANSWERS or verb in {"reassigned", "classified"}


def is_overtaken(purpose: Purpose, verb: str, details: Mapping[str, Any], *, is_of_person: bool) -> bool:
    """Whether this event of its action ends a link. A person's link outlasts a change of the unit alone."""
    if verb == "reassigned" and is_of_person:
        return bool(details["before"]["pic_id"] != details["after"]["pic_id"])
    return verb in _ENDS_ALL or verb == "reassigned" or _ANSWERS.get(verb) is purpose
