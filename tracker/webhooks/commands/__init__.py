"""Endpoints, and the outbox of their messages. Callers commit."""

from tracker.webhooks.commands.endpoints import (
    EndpointDraft,
    edit_endpoint,
    end_endpoint,
    make_endpoint,
    pause,
    ping,
    renew_secret,
    resume,
    send_again,
)
from tracker.webhooks.commands.outbox import fill_outbox, settle, take, withdraw

__all__ = [
    "EndpointDraft", "edit_endpoint", "end_endpoint", "fill_outbox", "make_endpoint", "pause", "ping", "renew_secret",
    "resume", "send_again", "settle", "take", "withdraw",
]  # fmt: skip
