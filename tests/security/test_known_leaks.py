"""The kinds of leak that a peer published in 2025 and 2026, one test for each, through pages and for programs."""

import io
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from tests.api.programs import Program, program
from tests.attachments.test_pages import attach, send
from tests.core.test_media_types import PDF
from tests.core.test_outgoing import INSIDE
from tests.feed.calendars import address_of, fetched
from tests.lists.saved_filters.test_saved_filters import SAVED, save_filter
from tests.notifications.post_office import open_post_office, send_all
from tests.reply_links.links import own_action, sent, stranger
from tests.security import confidential
from tests.security.stage import plain
from tests.visitor import ADMIN, PIC, READER, SECRETARIAT, Visitor, filled
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.attachments.models import Attachment
from tracker.audit.models import AuditEntry, Event
from tracker.core.actor import SYSTEM, Classification, acting
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.meetings.models import AgendaItem, Attendance, Meeting, Statement
from tracker.people.models import Person
from tracker.proposals.models import Proposal
from tracker.reply_links.rules import Purpose
from tracker.webhooks import queries as webhooks
from tracker.webhooks.models import Endpoint

pytestmark = pytest.mark.one_database
WORD = confidential.WORD
#: A row that there is not.
ABSENT = 999_999


@dataclass(frozen=True)
class Hidden:
    """The ids of a confidential meeting and of what belongs to it."""

    meeting: int
    proposal: int
    action: int
    person: int
    line: int
    seat: int
    agenda_item: int
    file: int


def _insert(app: Flask, session: Session) -> Hidden:
    with app.app_context(), unrestricted(), acting(SYSTEM):
        confidential.insert(session)
        commit()
    meeting = session.scalars(select(Meeting.id).filter_by(code="R-2026-990")).one()

    def of(model: Any) -> int:
        return session.scalars(select(func.min(model.id)).filter_by(meeting_id=meeting)).one()

    return Hidden(
        meeting=meeting,
        proposal=session.scalars(select(Proposal.id).filter_by(code="U-2026-990")).one(),
        action=session.scalars(select(ActionItem.id).filter_by(code="TL-2026-990")).one(),
        person=session.scalars(select(Person.id).where(Person.name.contains(WORD))).one(),
        line=of(Statement), seat=of(Attendance), agenda_item=of(AgendaItem), file=of(Attachment),
    )  # fmt: skip


@pytest.fixture
def hidden(app: Flask, session: Session) -> Hidden:
    return _insert(app, session)


def alike(ask: Any, address: str, number: int) -> TestResponse:
    """The answer, which is that to the address of a row that there is not."""
    answer, absent = (ask(address.format(one)) for one in (number, ABSENT))
    texts = [plain(one, address.format(n)) for one, n in ((answer, number), (absent, ABSENT))]
    if "?" in address:
        texts = [_without(told, n) for told, n in zip(texts, (number, ABSENT), strict=True)]
    assert (answer.status_code, texts[0]) == (absent.status_code, texts[1]), address
    assert WORD not in texts[0]
    return answer


def _without(told: str, number: int) -> str:
    """The number that was asked for, in fields and addresses."""
    return told.replace(f'="{number}"', '="#"').replace(f"={number}", "=#")


def getting(browser: Visitor) -> Any:
    return lambda path: browser.client.get(path, buffered=True)


def audited(session: Session) -> int | None:
    return session.scalar(select(func.max(AuditEntry.id)).where(AuditEntry.change != "read"))


def test_leak_01_names_by_a_filter(app: Flask, visit: Visitor, hidden: Hidden) -> None:
    """Filtering by somebody hidden, or by a word of theirs, is filtering by nobody."""
    browser, asks = visit.as_(READER), program(app, READER)

    for address in ("/proposals?proponent={}", "/actions?pic={}"):
        alike(getting(browser), address, hidden.person)
        assert alike(asks.get, address, hidden.person).status_code == 422
    for kind in ("people", "meetings", "proposals", "lines"):
        assert browser.client.get(f"/choices/{kind}?q={WORD}").json["choices"] == []
    for path in (f"/people?q={WORD}", f"/meetings?q={WORD}", f"/actions?q={WORD}", f"/search?q={WORD}"):
        assert asks.get(path).json["items"] == []
        assert f"Peserta {WORD}" not in browser.get(path).text


