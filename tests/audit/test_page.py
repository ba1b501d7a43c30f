import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from tests.elements import Element
from tests.visitor import ADMIN, PIC, READER, SECRETARIAT, Page, Visitor
from tracker.accounts.models import Account, AccountRole
from tracker.actions.models import ActionItem
from tracker.audit.labels import REASONS, pages
from tracker.audit.labels.columns import COLUMNS, column
from tracker.audit.labels.pages import PAGES
from tracker.audit.labels.values import name, value
from tracker.audit.readings import record_readings
from tracker.audit.rules import AUDITED, HIDDEN_COLUMNS, UnauditedKind
from tracker.core.actor import Classification, Role
from tracker.core.db import Model, db
from tracker.core.visibility import unrestricted
from tracker.core.wording import gettext, label, speaking
from tracker.meetings.models import Attendance, Meeting
from tracker.proposals.models import Proposal
from tracker.reviews.models import Review


@pytest.fixture
def auditor(visit: Visitor, session: Session) -> Visitor:
    """The reader with the role of an auditor, who sees ordinary rows."""
    account = session.scalars(select(Account).filter_by(username=READER)).one()
    session.execute(update(AccountRole).filter_by(account_id=account.id).values(role=Role.AUDITOR))
    return visit.as_(READER)


def change(app: Flask, row_id: int, **values: object) -> None:
    with app.app_context(), unrestricted():
        action = db.session.get(ActionItem, row_id)
        for name, stored in values.items():
            setattr(action, name, stored)
        db.session.commit()


def is_public() -> tuple[ColumnElement[bool], ...]:
    """Criteria for actions that are visible to everybody, together with the rows they refer to."""
    meetings, proposals = (
        select(kind.id).where(kind.classification == Classification.ORDINARY) for kind in (Meeting, Proposal)
    )
    return (
        ActionItem.classification == Classification.ORDINARY, ActionItem.statement_id.is_(None),
        ActionItem.meeting_id.is_(None) | ActionItem.meeting_id.in_(meetings),
        ActionItem.proposal_id.is_(None) | ActionItem.proposal_id.in_(proposals),
    )  # fmt: skip


def open_action(session: Session) -> ActionItem:
    has_values = (ActionItem.due_on.is_not(None), ActionItem.pic_id.is_not(None))
    return session.scalars(select(ActionItem).where(*is_public(), *has_values)).first()


def newest(page: Page) -> Element:
    return page.soup.select_one("tbody tr")


def test_every_column_of_every_audited_table_has_a_label_in_both_languages(app: Flask) -> None:
    tables = {name: Model.metadata.tables[name].columns.keys() for name in sorted(AUDITED)}
    used = {key for table, names in tables.items() for name in names for key in (name, f"{table}.{name}")}
    with app.test_request_context():
        labels = {}
        for language in ("id", "en"):
            with speaking(language):
                labels[language] = [column(table, name) for table, names in tables.items() for name in names]

    assert all(labels["id"])
    assert all(labels["en"])
    assert not [word for words in labels.values() for word in words if "_" in word]
    assert set(COLUMNS) <= used
    assert set(HIDDEN_COLUMNS) <= used


def test_every_unaudited_table_is_listed_with_the_reason(auditor: Visitor) -> None:
    listed = auditor.get("/audit").text_of("main > details:last-of-type")

    with auditor.app.test_request_context():
        for kind in UnauditedKind:
            assert label(kind) in listed
            assert str(REASONS[kind]) in listed


def test_an_entry_shows_labelled_changes_and_links_to_its_row(app: Flask, auditor: Visitor, session: Session) -> None:
    action = open_action(session)
    change(app, action.id, due_on=action.due_on + timedelta(days=1), pic_id=None)

    entry_row = newest(auditor.get("/audit?kind=action_item"))

    assert f"/actions/{action.id}" in [link["href"] for link in entry_row.select("a")]
    assert action.code in entry_row.text
    assert re.search(r"Tenggat \d+ \w+ \d{4} → \d+ \w+ \d{4}", " ".join(entry_row.text.split()))
    assert "due_on" not in entry_row.text
    assert "pic_id" not in entry_row.text
    assert "action_item" not in entry_row.text
    assert "PIC" in entry_row.text


def test_no_values_are_shown_for_a_row_that_became_secret(app: Flask, auditor: Visitor, session: Session) -> None:
    action = open_action(session)
    change(app, action.id, text_id="KATARAHASIA di rumah aman")
    assert "KATARAHASIA" in auditor.get("/audit?kind=action_item").text

    change(app, action.id, classification=Classification.SECRET)

    page = auditor.get(f"/audit?kind=action_item&row={action.id}")
    assert "KATARAHASIA" not in page.text
    assert action.code not in page.text
    assert f"/actions/{action.id}" not in page.links
    assert "Yang harus dikerjakan" in page.text


