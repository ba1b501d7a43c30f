"""Reads a User-Agent header. Pure."""

from typing import NamedTuple


class Device(NamedTuple):
    browser: str | None
    system: str | None


def device_of(user_agent: str) -> Device:
    """Read a User-Agent header (RFC 9110, 10.1.5)."""
    import ua_parser  # noqa: PLC0415  # its rules take 0.4 s to load, and one page needs them

    agent = ua_parser.parse(user_agent)
    words = agent.user_agent.family.split() if agent.user_agent else []
    browser = " ".join(word for word in words if word not in {"Mobile", "iOS", "WebView"})
    return Device(browser or None, agent.os.family if agent.os else None)
