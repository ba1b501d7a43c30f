"""States of requests for a due date and of escalations; ids with versions in a form field. Pure."""

import re
from enum import StrEnum

_NUMBER = re.compile(r"[0-9]{1,9}")


class RequestState(StrEnum):
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    #: The action was closed before an answer.
    LAPSED = "lapsed"


class EscalationEnd(StrEnum):
    ANSWERED = "answered"
    #: Its action or proposal was closed before an answer.
    LAPSED = "lapsed"


class Direction(StrEnum):
    """What the answer to the escalation of an action brings about."""

    CONTINUE = "continue"
    REASSIGN = "reassign"
    STOP = "stop"


def parse_versions(text: str) -> dict[int, int]:
    """Parse ids and versions of actions, «12:3 15:1». Anything malformed is ignored."""
    pairs = (part.split(":") for part in text.split())
    return {
        int(pair[0]): int(pair[1])
        for pair in pairs
        if len(pair) == len(("id", "version")) and all(_NUMBER.fullmatch(half) for half in pair)
    }


def write_versions(versions: dict[int, int]) -> str:
    return " ".join(f"{action_id}:{version}" for action_id, version in versions.items())
