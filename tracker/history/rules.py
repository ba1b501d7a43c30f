"""The chain: each audit entry's hash covers its content and the hash before it. Pure."""

import hashlib
import json
from collections.abc import Mapping
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


class AuditedKind(StrEnum):
    """The tables an auditor asks for; every other one is found without this filter."""

    MEETING = "meeting"
    STATEMENT = "statement"
    MINUTES = "minutes_version"
    PROPOSAL = "proposal"
    ACTION = "action_item"
    ATTACHMENT = "attachment"
    TARGET = "target"
    PERSON = "person"
    ACCOUNT = "account"
    ROLE = "account_role"
    PREVIEW = "preview"