def test_values_written_while_a_row_was_secret_stay_hidden_afterwards(
    app: Flask, auditor: Visitor, session: Session
) -> None:
    action = open_action(session)
    change(app, action.id, classification=Classification.SECRET)
    change(app, action.id, text_id="KATARAHASIA di rumah aman")
    change(app, action.id, text_id="Kata biasa")
    change(app, action.id, classification=Classification.ORDINARY)
    change(app, action.id, text_id="Kata lain")

    page = auditor.get(f"/audit?kind=action_item&row={action.id}")

    assert "KATARAHASIA" not in page.text
    assert "Kata biasa → Kata lain" in " ".join(page.text.split())
    assert f"/actions/{action.id}" in page.links


def test_secret_values_are_hidden_from_everybody_on_the_audit_page(
    app: Flask, visit: Visitor, session: Session
) -> None:
    """Even from the person in charge, who is cleared and may open the action's page."""
    account = session.scalars(select(Account).filter_by(username=PIC)).one()
    session.execute(update(Account).filter_by(id=account.id).values(clearance=Classification.TOP_SECRET))
    session.add(AccountRole(account_id=account.id, role=Role.AUDITOR))
    session.flush()
    action = session.scalars(select(ActionItem).where(ActionItem.pic_id == account.person_id, *is_public())).first()
    change(app, action.id, classification=Classification.SECRET)
    change(app, action.id, text_id="KATARAHASIA di rumah aman")

    page = visit.as_(PIC).get(f"/audit?kind=action_item&row={action.id}")

    assert f"/actions/{action.id}" in page.links
    assert "KATARAHASIA" not in page.text


def test_the_auditor_can_open_every_link_of_the_page(auditor: Visitor, session: Session) -> None:
    paths: set[str] = set()
    for kind in sorted(AUDITED):
        page = auditor.get(f"/audit?kind={kind}")
        assert page.status == 200
        links = {link["href"] for link in page.soup.select("tbody a")}
        paths |= set(sorted(links)[:3])

    assert {path.split("/")[1] for path in paths} >= {"meetings", "proposals", "actions", "people", "targets", "units"}
    responses = {path: auditor.client.get(path, follow_redirects=True) for path in paths}
    assert {path: response.status_code for path, response in responses.items()} == dict.fromkeys(paths, 200)
    assert "/sign-in" not in {response.request.path for response in responses.values()}


def test_every_page_has_a_label(app: Flask) -> None:
    """Every response may have loaded secret rows, except static files and endpoints for machines."""
    asked = {rule.endpoint for rule in app.url_map.iter_rules()}
    of_machines = {name for name in asked if name.startswith("operations.")} - {
        "operations.show",
        "operations.send_test_mail",
    }
    of_machines |= {"static", *(name for name in asked if name.startswith("api."))}

    assert set(PAGES) == asked - of_machines | {"person-data"}
    with app.test_request_context():
        labels = {}
        for language in ("id", "en"):
            with speaking(language):
                labels[language] = {pages.page(name) for name in PAGES}
        assert pages.page(pages.present_name("steering.ask")) == pages.page("changes.ask")
        assert pages.page("api.show_meeting") == "Program (API)"
        assert pages.page("gone.show") == "Halaman yang tidak ada lagi (gone.show)"
    assert len(labels["id"]) == len(labels["en"])
    assert all("." not in word for words in labels.values() for word in words)


def test_a_reading_names_its_page_and_links_to_it_if_the_auditor_may_open_it(
    app: Flask, auditor: Visitor, visit: Visitor, session: Session
) -> None:
    """Both accounts take part in the meeting; only the secretariat may open its live minutes."""
    meeting = session.get(Meeting, 1)
    person = session.scalars(select(Attendance.person_id).where(Attendance.person_id.is_not(None))).first()
    cleared = {"clearance": Classification.TOP_SECRET, "person_id": person}
    session.execute(update(Account).where(Account.username.in_([READER, SECRETARIAT])).values(**cleared))
    session.scalars(select(Attendance).filter_by(meeting_id=1)).first().person_id = person
    meeting.classification = Classification.SECRET
    session.flush()
    reader = visit.as_(SECRETARIAT)
    for path in (
        "/meetings/1",
        "/meetings/1/minutes",
        "/meetings/1/minutes.pdf",
        "/meetings",
        "/classification/meetings/1",
    ):
        reader.get(path)

    page = auditor.get("/audit?change=read&kind=meeting&row=1")

    readings = {cell.text.strip(): [link["href"] for link in cell.select("a")] for cell in page.soup.select("td .post")}
    assert readings == {
        f"Halaman: rapat {meeting.code}": ["/meetings/1"],
        f"Notula langsung: rapat {meeting.code}": [],
        f"Notula (PDF): rapat {meeting.code}": ["/meetings/1/minutes.pdf"],
        "Daftar rapat": ["/meetings"],
        f"Klasifikasi: rapat {meeting.code}": [],
    }
    for path in [link for links in readings.values() for link in links]:
        assert auditor.client.get(path).status_code == 200
    session.execute(update(Account).filter_by(username=READER).values(clearance=Classification.ORDINARY))
    session.flush()
    hidden = auditor.get("/audit?change=read&kind=meeting&row=1")
    assert meeting.code not in hidden.text
    assert "Notula langsung: rapat no. 1" in hidden.text
    assert {link["href"] for link in hidden.soup.select("tbody a")} == {"/meetings"}


