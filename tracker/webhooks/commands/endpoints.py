"""What owners do with their endpoints. Callers commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.accounts.models import Account
from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.encryption import seal
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.webhooks import formats, queries, rules
from tracker.webhooks.models import Delivery, Endpoint
from tracker.webhooks.rules import DeliveryState, EndpointState, HookKind

PURPOSE = "secret of a webhook"


@dataclass(frozen=True, kw_only=True)
class EndpointDraft:
    target_url: str
    description: str | None
    hook_kinds: Sequence[HookKind]


def make_endpoint(account: Account, draft: EndpointDraft, *, secret_key: str, by: Actor, at: datetime) -> str:
    """Return its secret, which is shown only once. The account must be locked."""
    if len(queries.endpoints_of(account.id)) >= rules.MOST_ENDPOINTS:
        raise NotPossible(
            _l("You have %(most)d webhooks already. End one that you no longer use.", most=rules.MOST_ENDPOINTS)
        )
    secret = formats.new_secret()
    endpoint = Endpoint(
        account_id=account.id, state=EndpointState.ACTIVE, state_at=at, made_at=at,
        sealed_secret=seal(secret, secret_key=secret_key, purpose=PURPOSE),
    )  # fmt: skip
    _fill(endpoint, draft)
    db.session.add(endpoint)
    db.session.flush()
    record(endpoint, "made", by=by, at=at)
    return secret


def _fill(endpoint: Endpoint, draft: EndpointDraft) -> None:
    endpoint.target_url, endpoint.description = draft.target_url, draft.description
    endpoint.hook_kinds = [kind.value for kind in draft.hook_kinds]


def edit_endpoint(endpoint: Endpoint, draft: EndpointDraft, *, by: Actor, at: datetime) -> None:
    _fill(endpoint, draft)
    record(endpoint, "edited", by=by, at=at)


def renew_secret(endpoint: Endpoint, *, secret_key: str, by: Actor, at: datetime) -> str:
    """Return the new one. For a day messages are signed with the former one too."""
    secret = formats.new_secret()
    endpoint.former_sealed_secret, endpoint.former_until = endpoint.sealed_secret, at + rules.FORMER_SECRET_LASTS
    endpoint.sealed_secret = seal(secret, secret_key=secret_key, purpose=PURPOSE)
    record(endpoint, "secret_renewed", by=by, at=at)
    return secret


def pause(endpoint: Endpoint, *, by: Actor, at: datetime) -> None:
    """What happens meanwhile is not told later; what waits already is sent afterwards."""
    if endpoint.state is not EndpointState.ACTIVE:
        raise NotPossible(_l("It sends nothing already."))
    _enter(endpoint, EndpointState.PAUSED, "paused", by=by, at=at)


def resume(endpoint: Endpoint, *, by: Actor, at: datetime) -> None:
    if endpoint.state is EndpointState.ACTIVE:
        raise NotPossible(_l("It is switched on already."))
    _enter(endpoint, EndpointState.ACTIVE, "resumed", by=by, at=at)


def end_endpoint(endpoint: Endpoint, *, by: Actor, at: datetime) -> None:
    endpoint.sealed_secret = endpoint.former_sealed_secret = endpoint.former_until = None
    _enter(endpoint, EndpointState.ENDED, "ended", by=by, at=at)


def _enter(endpoint: Endpoint, state: EndpointState, verb: str, *, by: Actor, at: datetime) -> None:
    endpoint.state, endpoint.state_at, endpoint.off_because = state, at, None
    record(endpoint, verb, by=by, at=at)


def ping(endpoint: Endpoint, *, by: Actor, at: datetime) -> None:
    """A test by the way of every other message."""
    _ensure_on(endpoint)
    db.session.add(Delivery(
        endpoint_id=endpoint.id, hook_kind=HookKind.PING, message_id=formats.new_message_id(),
        state=DeliveryState.WAITING, made_at=at, due_at=at, attempts=0,
    ))  # fmt: skip
    record(endpoint, "pinged", by=by, at=at)


def send_again(delivery: Delivery, endpoint: Endpoint, *, by: Actor, at: datetime) -> None:
    """With the same id, and with what may be told now."""
    _ensure_on(endpoint)
    delivery.state, delivery.attempts, delivery.due_at = DeliveryState.WAITING, 0, at
    delivery.settled_at = delivery.failed_first_at = None
    record(endpoint, "sent_again", by=by, at=at)


def _ensure_on(endpoint: Endpoint) -> None:
    if endpoint.state is not EndpointState.ACTIVE:
        raise NotPossible(_l("Switch it on first: it sends nothing now."))
