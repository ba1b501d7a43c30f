"""How a request for another date and an escalation end. Pure."""

import re
from enum import StrEnum

_NUMBER = re.compile(r"[0-9]{1,9}")


class RequestState(StrEnum):
    """Where a request for another due date stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    #: The action was closed before anybody answered.
    LAPSED = "lapsed"


class EscalationEnd(StrEnum):
    """How an escalation ended."""

    ANSWERED = "answered"
    #: Its action or proposal was closed before anybody answered.
    LAPSED = "lapsed"


def parse_versions(text: str) -> dict[int, int]:
    """Read «12:3 15:1», the actions that were chosen and the versions that were seen; nonsense is left out."""
    pairs = (part.split(":") for part in text.split())
    return {
        int(pair[0]): int(pair[1])
        for pair in pairs
        if len(pair) == len(("number", "version")) and all(_NUMBER.fullmatch(half) for half in pair)
    }


def write_versions(versions: dict[int, int]) -> str:
    """The reverse of `parse_versions`."""
    return " ".join(f"{number}:{version}" for number, version in versions.items())
