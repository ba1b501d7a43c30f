"""The tour of the first sign-in: by role, once, and never again."""

import pytest
from flask import Flask, url_for
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import ADMIN, READER, REVIEWER, SECRETARIAT, Page, Visitor
from tracker.accounts.models import Account
from tracker.audit.models import AuditEntry
from tracker.core.actor import Role
from tracker.guide.labels import TOURS, tour_of

pytestmark = pytest.mark.one_database


@pytest.fixture
def newcomers(session: Session) -> None:
    session.execute(update(Account).values(toured_at=None))


def stops_of(page: Page) -> list[str]:
    return page.all_of("[data-tour] li strong")


def test_every_role_has_a_tour_of_three_to_five_stops() -> None:
    assert set(TOURS) == set(Role)
    assert {len(stops) for stops in TOURS.values()} <= {3, 4, 5}
    assert tour_of([]) == TOURS[Role.READER]
    assert tour_of([Role.READER, Role.SECRETARIAT]) == TOURS[Role.SECRETARIAT]


@pytest.mark.usefixtures("newcomers")
@pytest.mark.parametrize(("username", "second"), [(SECRETARIAT, "Catat rapat"), (REVIEWER, "Tinjauan mingguan")])
def test_a_newcomer_is_shown_around_on_the_home_page_only(visit: Visitor, username: str, second: str) -> None:
    browser = visit.as_(username)

    assert stops_of(browser.get("/"))[1] == second
    assert stops_of(browser.get("/meetings")) == []


@pytest.mark.usefixtures("newcomers")
@pytest.mark.parametrize("username", [SECRETARIAT, REVIEWER, ADMIN, READER])
def test_every_stop_leads_to_a_page_that_its_reader_may_open(visit: Visitor, username: str) -> None:
    browser = visit.as_(username)

    for link in browser.get("/").soup.select("[data-tour] li a"):
        answer = browser.client.get(link["href"], follow_redirects=True)  # a list may open with a filter
        assert answer.status_code == 200, link["href"]


@pytest.mark.usefixtures("newcomers")
def test_it_ends_once_for_this_account_and_is_in_the_audit(visit: Visitor, session: Session) -> None:
    browser = visit.as_(READER)
    once = browser.get("/").soup.select_one("[data-tour] [name=once]")["value"]

    answer = browser.post("/help/tour", {"csrf_token": browser.token(), "once": once})

    assert (answer.status, answer.response.location) == (303, "/")
    assert stops_of(browser.get("/")) == []
    assert stops_of(visit.as_(REVIEWER).get("/")) != []
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.table_name, set(entry.after) - {"version"}) == ("account", {"toured_at"})


@pytest.mark.usefixtures("newcomers")
def test_ending_it_again_changes_nothing(visit: Visitor, session: Session) -> None:
    browser = visit.as_(READER)
    ended = []
    for _ in range(2):
        browser.post("/help/tour", {"csrf_token": browser.token()})
        session.expire_all()
        ended.append(session.scalar(select(Account.toured_at).filter_by(username=READER)))

    assert ended[0] is not None
    assert ended[0] == ended[1]


def test_the_addresses_of_all_stops_exist(app: Flask) -> None:
    with app.test_request_context():
        assert all(url_for(stop.endpoint) for stops in TOURS.values() for stop in stops)
