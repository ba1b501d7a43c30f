"""A preview shows the rows that both accounts may see."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.accounts.view_as.conftest import Previewing
from tests.elements import parsed
from tests.visitor import ADMIN, READER, SECRETARIAT, Visitor
from tracker.accounts.models import Account, Grant
from tracker.actions.models import ActionItem
from tracker.audit.models import AuditEntry
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.meetings.models import Meeting
from tracker.people.models import Person
from tracker.proposals.models import Proponent, Proposal

PAGES = ("/meetings/1", "/meetings/statements/1", "/proposals/1", "/actions/2")
LISTS = {"/meetings.csv": (Meeting, 1), "/proposals.csv": (Proposal, 1), "/actions.csv": (ActionItem, 2)}
SEARCH = "/search?kind=proposal&q=forum+nasional"
PERSON = 9001


def make_secret(session: Session, *, known_to: set[str], cleared: set[str]) -> None:
    """Classify meeting 1, proposal 1 and action 2 as secret, with need to know and clearance for these accounts."""
    ids = dict(session.execute(select(Account.username, Account.id)).all())
    session.add(Person(id=PERSON, name="Orang Luar", folded="orang luar", aliases=[]))
    session.flush()
    for username, person in (SECRETARIAT, None), (READER, PERSON):
        level = Classification.SECRET if username in cleared else Classification.RESTRICTED
        session.execute(update(Account).filter_by(username=username).values(clearance=level, person_id=person))
    recorded_by = ids[SECRETARIAT] if SECRETARIAT in known_to else None
    for table, row_id, by in (Meeting, 1, None), (Proposal, 1, recorded_by), (ActionItem, 2, recorded_by):
        values = {"classification": Classification.SECRET, "recorded_by_id": by}
        session.execute(update(table).filter_by(id=row_id).values(**values))
    for username in known_to:
        grant = {"reason": "Perlu tahu", "by_name": "Sekretariat", "at": clock.now()}
        session.add(Grant(meeting_id=1, account_id=ids[username], **grant))
    person = PERSON if READER in known_to else None
    session.get(ActionItem, 2).pic_id = person
    session.scalars(select(Proponent).filter_by(proposal_id=1)).first().person_id = person
    session.flush()


def visible(browser: Visitor, session: Session) -> list[bool]:
    responses = [browser.client.get(path, buffered=True) for path in (*PAGES, *LISTS, SEARCH)]
    pages = [response.status_code == 200 for response in responses[: len(PAGES)]]
    codes = [session.get_one(table, row_id).code for table, row_id in LISTS.values()]
    lists = [code in responses[at].get_data(as_text=True) for at, code in enumerate(codes, len(PAGES))]
    links = parsed(responses[-1].get_data(as_text=True)).select('main a[href="/proposals/1"]')
    return [*pages, *lists, bool(links)]


BOTH = {SECRETARIAT, READER}


@pytest.mark.parametrize(
    ("known_to", "cleared", "is_seen"),
    [(BOTH, BOTH, True), ({SECRETARIAT}, BOTH, False), (BOTH, {SECRETARIAT}, False), (BOTH, {READER}, False)],
)
def test_a_row_is_shown_if_both_accounts_may_see_it(
    preview: Previewing, session: Session, known_to: set[str], cleared: set[str], is_seen: bool
) -> None:
    make_secret(session, known_to=known_to, cleared=cleared)

    assert visible(preview(SECRETARIAT, READER), session) == [is_seen] * 8


def test_a_row_that_only_the_reader_may_see_is_hidden(preview: Previewing, session: Session, visit: Visitor) -> None:
    make_secret(session, known_to={READER}, cleared=BOTH)
    reader = visit.as_(READER)

    before, through, after = (visible(browser, session) for browser in (reader, preview(SECRETARIAT, READER), reader))

    assert (before, through, after) == ([True] * 8, [False] * 8, [True] * 8)


def test_a_reading_names_the_real_account(preview: Previewing, session: Session, visit: Visitor) -> None:
    make_secret(session, known_to=BOTH, cleared=BOTH)

    preview(SECRETARIAT, READER).get("/proposals/1")

    entries = session.scalars(select(AuditEntry).filter_by(change="read", table_name="proposal")).all()
    assert {(entry.by_name, entry.page, entry.seen_as) for entry in entries} == {
        ("Sekretariat", "proposals.show", "Pembaca")
    }
    [row, *_] = visit.as_(ADMIN).get("/audit?change=read&kind=proposal").all_of("tbody tr")
    assert "pratinjau sebagai Pembaca" in row
