"""Encryption of secrets that must be readable again, such as the seed of a one-time code."""

import base64
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def _box(secret_key: str, purpose: str) -> Fernet:
    """A separate key for each purpose (HKDF, RFC 5869)."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def seal(text: str, *, secret_key: str, purpose: str) -> str:
    return _box(secret_key, purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, secret_key: str, purpose: str, lasts: timedelta | None = None) -> str | None:
    """Decrypt a text; None if it was not encrypted here for this purpose, or is older than `lasts`."""
    seconds = int(lasts.total_seconds()) if lasts else None
    try:
        return _box(secret_key, purpose).decrypt(sealed.encode(), ttl=seconds).decode()
    except (InvalidToken, ValueError):
        return None
