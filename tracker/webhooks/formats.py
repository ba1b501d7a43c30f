"""Secrets, signatures and bodies by the rules of Standard Webhooks. Pure."""

import base64
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from standardwebhooks.webhooks import Webhook

#: The rules ask for 24 to 64 bytes.
BYTES_OF_SECRET = 32


def new_secret() -> str:
    return f"whsec_{base64.b64encode(secrets.token_bytes(BYTES_OF_SECRET)).decode()}"


def new_message_id() -> str:
    return f"msg_{secrets.token_urlsafe(18)}"


def body(kind: str, at: datetime, data: Mapping[str, Any]) -> bytes:
    """The same bytes for the same content."""
    moment = at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    content = {"type": kind, "timestamp": moment, "data": data}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def headers(message_id: str, at: datetime, content: bytes, own_secrets: Iterable[str]) -> dict[str, str]:
    """With a signature by each secret, so that receivers can change to a new one in their own time."""
    moment = at.astimezone(UTC)
    signatures = (Webhook(secret).sign(message_id, moment, content.decode()) for secret in own_secrets)
    return {
        "Content-Type": "application/json; charset=utf-8", "User-Agent": "tracker-webhooks", "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())), "webhook-signature": " ".join(signatures),
    }  # fmt: skip