def test_leak_02_hidden_titles_through_relations(
    app: Flask, visit: Visitor, session: Session, hidden: Hidden
) -> None:  # fmt: skip
    """Ordinary rows of every kind are related to confidential ones, whose titles they do not tell."""
    proposal = session.scalars(select(Proposal).where(Proposal.raised_in_id.is_not(None))).first()
    action = session.scalars(
        select(ActionItem).where(ActionItem.proposal_id.is_not(None), ActionItem.classification == "ordinary")
    ).first()
    session.execute(update(Meeting).filter_by(id=proposal.raised_in_id).values(classification=Classification.SECRET))
    session.execute(update(Proposal).filter_by(id=action.proposal_id).values(classification=Classification.SECRET))
    session.execute(update(Proposal).filter_by(id=proposal.id).values(classification=Classification.ORDINARY))
    session.execute(update(Meeting).filter_by(id=hidden.meeting).values(classification=Classification.SECRET))
    titles = [session.get(Meeting, proposal.raised_in_id).name_id, session.get(Proposal, action.proposal_id).title_id]
    browser, asks = visit.as_(READER), program(app, READER)

    assert asks.get(f"/actions/{action.id}").json["proposal"] is None
    assert asks.get(f"/proposals/{proposal.id}").json["raised_in"] is None
    assert titles[1] not in browser.get(f"/actions/{action.id}").text
    assert titles[0] not in browser.get(f"/proposals/{proposal.id}").text_of("main")
    for path in ("/proposals/3", "/targets/1", "/people/1", "/units/1", "/posts/1"):
        assert WORD not in str(browser.look(path).soup)
        assert WORD not in asks.get(path).text


def test_leak_03_an_address_of_one_row_without_a_check(app: Flask, visit: Visitor, hidden: Hidden) -> None:
    """What lists leave out has no address of its own, and changes nothing there."""
    browser, asks = visit.as_(SECRETARIAT), program(app, SECRETARIAT)
    addresses = {
        "/meetings/{}": hidden.meeting, "/meetings/{}/lines": hidden.meeting, "/proposals/{}": hidden.proposal,
        "/actions/{}": hidden.action, "/people/{}": hidden.person, "/lines/{}": hidden.line,
        "/attendance/{}": hidden.seat, "/agenda/{}": hidden.agenda_item,
    }  # fmt: skip
    pages = {
        "/meetings/{}": hidden.meeting, "/meetings/{}/edit": hidden.meeting, "/meetings/{}.ics": hidden.meeting,
        "/meetings/{}/minutes.pdf": hidden.meeting, "/proposals/{}": hidden.proposal, "/actions/{}": hidden.action,
        "/people/{}": hidden.person, "/attachments/{}": hidden.file, "/meetings/agenda/{}/edit": hidden.agenda_item,
    }  # fmt: skip

    for address, number in addresses.items():
        assert alike(asks.get, address, number).status_code == 404
        assert asks.patch(address.format(number), {"venue": "X"}).status_code in {404, 405}
    for address, number in pages.items():
        assert alike(getting(browser), address, number).status_code == 404


