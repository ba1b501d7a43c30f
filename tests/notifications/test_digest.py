"""The weekly digest by role."""

import re
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from tests.visitor import ADVISER, DECISION_MAKER, PASSWORDS, PIC, READER, REVIEWER, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.core.actor import acting
from tracker.core.db import db
from tracker.core.wording import speaking
from tracker.notifications import labels
from tracker.notifications.models import Notice
from tracker.notifications.queries import Recipient
from tracker.notifications.rules import NoticeKind, account_to_stop, stop_token
from tracker.proposals.models import Proposal

pytestmark = pytest.mark.one_database


def digest_of(app: Flask, username: str, language: str = "id") -> EmailMessage | None:
    with app.app_context():
        query = select(Account).filter_by(username=username).options(selectinload(Account.roles))
        reader = db.session.scalars(query).one()
        reader.email, reader.language = f"{username}@go.id", language
        notice = Notice(key="digest", kind=NoticeKind.DIGEST, account_id=reader.id, made_at=clock.now())
        recipient = Recipient.of_account(reader)
        with db.session.no_autoflush, acting(recipient.actor), speaking(language):
            return labels.mail_of(notice, recipient, app.extensions["settings"], clock.now())


def words_of(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    return body.get_content() if body else ""


@pytest.mark.parametrize("username", list(PASSWORDS))
def test_text_and_html_have_the_same_content_and_links(app: Flask, username: str) -> None:
    mail = digest_of(app, username)
    if mail is None:
        assert username in {"admin", "pengelola", READER}  # nothing waits for them
        return
    text, html = words_of(mail, "plain"), words_of(mail, "html")
    codes = r"\b(?:R|U|TL)-\d{4}-\d{3}\b"

    assert set(re.findall(codes, text)) == set(re.findall(codes, html))
    assert "prefers-color-scheme: dark" in html
    links = set(re.findall(r"https?://[^\s\"<]+", text))
    forms = {link for link in links if "/answer" in link or "/report" in link}
    assert forms <= set(re.findall(r'href="([^"]+)"', html))
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-generated", "All")


def test_the_subject_is_the_news(app: Flask, session: Session, visit: Visitor) -> None:
    person = session.scalars(select(Account.person_id).filter_by(username=ADVISER)).one()
    reviewer = visit.as_(REVIEWER)
    mine = session.scalars(
        select(Proposal).where(Proposal.proponents.any(person_id=person), Proposal.status == "submitted")
    ).first()
    step = f"/proposals/{mine.id}/move/under_discussion"
    assert reviewer.submit(reviewer.get(step), step, reason="Mulai dibahas").status == 303

    mail = digest_of(app, ADVISER)

    assert mail["Subject"].startswith(f"{mine.code}: ")
    assert mine.code in words_of(mail, "plain")


def test_items_that_wait_for_others_are_not_counted(app: Flask, session: Session) -> None:
    at_work = ActionItem.status.in_(("not_started", "in_progress"))
    session.execute(update(ActionItem).where(at_work).values(status="awaiting_verification"))

    text = words_of(digest_of(app, PIC), "plain")
    mine, _, others = text.partition("Menunggu pihak lain")

    assert others
    assert "/report" not in mine


def test_the_digest_of_a_decision_maker_lists_escalations(app: Flask) -> None:
    text = words_of(digest_of(app, DECISION_MAKER, "en"), "plain")

    assert "Escalated to me" in text
    assert re.search(r"/actions/\d+/escalations/\d+/answer", text)


def test_the_digest_is_stopped_in_one_step_without_signing_in(app: Flask, session: Session, visit: Visitor) -> None:
    mail = digest_of(app, SECRETARIAT)
    address = re.search(r"<[^>]+(/mails/stop/[^>]+)>", mail["List-Unsubscribe"])[1]
    stranger = Visitor(app)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    page = stranger.get(address)
    wants_digest = session.scalars(select(Account.wants_digest).filter_by(username=SECRETARIAT)).one()
    response = stranger.client.post(address, data={"List-Unsubscribe": "One-Click"})

    assert page.soup.select(f"form[action='{address}']")
    assert wants_digest is True  # opening the page changes nothing
    assert response.status_code == 200
    assert session.scalars(select(Account.wants_digest).filter_by(username=SECRETARIAT)).one() is False
    stranger.get("/mails/stop/gAAAAnonsense", status=404)


def test_a_stop_token_is_valid_for_one_account_and_installation() -> None:
    token = stop_token(7, "a" * 40)

    assert account_to_stop(token, "a" * 40) == 7
    assert account_to_stop(token, "b" * 40) is None
