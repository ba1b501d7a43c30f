"""The stored form of frozen minutes, and its mark. Pure."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(content: Mapping[str, Any]) -> str:
    """The one spelling of a content: JSON with sorted keys, UTF-8, no spaces. It is stored and marked as it is."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def mark_of(stored: str) -> str:
    """SHA-256 (hex, FIPS 180-4) of a stored content."""
    return hashlib.sha256(stored.encode()).hexdigest()
