"""The stored form of frozen minutes, and its hash. Pure."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(content: Mapping[str, Any]) -> str:
    """The content as JSON with sorted keys and no spaces, as it is stored and hashed."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(stored: str) -> str:
    """SHA-256 (FIPS 180-4) in hexadecimal."""
    return hashlib.sha256(stored.encode()).hexdigest()