def test_leak_04_hidden_subjects_in_links(app: Flask, visit: Visitor, session: Session) -> None:
    """Link headers, references and messages of webhooks are those of a record without the hidden rows."""
    browser, asks = visit.as_(READER), program(app, READER)
    paths = (
        "/meetings",
        "/proposals",
        "/actions",
        "/meetings?order=name",
        "/proposals/2",
        "/proposals/3",
        "/actions/1",
    )

    def linked() -> list[Any]:
        answers = [asks.get(path) for path in paths]
        pages = [browser.get(path).links for path in ("/meetings", "/proposals", "/actions?view=all", "/proposals/3")]
        return [*((answer.headers.get("Link"), answer.data) for answer in answers), pages]

    before = linked()
    hidden = _insert(app, session)

    assert linked() == before
    about = session.scalars(select(Event.id).where(Event.meeting_id == hidden.meeting)).all()
    about += session.scalars(select(Event.id).filter_by(subject="person", subject_id=hidden.person)).all()
    assert about
    with app.app_context(), acting(None):
        assert [number for number in about if webhooks.publishable(number)] == []


def test_leak_05_shares(app: Flask, visit: Visitor, session: Session) -> None:
    """A view that was shared, a personal link and the address of a calendar show what their reader may see now."""
    action, pic, secretariat = own_action(session), visit.as_(PIC), visit.as_(SECRETARIAT)
    hidden = _insert(app, session)
    session.execute(update(Meeting).filter_by(id=hidden.meeting).values(classification=Classification.ORDINARY))
    save_filter(secretariat, f"/actions?pic={hidden.person}", name=f"Milik {WORD}", is_shared="y")
    link, feed, reader = sent(app, action)[Purpose.REPORT], address_of(pic), visit.as_(READER)
    assert reader.get("/actions?view=all").all_of(SAVED) == [f"Milik {WORD}"]
    assert action.code in stranger(visit).get(link).text
    assert action.code in fetched(pic, feed).text

    for model, number in ((Meeting, hidden.meeting), (ActionItem, action.id)):
        session.execute(update(model).filter_by(id=number).values(classification=Classification.SECRET))

    assert reader.get("/actions?view=all").all_of(SAVED) == []
    assert stranger(visit).look(link).status == 404
    assert action.code not in fetched(pic, feed).text


def test_leak_06_injection_into_another_parent_by_id(
    app: Flask, visit: Visitor, session: Session, hidden: Hidden
) -> None:  # fmt: skip
    """A speaker or an agenda item of another meeting is none, whether one may see that meeting or not."""
    browser, asks = visit.as_(SECRETARIAT), program(app, SECRETARIAT)
    other = asks.post("/meetings", {"name_id": "Rapat lain", "date": "2026-11-03"}).headers["Location"]
    number = other.rpartition("/")[2]
    page, before = f"/meetings/{number}/statements/new", audited(session)
    open_seat = session.scalar(select(func.min(Attendance.id)).filter_by(meeting_id=1))

    for field, foreign in (("speaker", open_seat), ("speaker", hidden.seat), ("agenda_item", hidden.agenda_item)):
        answer = asks.post(f"{other}/lines", {"kind": "remark", "gist_id": "A", field: foreign})
        assert [error["pointer"] for error in answer.json["errors"]] == [f"/{field}"]
        typed = {**filled(browser.get(page).form(page)), "kind": "remark", "gist_id": "A", field: str(foreign)}
        assert browser.post(page, typed).status == 422
    assert audited(session) == before


def test_leak_07_files_put_under_another_parent_by_id(
    app: Flask, visit: Visitor, session: Session, hidden: Hidden
) -> None:  # fmt: skip
    """The parent of a file is that of the address, and stays; ids in what is sent move nothing."""
    browser = visit.as_(SECRETARIAT)
    parents = {"meeting": hidden.meeting, "meeting_id": hidden.meeting, "proposal": 1, "action_id": hidden.action}

    assert attach(browser, PDF, "surat.pdf", **{name: str(number) for name, number in parents.items()}).status == 303
    row = session.scalars(select(Attachment).filter_by(name="surat.pdf")).one()
    assert (row.meeting_id, row.proposal_id, row.action_id) == (1, None, None)
    form = browser.get("/attachments/new?meeting=1").form("/attachments/new?meeting=1")
    for kind, number in (("meeting", hidden.meeting), ("proposal", hidden.proposal), ("action", hidden.action)):
        typed = {**filled(form), "file": FileStorage(io.BytesIO(PDF), "x.pdf")}
        assert send(browser, f"/attachments/new?{kind}={number}", typed).status_code == 404
    move = f"/attachments/{row.id}/agenda-item"
    typed = {**filled(browser.get(move).form(move)), "agenda_item": str(hidden.agenda_item), "meeting_id": "2"}
    assert browser.post(move, typed).status == 422
    assert browser.post(f"/attachments/{hidden.file}/agenda-item", typed).status == 404
    session.expire_all()
    assert (row.meeting_id, row.agenda_item_id) == (1, None)
    assert session.scalar(select(func.count(Attachment.id)).filter_by(meeting_id=hidden.meeting)) == 1


