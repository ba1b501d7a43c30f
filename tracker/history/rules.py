"""The chain: each audit entry's hash covers its content and the hash before it. Pure."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

#: What the first entry stands on.
GENESIS = "0" * 64


def digest(content: Mapping[str, Any], previous: str) -> str:
    """SHA-256 (hex) over the previous hash and the content as canonical JSON (sorted keys, UTF-8, no spaces)."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
