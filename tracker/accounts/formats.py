"""What a browser says of itself, as a name of its maker and of the system. Pure."""

from typing import NamedTuple


class Device(NamedTuple):
    """The browser and the system it runs on; None where it does not say."""

    browser: str | None
    system: str | None


def device_of(user_agent: str) -> Device:
    """Read a User-Agent header (RFC 9110, 10.1.5)."""
    import ua_parser  # noqa: PLC0415  # its rules take 0.4 s to load, and one page needs them

    found = ua_parser.parse(user_agent)
    words = found.user_agent.family.split() if found.user_agent else []
    browser = " ".join(word for word in words if word not in {"Mobile", "iOS", "WebView"})
    return Device(browser or None, found.os.family if found.os else None)