def test_leak_08_attributes_applied_before_authorisation(
    app: Flask, visit: Visitor, session: Session, hidden: Hidden
) -> None:  # fmt: skip
    """Who may not change a row learns and changes nothing, whatever they send: valid, refused or not JSON."""
    browser, asks, before = visit.as_(READER), program(app, READER), audited(session)
    typed = {"csrf_token": browser.token(), "name_id": "Lain", "title_id": "Lain", "text_id": "Lain"}

    for path in ("/meetings/1", f"/meetings/{hidden.meeting}", "/proposals/1", "/actions/1"):
        for sent_now in ({"json": {"name_id": "Lain"}}, {"json": {"a": 1}}, {"data": b"{"}):
            assert asks.ask("PATCH", path, **sent_now).status_code == 404
        assert browser.post(f"{path}/edit", typed).status == 404
    assert audited(session) == before
    assert session.scalar(select(Meeting.name_id).filter_by(id=1)) != "Lain"


def test_leak_09_global_ids_of_options(app: Flask, visit: Visitor, session: Session, hidden: Hidden) -> None:
    """An option that is not offered is refused like one that does not exist, and its words do not come back."""
    browser, asks, before = visit.as_(SECRETARIAT), program(app, SECRETARIAT), audited(session)
    fields = {"meeting": hidden.meeting, "proposal": hidden.proposal, "statement": hidden.line, "pic": hidden.person}
    page = filled(browser.get("/actions/new?proposal=1").form("/actions/new"))

    for field, number in fields.items():
        body = {"text_id": "Susun", "classification": "ordinary", "proposal": 1}
        answers = [asks.post("/actions", body | {field: one}) for one in (number, ABSENT)]
        assert (answers[0].status_code, answers[0].data) == (422, answers[1].data)
        if field not in page:
            continue
        shown = [
            browser.post("/actions/new", {**page, "text_id": "Susun", field: str(one)}) for one in (number, ABSENT)
        ]
        assert [one.status for one in shown] == [422, 422]
        assert shown[0].problems == shown[1].problems
        assert WORD not in str(shown[0].soup)
    assert audited(session) == before


def test_leak_10_reminders_after_access_was_revoked(app: Flask, visit: Visitor, session: Session) -> None:
    """What waits in the outbox is asked again when it is sent: nothing of it goes to whom it is hidden from."""
    browser, words = visit.as_(SECRETARIAT), f"Susun {WORD}"
    session.execute(update(Account).filter_by(username=PIC).values(email="ratna@kemenham.go.id", wants_digest=False))
    person = session.scalar(select(Account.person_id).filter_by(username=PIC))
    page = browser.get("/actions/new?proposal=1")
    for number in range(2):
        assert browser.submit(page, "/actions/new", text_id=f"{words} {number}", pic=person).status == 303
        page = browser.get("/actions/new?proposal=1")
    first, second = session.scalars(select(ActionItem).filter(ActionItem.text_id.contains(WORD)).order_by("id"))
    session.execute(update(ActionItem).filter_by(id=first.id).values(classification=Classification.SECRET))
    session.execute(update(ActionItem).filter_by(id=second.id).values(pic_id=None))

    with open_post_office() as office:
        assert send_all(app, office.address) == 0

    assert WORD not in "".join(mail.as_string() for mail in office.taken)


