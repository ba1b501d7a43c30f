"""Messages sent by the worker to a real receiver that checks their signatures."""

import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from standardwebhooks.webhooks import Webhook

from tests.notifications.post_office import PostOffice, open_post_office, send_all
from tests.processes import Command
from tests.receiver import Receiver, open_receiver, status
from tests.visitor import ADMIN, PIC, SECRETARIAT, Visitor
from tracker.accounts.models import Account, AccountRole
from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.core import clock
from tracker.core.actor import SYSTEM, acting
from tracker.core.db import db
from tracker.core.outgoing import LOOPBACK
from tracker.core.settings import ROOT
from tracker.core.transactions import commit
from tracker.meetings.models import Meeting
from tracker.webhooks import commands, labels, queries
from tracker.webhooks.models import Delivery, Endpoint
from tracker.webhooks.rules import PAUSES, DeliveryState, EndpointState, HookKind

EMAIL = "admin@kemenham.go.id"
AT = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with open_receiver() as receiver:
        yield receiver


@pytest.fixture
def secret(app: Flask, session: Session, receiver: Receiver) -> str:
    """Of an endpoint of the administrator, subscribed to assignments."""
    app.extensions["settings"] = replace(app.extensions["settings"], webhook_networks=LOOPBACK)
    chosen = {"email": EMAIL, "wants_digest": False}
    session.execute(update(Account).filter_by(username=ADMIN).values(**chosen))
    draft = commands.EndpointDraft(
        target_url=receiver.address, description="Loket", hook_kinds=[HookKind.ACTION_ASSIGNED]
    )
    with app.app_context():
        owner = db.session.scalars(select(Account).filter_by(username=ADMIN)).one()
        key = app.extensions["settings"].secret_key
        secret = commands.make_endpoint(owner, draft, secret_key=key, by=SYSTEM, at=clock.now())
        commit()
    return secret


def assign(visit: Visitor, session: Session, text: str = "Susun naskah") -> None:
    secretariat = visit.as_(SECRETARIAT)
    person_id = session.scalar(select(Account.person_id).filter_by(username=PIC))
    form = secretariat.get("/actions/new?proposal=1")
    assert secretariat.submit(form, "/actions/new", text_id=text, pic=person_id).status == 303


def deliveries(session: Session) -> list[tuple[DeliveryState, int, int | None]]:
    rows = select(Delivery.state, Delivery.attempts, Delivery.response_status).order_by(Delivery.id)
    return [tuple(row) for row in session.execute(rows)]


def test_a_message_is_signed_and_refers_to_what_happened(
    visit: Visitor, app: Flask, session: Session, office: PostOffice, receiver: Receiver, secret: str
) -> None:
    assign(visit, session)

    assert [send_all(app, office.address) for _ in range(2)] == [0, 0]

    [told] = receiver.received
    message = Webhook(secret).verify(told.body, dict(told.headers))
    action = session.scalars(select(ActionItem).filter_by(text_id="Susun naskah")).one()
    assert message["type"] == "action.assigned"
    assert message["data"] == {
        "kind": "action", "code": action.code, "name": "Susun naskah", "status": "not_started",
        "page": f"https://t.go.id/actions/{action.id}",
    }  # fmt: skip
    assert told.path == "/masuk?kunci=x"
    assert deliveries(session) == [(DeliveryState.DELIVERED, 1, 204)]


def test_a_refused_form_adds_no_message(visit: Visitor, session: Session, secret: str) -> None:
    secretariat = visit.as_(SECRETARIAT)

    page = secretariat.submit(secretariat.get("/actions/new?proposal=1"), "/actions/new", text_id="")

    assert page.status == 422
    assert deliveries(session) == []


def test_a_worker_killed_after_sending_sends_it_again_with_the_same_id(
    visit: Visitor, app: Flask, session: Session, office: PostOffice, receiver: Receiver, secret: str
) -> None:
    assign(visit, session)
    victim: list[Command] = []

    def kill(request: BaseHTTPRequestHandler) -> None:
        if victim:
            victim.pop().kill()
        status(204)(request)

    receiver.answer = kill
    victim.append(worker := run(app, office))
    assert worker.end() == -signal.SIGKILL
    again = run(app, office)
    assert (again.end(), again.errors) == (0, "")

    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    for told in receiver.received:
        Webhook(secret).verify(told.body, dict(told.headers))
    assert deliveries(session) == [(DeliveryState.DELIVERED, 2, 204)]


