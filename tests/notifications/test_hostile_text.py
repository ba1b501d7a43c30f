"""Whatever was typed, a mail has only the expected headers, runs no script and links only to this site."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

import html5lib
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.notifications.post_office import PostOffice, open_post_office, send_all
from tests.security.hostile import CORPUS, MARK, faults, plant
from tests.visitor import PASSWORDS, Visitor
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.meetings.models import Meeting
from tracker.notifications.formats import LONGEST_SUBJECT, mail
from tracker.notifications.models import Notice
from tracker.notifications.rules import NoticeKind, NoticeState
from tracker.proposals.models import Proposal

INJECTED = [
    f"judul\r\nBcc: {MARK}@evil.example\r\n\r\n<script>{MARK}()</script>", f"judul\nX-{MARK}: 1",
    f"judul\x0bX-{MARK}: 1",
    f"judul\u2028X-{MARK}: 1", f"judul\x85X-{MARK}: 1", f"\u202e{MARK}\u2066fdp.exe", f"{MARK} " * 900,
    f"=?utf-8?q?=0d=0aBcc:_{MARK}@evil.example?=", f"http://{MARK}.example/", f"judul \x00 {MARK}", *CORPUS,
]  # fmt: skip
HEADERS = {
    "From", "To", "Subject", "Message-ID", "Date", "Auto-Submitted", "Content-Language", "X-Auto-Response-Suppress",
    "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type", "X-Peer", "X-MailFrom", "X-RcptTo",
}  # fmt: skip
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


def assert_harmless(letter: EmailMessage, to: str) -> None:
    assert set(letter.keys()) <= HEADERS
    assert [letter.get_all(name) for name in ("To", "From")] == [[to], ["tracker@kemenham.go.id"]]
    assert len(letter.get_all("Subject")) == 1
    assert not CONTROLS.search(str(letter["Subject"]))
    assert len(str(letter["Subject"])) <= LONGEST_SUBJECT
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    html = letter.get_body(("html",)).get_content()
    assert [fault for fault in faults(html) if fault != "style {}"] == []
    assert html.count("<style") <= 1  # the style sheet of the layout
    links = [link.get("href") for link in html5lib.parse(html, namespaceHTMLElements=False).iter("a")]
    assert {(urlsplit(link).scheme, urlsplit(link).netloc) for link in links} == {("https", "t.go.id")}
    assert max(map(len, bytes(letter).splitlines())) <= 998  # RFC 5322, 2.1.1


@pytest.mark.parametrize("kind", ["sqlite"])  # the result does not depend on the database
@pytest.mark.long
@pytest.mark.parametrize("rotation", [0, 7, 14])
def test_hostile_text_in_the_record_cannot_change_a_mail(
    visit: Visitor, session: Session, office: PostOffice, rotation: int
) -> None:
    tables = {NoticeKind.ASSIGNED: ActionItem, NoticeKind.TAKEN_BACK: ActionItem, NoticeKind.TO_APPROVE: Meeting,
              NoticeKind.DATE_ANSWERED: ActionItem, NoticeKind.ACTION_ESCALATED: ActionItem,
              NoticeKind.PROPOSAL_ESCALATED: Proposal, NoticeKind.SENT_BACK: ActionItem}  # fmt: skip
    assert plant(session, [*INJECTED[rotation:], *INJECTED[:rotation]]) > 500
    for number, account in enumerate(session.scalars(select(Account).where(Account.username.in_(PASSWORDS)))):
        account.email = f"pembaca{number}@go.id"
        about = [
            (kind, row_id) for kind, table in tables.items() for row_id in session.scalars(select(table.id)).all()[:12]
        ]
        for kind, row_id in [*about, (NoticeKind.DIGEST, None), (NoticeKind.RESET, None)]:
            at = clock.now() - timedelta(minutes=1)
            session.add(Notice(key=f"{kind} {row_id} {number}", kind=kind, account_id=account.id, subject_id=row_id,
                               state=NoticeState.WAITING, made_at=at, due_at=at, attempts=0))  # fmt: skip
    session.commit()

    assert send_all(visit.app, office.address) == 0

    assert len(office.taken) > 40
    assert {letter["To"] for letter in office.taken} >= {f"pembaca{number}@go.id" for number in range(5)}
    assert any(MARK in letter.get_body(("html",)).get_content() for letter in office.taken)
    for letter in office.taken:
        assert_harmless(letter, str(letter["To"]))


@pytest.mark.one_database
@pytest.mark.parametrize("typed", INJECTED)
def test_a_subject_is_always_one_line(typed: str) -> None:
    letter = mail(
        sender="tracker@kemenham.go.id", to="a@go.id", subject=typed, text="x", html='<a href="https://t.go.id/">x</a>',
        language="id", message_id="<a@t.go.id>", made_at=clock.now(),
    )  # fmt: skip

    assert_harmless(letter, "a@go.id")


@pytest.mark.one_database
@pytest.mark.parametrize("field", ["to", "sender", "unsubscribe", "message_id"])
def test_a_line_end_in_an_address_is_refused(field: str) -> None:
    arguments = {
        "sender": "tracker@kemenham.go.id",
        "to": "a@go.id",
        "unsubscribe": "https://t.go.id/",
        "message_id": "<a@b>",
    }
    arguments[field] += f"\r\nBcc: {MARK}@evil.example"

    with pytest.raises(ValueError):  # noqa: PT011  # raised by the library
        mail(**arguments, subject="a", text="x", html="x", language="id", made_at=clock.now())
