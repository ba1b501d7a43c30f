"""Words for webhooks, and what messages say."""

from datetime import datetime
from typing import Any

from flask_babel.speaklater import LazyString

from tracker.accounts.queries import as_actor
from tracker.actions.models import ActionItem
from tracker.core.actor import acting
from tracker.core.deliveries import Fault, Post
from tracker.core.encryption import unseal
from tracker.core.settings import Settings
from tracker.core.wording import Shape, Shapes, Words, in_words, speaking
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal
from tracker.targets.models import Indicator
from tracker.webhooks import formats, policy, queries
from tracker.webhooks.commands.endpoints import PURPOSE
from tracker.webhooks.models import Delivery, Endpoint
from tracker.webhooks.queries import Subject
from tracker.webhooks.rules import DeliveryState, EndpointState, HookKind, OffCause

WORDS: Words = {
    HookKind: {
        HookKind.MEETING_PLANNED: _l("Meeting planned"),
        HookKind.MEETING_HELD: _l("Meeting held"),
        HookKind.MEETING_POSTPONED: _l("Meeting postponed"),
        HookKind.MEETING_CANCELLED: _l("Meeting cancelled"),
        HookKind.MINUTES_APPROVED: _l("Minutes approved"),
        HookKind.PROPOSAL_MADE: _l("Proposal made"),
        HookKind.PROPOSAL_DECIDED: _l("Proposal approved, rejected or deferred"),
        HookKind.PROPOSAL_MOVED: _l("Other change of a proposal's status"),
        HookKind.ACTION_ASSIGNED: _l("Follow-up assigned"),
        HookKind.ACTION_REPORTED: _l("Progress of a follow-up reported"),
        HookKind.ACTION_DUE_MOVED: _l("Due date of a follow-up moved"),
        HookKind.ACTION_VERIFIED: _l("Follow-up verified and completed"),
        HookKind.ACTION_ENDED: _l("Follow-up cancelled or declared impossible"),
        HookKind.VALUE_SET: _l("Value of an indicator recorded or corrected"),
        HookKind.PING: _l("Test message"),
    },
    EndpointState: {
        EndpointState.ACTIVE: _l("Switched on"),
        EndpointState.PAUSED: _l("Paused"),
        EndpointState.OFF: _l("Switched off"),
        EndpointState.ENDED: _l("Ended"),
    },
    OffCause: {
        OffCause.FAILING: _l("Nothing could be delivered for a long time"),
        OffCause.GONE: _l("The receiver asked for no more messages"),
    },
    DeliveryState: {
        DeliveryState.WAITING: _l("Waiting"),
        DeliveryState.DELIVERED: _l("Delivered"),
        DeliveryState.FAILED: _l("Delivery failed"),
    },
    Fault: {
        Fault.REFUSED: _l("This address may not be reached"),
        Fault.NO_CONNECTION: _l("No connection"),
        Fault.CERTIFICATE: _l("The certificate is not valid for this host"),
        Fault.NO_ANSWER: _l("No answer in time"),
        Fault.NO_SECRET: _l("The secret cannot be read any more; make a new one"),
    },
}
SHAPES: Shapes = {
    EndpointState: {
        EndpointState.ACTIVE: Shape.RUN,
        EndpointState.PAUSED: Shape.PAUSE,
        EndpointState.OFF: Shape.LATE,
        EndpointState.ENDED: Shape.ENDED,
    },
    DeliveryState: {
        DeliveryState.WAITING: Shape.OPEN,
        DeliveryState.DELIVERED: Shape.DONE,
        DeliveryState.FAILED: Shape.LATE,
    },
}
EVENTS: dict[str, dict[str, LazyString]] = {
    "webhook_endpoint": {
        "made": _l("Webhook made"),
        "edited": _l("Details changed"),
        "secret_renewed": _l("New secret made"),
        "paused": _l("Paused"),
        "resumed": _l("Switched on again"),
        "switched_off": _l("Switched off automatically"),
        "pinged": _l("Test message requested"),
        "sent_again": _l("Message sent again"),
        "ended": _l("Ended"),
    }
}

#: By model: what receivers call it, the column with its name, and the folder of its pages.
_ROWS: dict[type[Any], tuple[str, str, str]] = {
    Meeting: ("meeting", "name", "meetings"),
    Proposal: ("proposal", "title", "proposals"),
    ActionItem: ("action", "text", "actions"),
    Indicator: ("indicator", "name", "targets"),
}


def message_of(delivery: Delivery, settings: Settings, at: datetime) -> Post | None:
    """What may be told at this moment, signed; None if that is nothing. Raises ValueError if the secret is unreadable.

    It is read as nobody, so that it tells what every account may see, however much its owner may see.
    """
    endpoint = delivery.endpoint
    owner = endpoint.account
    if not owner.is_active or not policy.may_have_endpoints(as_actor(owner)):
        return None
    with acting(None), speaking(owner.language):
        content = _content(delivery, settings.site_url)
    if content is None:
        return None
    headers = formats.headers(delivery.message_id, at, content, _secrets(endpoint, settings.secret_key, at))
    return Post(address=endpoint.target_url, body=content, headers=headers)


def _content(delivery: Delivery, site: str) -> bytes | None:
    if delivery.event_id is None:
        return formats.body(delivery.hook_kind, delivery.made_at, {})
    found = queries.publishable(delivery.event_id)
    if found is None:
        return None
    event, subject = found
    return formats.body(delivery.hook_kind, event.at, _reference(subject, site))


def _reference(subject: Subject, site: str) -> dict[str, Any]:
    kind, name, folder = _ROWS[type(subject)]
    status = subject.state if isinstance(subject, Indicator) else subject.status
    return {
        "kind": kind, "code": subject.code, "name": in_words(subject, name), "status": status,
        "page": f"{site}/{folder}/{subject.id}",
    }  # fmt: skip


def _secrets(endpoint: Endpoint, secret_key: str, at: datetime) -> list[str]:
    is_former_valid = endpoint.former_until is not None and at < endpoint.former_until
    sealed = [endpoint.sealed_secret, endpoint.former_sealed_secret if is_former_valid else None]
    found = [unseal(one, secret_key=secret_key, purpose=PURPOSE) for one in sealed if one]
    if not found or found[0] is None:
        raise ValueError("the secret was encrypted with another key")
    return [secret for secret in found if secret]