def run(app: Flask, office: PostOffice) -> Command:
    return Command(
        app.config["SQLALCHEMY_DATABASE_URI"], app.instance_path, "worker", "--once", "--lease", "0",
        SMTP_URL=office.address, SITE_URL="https://t.go.id", TRACKER_WEBHOOK_NETWORKS="127.0.0.0/8",
    )  # fmt: skip


def work_at(app: Flask, office: PostOffice, at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        assert send_all(app, office.address) == 0


def test_a_receiver_that_fails_is_tried_less_and_less_and_then_switched_off_with_one_mail(
    visit: Visitor, app: Flask, session: Session, office: PostOffice, receiver: Receiver, secret: str
) -> None:
    receiver.answer = status(500)
    assign(visit, session)
    at = clock.now() + timedelta(seconds=1)

    for pause in (*PAUSES, None):
        work_at(app, office, at)
        if pause:
            work_at(app, office, at + pause - timedelta(seconds=1))  # not before its time
            assert session.scalar(select(Delivery.due_at)) == at + pause
            at += pause
    work_at(app, office, at + timedelta(days=1))

    assert len(receiver.received) == len(PAUSES) + 1
    assert len(set(receiver.ids)) == 1
    assert deliveries(session) == [(DeliveryState.FAILED, 10, 500)]
    assert session.scalar(select(Endpoint.state)) is EndpointState.OFF
    mails = [mail for mail in office.taken if mail["To"] == EMAIL]
    assert [mail["Subject"] for mail in mails] == [f"Webhook Anda ke 127.0.0.1:{receiver.port} dimatikan"]
    assert "kunci=x" not in mails[0].as_string()
    admin = visit.as_(ADMIN)
    page = admin.get("/account/webhooks/1")
    assert "Sudah lama tidak ada pesan yang dapat dikirim" in page.text
    assert admin.submit(page, "/account/webhooks/1/resume").status == 303
    receiver.answer = status(200)
    again = admin.get("/account/webhooks/1")
    assert admin.submit(again, "/account/webhooks/1/deliveries/1/again").status == 303
    assert send_all(app, office.address) == 0
    assert deliveries(session) == [(DeliveryState.DELIVERED, 1, 200)]
    assert len(set(receiver.ids)) == 1


def test_a_receiver_that_is_gone_is_switched_off_at_once_and_a_slow_one_holds_up_no_other(
    visit: Visitor, app: Flask, session: Session, office: PostOffice, receiver: Receiver, secret: str
) -> None:
    for number in range(2):
        assign(visit, session, f"Susun naskah {number}")
    receiver.answer = status(503)

    assert send_all(app, office.address) == 0
    assert len(receiver.received) == 1  # the other one waits until it is rested

    receiver.answer = status(410)
    work_at(app, office, clock.now() + timedelta(minutes=2))
    assert len(receiver.received) == 2
    assert session.scalar(select(Endpoint.state)) is EndpointState.OFF
    assert send_all(app, office.address) == 0
    [mail] = [mail for mail in office.taken if mail["To"] == EMAIL]
    said = "meminta agar tidak dikirimi pesan lagi (HTTP 410)"
    assert said in " ".join(mail.get_body().get_content().split())
    admin = visit.as_(ADMIN)
    page = admin.get("/account/webhooks/1")
    assert said in page.text
    admin.submit(page, "/account/webhooks/1/resume")
    assert said not in admin.get("/account/webhooks/1").text


def test_the_example_for_receivers_does_what_it_says(
    visit: Visitor, app: Flask, session: Session, office: PostOffice, receiver: Receiver, secret: str
) -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    example: dict[str, Any] = {}
    exec(text.partition("```python\n")[2].partition("```")[0], example)
    assign(visit, session)
    assert send_all(app, office.address) == 0
    [told] = receiver.received
    known: dict[str, Any] = {}

    answers = [example["receive"](secret, told.headers, body, known) for body in (told.body, told.body, b"{}")]

    assert answers == [204, 204, 401]
    assert [message["type"] for message in known.values()] == ["action.assigned"]


@pytest.mark.parametrize("why", ["closed", "no administrator", "paused", "ended"])
def test_rights_are_asked_again_at_each_delivery(
    visit: Visitor, app: Flask, session: Session, office: PostOffice, receiver: Receiver, secret: str, why: str
) -> None:
    assign(visit, session)
    owner = session.scalar(select(Account.id).filter_by(username=ADMIN))
    if why == "closed":
        session.execute(update(Account).filter_by(id=owner).values(is_active=False))
    elif why == "no administrator":
        session.execute(update(AccountRole).filter_by(account_id=owner).values(role="reader"))
    else:
        session.execute(update(Endpoint).values(state=EndpointState(why)))

    assert send_all(app, office.address) == 0

    assert receiver.received == []
    left = [] if why in {"closed", "no administrator"} else [(DeliveryState.WAITING, 0, None)]
    assert deliveries(session) == left


def test_for_a_day_messages_are_signed_with_the_former_secret_too(
    visit: Visitor, app: Flask, session: Session, office: PostOffice, receiver: Receiver, secret: str
) -> None:
    admin = visit.as_(ADMIN)
    shown = admin.submit(admin.get("/account/webhooks/1"), "/account/webhooks/1/secret")
    new = shown.soup.select_one("#secret")["value"]
    admin.submit(admin.get("/account/webhooks/1"), "/account/webhooks/1/ping")

    assert send_all(app, office.address) == 0
    [told] = receiver.received
    assert [Webhook(one).verify(told.body, dict(told.headers))["type"] for one in (secret, new)] == ["ping"] * 2

    admin.submit(admin.get("/account/webhooks/1"), "/account/webhooks/1/ping")
    work_at(app, office, clock.now() + timedelta(days=1, minutes=1))
    assert [len(one.headers["webhook-signature"].split()) for one in receiver.received] == [2, 1]


def test_of_what_is_classified_nothing_is_sent_or_stored(
    visit: Visitor, app: Flask, session: Session, office: PostOffice, receiver: Receiver, secret: str
) -> None:
    """Its owner may even be cleared for it: a webhook is a copy that others keep."""
    for number in range(2):
        assign(visit, session, f"Susun naskah {number}")
    later, before = session.scalars(
        select(ActionItem).filter(ActionItem.text_id.like("Susun naskah%")).order_by("id")
    ).all()
    session.execute(update(Account).filter_by(username=ADMIN).values(clearance="top_secret", person_id=later.pic_id))
    session.execute(update(ActionItem).filter_by(id=later.id).values(classification="restricted"))

    assert send_all(app, office.address) == 0

    [told] = receiver.received
    assert before.code in told.body.decode()
    assert deliveries(session) == [(DeliveryState.DELIVERED, 1, 204)]  # the other one left no trace
    session.execute(update(ActionItem).filter_by(id=before.id).values(classification="secret"))
    admin = visit.as_(ADMIN)
    assert admin.submit(admin.get("/account/webhooks/1"), "/account/webhooks/1/deliveries/2/again").status == 303
    assert send_all(app, office.address) == 0
    assert (len(receiver.received), deliveries(session)) == (1, [])


def test_changes_to_secret_rows_change_no_byte_and_add_no_message(
    visit: Visitor, app: Flask, session: Session, secret: str
) -> None:
    assign(visit, session)
    waiting = deliveries(session)
    others = ActionItem.text_id != "Susun naskah"
    session.execute(update(ActionItem).where(others).values(classification="secret"))

    def message() -> Any:
        with app.test_request_context():
            made = labels.message_of(queries.in_full(1), app.extensions["settings"], AT)
            return made.body, made.headers

    before = message()
    secretariat = session.scalars(select(Account).filter_by(username=SECRETARIAT)).one()
    session.execute(update(Account).filter_by(id=secretariat.id).values(clearance="secret"))
    browser = visit.as_(SECRETARIAT)
    person_id = session.scalar(select(Account.person_id).filter_by(username=PIC))
    for number in range(3):
        form = browser.get("/actions/new?proposal=1")
        values = {"text_id": f"Rahasia {number}", "pic": person_id, "classification": "secret"}
        assert browser.submit(form, "/actions/new", **values).status == 303
    session.execute(update(ActionItem).where(others).values(text_id="Lain", pic_id=None))

    assert message() == before
    assert deliveries(session) == waiting


def test_a_name_taken_over_from_a_classified_meeting_is_not_told(app: Flask, session: Session) -> None:
    first, second = session.scalars(select(Meeting.id).order_by(Meeting.id).limit(2)).all()
    event = session.scalar(select(func.max(Event.id)).filter_by(subject="meeting", subject_id=first, mentions=None))

    def told() -> bool:
        with app.app_context(), acting(None):
            return queries.publishable(event) is not None

    assert told()
    session.execute(update(Meeting).filter_by(id=second).values(classification="restricted"))
    session.execute(update(Meeting).filter_by(id=first).values(named_after_id=second))
    assert not told()