@pytest.mark.parametrize("door", ["reply link", "invitation", "calendar", "token", "password", "minutes"])
def test_leak_11_unlimited_tries(app: Flask, visit: Visitor, door: str) -> None:
    """Behind each door that opens to a secret, guessing ends."""
    guess = {
        "reply link": lambda: stranger(visit).client.get("/reply/x"),
        "invitation": lambda: stranger(visit).client.get("/invitations/x"),
        "calendar": lambda: fetched(visit, "/calendar/x.ics"),
        "token": lambda: Program(app, "tracker_guess").get("/meetings"),
        "password": lambda: _signing_in(visit),
        "minutes": lambda: stranger(visit).client.get("/meetings/1/minutes/verify/x"),
    }[door]

    answers = [guess().status_code for _ in range(62)]

    assert answers[0] != 429
    assert answers[-1] == 429


def _signing_in(visit: Visitor) -> TestResponse:
    form = visit.get("/sign-in")
    return visit.client.post(
        "/sign-in", data={**filled(form.form("/sign-in")), "username": READER, "password": "salah"}
    )


def test_leak_12_requests_to_the_inside_through_webhooks_or_the_test_mail(visit: Visitor, session: Session) -> None:
    """Where the office's mail goes is a setting; what an administrator types as an address of others must be public."""
    own = {"email": "admin@kemenham.go.id", "wants_digest": False}
    session.execute(update(Account).filter_by(username=ADMIN).values(**own))
    browser, form = visit.as_(ADMIN), "/account/webhooks/new"
    typed = {**filled(browser.get(form).form(form)), "description": "X", "hook_kinds": "action.assigned"}

    for written in INSIDE.values():
        page = browser.post(form, {**typed, "target_url": f"https://{written}/"})
        assert (page.status, len(page.problems)) == (422, 1), written
    assert session.scalars(select(Endpoint)).all() == []

    elsewhere = {"host": "127.0.0.1", "smtp_host": "127.0.0.1", "email": "x@y.example", "address": "x@y.example"}
    browser.post("/operations/test-mail", {"csrf_token": browser.token(), **elsewhere})
    with open_post_office() as office:
        send_all(visit.app, office.address)
    assert [mail["To"] for mail in office.taken] == ["admin@kemenham.go.id"]


@pytest.mark.parametrize("name", [READER, SECRETARIAT, ADMIN])
def test_leak_13_fields_of_administrators_through_side_pages(
    app: Flask, visit: Visitor, session: Session, name: str
) -> None:
    """Numbers of civil servants and addresses of mail: in no list, search, choice or file, and in no answer."""
    nip, mail = "198001012005011001", "alamat@kemenham.test"
    session.execute(update(Person).values(nip=nip, email=mail))
    session.execute(update(Account).values(email=mail))
    browser, asks = visit.as_(name), program(app, name)
    both = ("/people", "/people/1", "/units/1", "/posts/1", "/meetings/1", "/actions/1")
    pages = (*both, "/meetings/1/people", "/meetings/1/history", "/choices/people?q=a", "/people.csv", "/actions.csv")

    for path in (*both, "/meetings/1/lines", "/search?q=rapat"):
        answer = asks.get(path)
        assert answer.status_code == 200
        assert not [one for one in (nip, mail, "recorded_by", "password") if one in answer.text], path
    for path in pages:
        page = browser.client.get(path, buffered=True)
        assert (page.status_code, path) == (200, path)
        assert not [one for one in (nip, mail) if one in page.text], path
    for path in (f"/people?q={nip}", f"/search?q={nip}"):
        assert asks.get(path).json["items"] == []
    assert browser.client.get(f"/choices/people?q={nip}").json["choices"] == []
