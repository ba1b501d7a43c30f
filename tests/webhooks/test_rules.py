"""Which events are told, back-off, and bodies."""

from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from tracker import of_each_feature
from tracker.webhooks import formats, rules
from tracker.webhooks.rules import KINDS, LONGEST_FAILURE, OFFERED, HookKind, after_failure, is_hopeless, kind_of

AT = datetime(2026, 11, 30, 10, 0, 0, 500, tzinfo=UTC)


def test_every_kind_comes_from_events_that_there_are() -> None:
    events = {
        (subject, verb)
        for labels in of_each_feature("labels")
        for subject, verbs in getattr(labels, "EVENTS", {}).items()
        for verb in verbs
    }

    assert KINDS.keys() - events == set()
    assert set(KINDS.values()) == set(OFFERED)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (("meeting", "logged", "scheduled"), HookKind.MEETING_PLANNED),
        (("meeting", "logged", "held"), HookKind.MEETING_HELD),
        (("meeting", "edited", None), None),
        (("proposal", "moved_approved", "approved"), HookKind.PROPOSAL_DECIDED),
        (("account", "edited", None), None),
    ],
)
def test_an_event_has_one_kind_or_none(event: tuple[str, str, str | None], kind: HookKind | None) -> None:
    assert kind_of(*event) is kind


def test_pauses_grow_and_last_until_an_endpoint_is_given_up() -> None:
    pauses = [after_failure(number, AT) for number in range(1, 11)]

    minutes = [int((pause - AT).total_seconds() // 60) if pause else None for pause in pauses]
    assert minutes == [1, 5, 30, 120, 300, 600, 840, 1200, 1440, None]
    assert sum(rules.PAUSES, timedelta()) >= LONGEST_FAILURE
    assert not is_hopeless(AT - LONGEST_FAILURE + timedelta(seconds=1), AT)
    assert is_hopeless(AT - LONGEST_FAILURE, AT)
    assert not is_hopeless(None, AT)


def test_a_message_is_signed_with_each_secret_and_no_other() -> None:
    new, former, other = (formats.new_secret() for _ in range(3))
    body = formats.body("ping", AT, {"name": "Rapat “é”"})
    now = datetime.now(UTC)  # noqa: TID251  # the library asks the same clock
    headers = formats.headers("msg_1", now, body, [new, former])

    assert [Webhook(secret).verify(body, headers)["type"] for secret in (new, former)] == ["ping", "ping"]
    for secret, told in ((other, body), (new, body.replace(b"Rapat", b"Rapot"))):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(told, headers)
    assert body == '{"type":"ping","timestamp":"2026-11-30T10:00:00Z","data":{"name":"Rapat “é”"}}'.encode()