def test_a_reading_of_a_review_leads_to_its_report_once_it_is_closed(
    auditor: Visitor, session: Session, app: Flask
) -> None:
    weeks = session.execute(select(Review.week, Review.status)).all()
    closed = next(week for week, status in weeks if status == "closed")
    with app.app_context(), app.test_request_context(), unrestricted():
        for week in (closed, "2019-W10"):
            record_readings([("action_item", "1")], "reviews.show", f"review:{week}")

    page = auditor.get("/audit?change=read")

    assert [cell.text.strip() for cell in page.soup.select("td .post")] == [
        "Laporan tinjauan mingguan: tinjauan mingguan no. 2019-W10",
        f"Laporan tinjauan mingguan: tinjauan mingguan {closed}",
    ]
    assert [link["href"] for link in page.soup.select("td .post a")] == [f"/reviews/{closed}"]


def test_an_entry_about_an_account_leads_to_it_for_whoever_may_open_it(
    app: Flask, auditor: Visitor, visit: Visitor, session: Session
) -> None:
    own, other = (session.scalars(select(Account).filter_by(username=name)).one() for name in (READER, SECRETARIAT))
    with app.app_context(), unrestricted():
        for one in (own, other):
            db.session.get(Account, one.id).is_active = False
            db.session.commit()
            db.session.get(Account, one.id).is_active = True
            db.session.add(AccountRole(account_id=one.id, role=Role.CHAIR))
            db.session.commit()
    paths = [f"/audit?kind=account&row={one.id}" for one in (own, other)] + ["/audit?kind=account_role"]

    def led(browser: Visitor) -> list[set[str]]:
        filtered_pages = [browser.get(path) for path in paths]
        return [{link["href"] for link in page.soup.select("tbody a")} for page in filtered_pages]

    assert led(auditor) == [{"/account"}, set(), {"/account"}]
    assert auditor.get("/account").status == 200
    of_admin = led(visit.as_(ADMIN))
    assert of_admin[:2] == [{f"/accounts/{own.id}/edit"}, {f"/accounts/{other.id}/edit"}]
    assert of_admin[2] >= of_admin[0] | of_admin[1]
    assert visit.as_(ADMIN).get(f"/accounts/{other.id}/edit").status == 200


def test_an_added_role_is_shown(app: Flask, auditor: Visitor, session: Session) -> None:
    account = session.scalars(select(Account).filter_by(username=SECRETARIAT)).one()
    with app.app_context(), unrestricted():
        db.session.add(AccountRole(account_id=account.id, role=Role.DECISION_MAKER))
        db.session.commit()

    entry_row = " ".join(newest(auditor.get("/audit?kind=account_role")).text.split())

    assert "Peran Pejabat yang memutuskan" in entry_row
    assert account.display_name in entry_row


def test_a_part_without_a_name_tells_what_it_belongs_to(app: Flask, auditor: Visitor, session: Session) -> None:
    seat = session.scalars(select(Attendance).join(Meeting).where(Meeting.classification == "ordinary")).first()
    with app.app_context(), unrestricted():
        db.session.get(Attendance, seat.id).note = "terlambat"
        db.session.commit()

    entry_row = " ".join(newest(auditor.get("/audit?kind=attendance")).text.split())

    assert f"Rapat {session.get(Meeting, seat.meeting_id).code}" in entry_row


def test_values_from_an_earlier_schema_are_shown_as_stored(app: Flask) -> None:
    with app.test_request_context():
        assert value("action_item", "status", "gone", {}) == "gone"
        assert value("action_item", "due_on", "besok", {}) == "besok"
        assert value("action_item", "gone", "x", {}) == "x"
        assert value("action_item", "pic_id", 7, {}) == "no. 7"
        assert value("holiday", "is_confirmed", True, {}) == "ya"
        assert value("action_item", "due_on", None, {}) == "–"
        assert value("agenda_item", "text", "x" * 1000, {}).endswith("…")


def test_a_row_without_a_name_is_called_by_its_numbers_without_codes() -> None:
    assert [name("account_role", number, {}) for number in ("4-decision_maker", "86-83", "7")] == [
        gettext("no. %(number)s", number=number) for number in ("4", "86-83", "7")
    ]
