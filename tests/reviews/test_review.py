"""A weekly review through its pages without script: opened, worked through, interrupted, undone."""

import re
from datetime import date, datetime

import pytest
import time_machine
from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.orm import Session

from tests.reviews.steps import decide, delete_reviews, open_review_of_week, this_week
from tests.visitor import READER, REVIEWER, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.actions.changes.models import DueDateRequest, Escalation
from tracker.actions.models import ActionHold, ActionItem, DueDateChange
from tracker.audit.models import Event, Involvement
from tracker.core import clock
from tracker.core.clock import Zone
from tracker.people.models import OrgUnit
from tracker.proposals.models import Proposal
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import Decision, Movement, QueueGroup

pytestmark = pytest.mark.one_database


def at(text: str) -> time_machine.travel:
    return time_machine.travel(datetime.fromisoformat(text).replace(tzinfo=Zone.WIB.info), tick=False)


def first(session: Session, **criteria: object) -> ReviewItem:
    query = select(ReviewItem).join(Review).where(Review.status == "open").filter_by(**criteria)
    return session.scalars(query.order_by(ReviewItem.position)).first()


def item_of_others(session: Session) -> ReviewItem:
    """The first item of the queue in which the reviewer never had a part."""
    account, person = session.execute(select(Account.id, Account.person_id).filter_by(username=REVIEWER)).one()
    own = select(Involvement.subject_id).where(
        Involvement.subject == "action_item",
        or_(Involvement.person_id == person, Involvement.account_id == account),
    )
    query = select(ReviewItem).join(Review).join(ActionItem, ReviewItem.action_id == ActionItem.id)
    query = query.where(Review.status == "open", ReviewItem.position.is_not(None), ActionItem.id.not_in(own))
    return session.scalars(query.order_by(ReviewItem.position)).first()


def test_each_figure_links_to_exactly_its_items(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    page = open_review_of_week(browser)
    links = list(page.soup.select(".tiles a, #queue tbody a"))

    for link in links:
        row = link.find_parent("tr")
        count = int((row.select_one(".num") if row else link.select_one(".tile-number")).text.split()[0])
        shown = browser.get(link["href"])
        rows = shown.soup.select("tbody tr")
        assert len(rows) == min(count, 50), link["href"]
        assert f"{count} " in shown.text_of(".pager") or count == 0

    assert len(links) >= len(Movement) + 4


def test_each_count_on_the_home_page_links_to_as_many_rows(visit: Visitor) -> None:
    browser = visit.as_(REVIEWER)
    links = browser.get("/").soup.select("#review .strip a")

    for link in links:
        count = link.select_one("b").get_text()
        assert browser.get(link["href"]).text_of(".pager").split()[0] == count, link["href"]

    assert len(links) == 3


def test_home_shows_the_state_of_the_review_and_requested_due_dates(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    requests = session.scalars(select(DueDateRequest).filter_by(state="asked")).all()
    before = browser.get("/")
    open_review_of_week(browser)
    decide(browser, browser.get(f"{this_week()}/queue"), "goes_on")

    after = browser.get("/")

    assert "belum dibuka" in before.text_of("#review")
    left, queue = re.search(r"(\d+) dari (\d+) tersisa", after.text_of("#review")).groups()
    assert int(left) == int(queue) - 1
    assert f"{this_week()}/queue" in after.links
    assert len(after.soup.select("#waits-due_date_request .entry")) == len(requests) > 0
    assert not visit.as_(READER).get("/").soup.select("#waits-due_date_request, #review")


def test_the_queue_is_sorted_and_has_each_item_once(visit: Visitor, session: Session) -> None:
    open_review_of_week(visit.as_(REVIEWER))

    rows = session.scalars(
        select(ReviewItem).join(Review).where(Review.status == "open", ReviewItem.position.is_not(None))
        .order_by(ReviewItem.position)
    ).all()  # fmt: skip

    order = [list(QueueGroup).index(row.queue_group) for row in rows]
    assert order == sorted(order)
    assert len({(row.action_id, row.proposal_id) for row in rows}) == len(rows)
    late = [row.due_before for row in rows if row.queue_group == "overdue"]
    assert late == sorted(late)
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))


def test_an_interrupted_review_resumes_at_the_next_item_in_any_browser(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    decide(browser, browser.get(f"{this_week()}/queue"), "goes_on")
    page = browser.follow(decide(browser, browser.get(f"{this_week()}/queue"), "goes_on"))

    elsewhere = visit.as_(REVIEWER).get(f"{this_week()}/queue")

    assert elsewhere.heading == page.heading
    assert "butir 3 2 dari" in elsewhere.text_of(".page-meta")
    assert elsewhere.soup.select_one("progress")["value"] == "2"


def test_done_completes_with_evidence_and_otherwise_requests_verification(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    others = session.scalars(
        select(ReviewItem).join(Review).join(ReviewItem.action)
        .where(Review.status == "open", ReviewItem.queue_group == "overdue", ActionItem.status == "not_started",
               ActionItem.classification == "ordinary")
        .order_by(ReviewItem.position)
    ).all()  # fmt: skip

    messages = {}
    for item, evidence in ((others[1], "Laporan tertulis"), (others[2], "")):
        page = browser.get(f"{this_week()}/queue/{item.id}")
        messages[evidence] = browser.follow(decide(browser, page, "done", evidence=evidence)).text_of(".flashes")

    session.expire_all()
    done, waiting = (session.get(ActionItem, item.action_id) for item in others[1:3])
    assert (done.status, done.evidence) == ("completed", "Laporan tertulis")
    assert waiting.status == "awaiting_verification"
    assert "menunggu verifikasi orang lain" in messages[""]


def test_a_pic_does_not_verify_their_own_action(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    reviewer = session.scalars(select(Account).filter_by(username=REVIEWER)).one()
    item = session.scalars(
        select(ReviewItem).join(Review).join(ActionItem, ReviewItem.action_id == ActionItem.id)
        .where(Review.week == this_week().removeprefix("/reviews/"), ReviewItem.position.is_not(None),
               ActionItem.pic_id == reviewer.person_id, ActionItem.status != "awaiting_verification")
    ).first()  # fmt: skip
    assert item
    own = session.get_one(ActionItem, item.action_id)
    page = browser.get(f"{this_week()}/queue/{item.id}")

    browser.follow(decide(browser, page, "done", evidence="Foto"))

    session.refresh(own)
    assert own.status == "awaiting_verification"


def test_an_extension_needs_a_later_date_and_a_reason_and_keeps_the_original_date(
    visit: Visitor, session: Session
) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    item = first(session, queue_group="overdue")
    action = session.get(ActionItem, item.action_id)
    original, address = action.original_due_on, f"{this_week()}/queue/{item.id}"

    for values in ({"due_on": "2099-01-04", "reason": ""}, {"due_on": "2001-01-01", "reason": "Menunggu"}):
        page = decide(browser, browser.get(address), "extend", **values)
        assert (page.status, len(page.problems)) == (422, 1), values
    browser.follow(decide(browser, browser.get(address), "extend", due_on="2099-01-04", reason="Menunggu data"))

    session.expire_all()
    assert (action.due_on.isoformat(), action.original_due_on) == ("2099-01-04", original)
    promises = select(DueDateChange.reason).filter_by(action_id=action.id).order_by(DueDateChange.id.desc())
    assert session.scalars(promises).first() == "Menunggu data"


@pytest.mark.parametrize(
    ("decision", "values"),
    [("done", {"evidence": "Foto"}), ("extend", {"due_on": "2099-01-04", "reason": "x"}), ("goes_on", {"note": "n"}),
     ("reassign", {"pic_id": "", "unit_id": "1", "reason": "x"}), ("escalate", {"position_id": "1", "reason": "x"})],
)  # fmt: skip
def test_undoing_restores_the_former_values_and_records_an_event(
    visit: Visitor, session: Session, decision: str, values: dict[str, str]
) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    item = item_of_others(session)
    columns = [column for column in ActionItem.__table__.c if column.name != "version"]
    before = session.execute(select(*columns).filter_by(id=item.action_id)).one()
    hold = {"kind": "blocked", "waiting_for": "Data", "since": date(2020, 1, 1), "by_name": "Uji", "at": clock.now()}
    session.execute(insert(ActionHold).values(action_id=item.action_id, **hold))
    escalations = select(func.count()).select_from(Escalation).filter_by(action_id=item.action_id)
    count_before = session.scalar(escalations)
    address = f"{this_week()}/queue/{item.id}"
    page = browser.follow(decide(browser, browser.get(address), decision, **values))
    assert session.scalar(escalations) == count_before + (decision == "escalate")

    page = browser.submit(page, f"{this_week()}/undo/{item.id}")

    assert page.status == 303
    assert session.scalar(escalations) == count_before
    assert session.scalar(select(ActionHold.ended_on).filter_by(action_id=item.action_id)) is None
    assert session.execute(select(*columns).filter_by(id=item.action_id)).one() == before
    session.refresh(item)
    assert (item.decision, item.turn) == (None, None)
    assert "keputusan dibatalkan" in browser.get(f"/actions/{item.action_id}").text_of("#history")


def test_a_decision_is_not_undone_if_the_item_changed_since(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    item = item_of_others(session)
    address = f"{this_week()}/queue/{item.id}"
    decide(browser, browser.get(address), "extend", due_on="2099-01-04", reason="x")
    change = f"/actions/{item.action_id}/due-date"
    browser.submit(browser.get(change), change, due_on="2099-02-02", reason="y")

    page = browser.submit(browser.get(address), f"{this_week()}/undo/{item.id}")

    assert page.status == 409
    assert session.get(ActionItem, item.action_id).due_on.isoformat() == "2099-02-02"


def test_a_reviewer_does_not_overwrite_the_decision_of_another(visit: Visitor, session: Session) -> None:
    reviewer, other = visit.as_(REVIEWER), visit.as_(REVIEWER)
    open_review_of_week(reviewer)
    own_page, other_page = reviewer.get(f"{this_week()}/queue"), other.get(f"{this_week()}/queue")
    decide(other, other_page, "extend", due_on="2099-01-04", reason="Alasan mereka")

    page = decide(reviewer, own_page, "done", evidence="Foto")

    item = first(session, position=1)
    assert (page.status, item.decision) == (409, "extend")
    assert "Alasan mereka" in page.text_of("main")
    assert "4 Januari 2099" in page.text_of("main")


def test_a_changed_item_is_shown_again_and_the_next_attempt_decides(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    page = browser.get(f"{this_week()}/queue")
    item = first(session, position=1)
    change = f"/actions/{item.action_id}/due-date"
    browser.submit(browser.get(change), change, due_on="2098-02-02", reason="Disepakati di luar")

    page = decide(browser, page, "extend", due_on="2099-03-03", reason="Alasan saya")

    assert page.status == 409
    assert "Disepakati di luar" in page.text_of("main")
    assert page.soup.select_one("#extend-due_on")["value"] == "2099-03-03"
    assert decide(browser, page, "extend").status == 303
    assert session.get(ActionItem, item.action_id).due_on.isoformat() == "2099-03-03"


def test_a_proposal_is_discussed_or_deferred_at_the_meeting_of_the_review(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    items = session.scalars(
        select(ReviewItem).join(Review).where(Review.status == "open", ReviewItem.queue_group == "only_submitted")
    ).all()

    for item, decision, values in (
        (items[0], "done", {}), (items[1], "extend", {"due_on": "2099-01-04", "reason": "Menunggu anggaran"}),
    ):  # fmt: skip
        assert decide(browser, browser.get(f"{this_week()}/queue/{item.id}"), decision, **values).status == 303

    discussed, deferred = (session.get(Proposal, item.proposal_id) for item in items[:2])
    assert (discussed.status, deferred.status) == ("under_discussion", "deferred")
    assert deferred.revisit_on.isoformat() == "2099-01-04"


def test_an_act_has_the_same_word_on_every_page(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    proposal = first(session, queue_group="only_submitted")
    action = session.scalars(
        select(ReviewItem).join(Review).join(ReviewItem.action)
        .where(Review.status == "open", ReviewItem.queue_group == "overdue", ActionItem.status == "not_started",
               ActionItem.classification == "ordinary")
    ).first()  # fmt: skip
    pages = {
        proposal: (f"/proposals/{proposal.proposal_id}", "dibahas"),
        action: (f"/actions/{action.action_id}", "dilaporkan selesai"),
    }

    for item, (address, word) in pages.items():
        stop = f"{this_week()}/queue/{item.id}"
        decide(browser, browser.get(stop), "done")
        verbs = select(Event.verb).where(Event.verb.like("reviewed%")).order_by(Event.id.desc()).limit(1)
        history = browser.get(address).text_of("#history").lower()
        assert f"tinjauan mingguan: {word}" in history
        assert "tinjauan mingguan: selesai" not in history.split("tinjauan mingguan: " + word)[0]
        settled = browser.get(stop).soup.select_one("[data-stop] > .note:not([data-away])")
        assert word in settled.get_text().lower()
        assert session.scalar(verbs) in {"reviewed_discussed", "reviewed_reported"}


def test_a_week_has_one_review_and_only_one_review_is_open(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    address = f"{this_week()}/open"
    page = browser.get(address)
    day = page.soup.select_one("[name=held_on]")["value"]
    open_review_of_week(browser)

    again = browser.submit(browser.get(address), address, held_on=day)

    assert again.status == 409
    assert session.scalar(select(func.count()).select_from(Review).where(Review.status == "open")) == 1


def test_only_reviewers_see_an_open_review(visit: Visitor) -> None:
    open_review_of_week(visit.as_(REVIEWER))

    for username in (READER, SECRETARIAT):
        browser = visit.as_(username)
        for path in (this_week(), f"{this_week()}/queue", f"{this_week()}/items", f"{this_week()}/open"):
            assert browser.client.get(path).status_code == 404
        assert this_week() not in browser.get("/reviews").links


@pytest.mark.parametrize("week", ["2026-W00", "2026-W54", "2025-W53", "x", "2026-48", "2026-W4٨"])
def test_an_invalid_week_is_not_found(visit: Visitor, week: str) -> None:
    browser = visit.as_(REVIEWER)

    for path in (f"/reviews/{week}", f"/reviews/{week}/open", f"/reviews/{week}/queue"):
        assert browser.client.get(path).status_code == 404


@at("2026-12-30T08:00")
def test_a_year_has_a_week_53(visit: Visitor, session: Session) -> None:
    delete_reviews(session)
    browser = visit.as_(REVIEWER)
    assert "/reviews/2026-W53/open" in browser.get("/reviews").links

    page = open_review_of_week(browser)

    assert page.path == "/reviews/2026-W53"
    assert session.scalar(select(Review.next_on)).isoformat() == "2027-01-04"


def test_every_decision_has_a_shortcut() -> None:
    assert {decision.value for decision in Decision} == {"done", "goes_on", "extend", "reassign", "escalate"}


def test_links_lead_from_the_list_to_the_queue_and_back(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    action, proposal = first(session, queue_group="overdue"), first(session, queue_group="only_submitted")

    for item, address in (
        (action, f"/actions/{action.action_id}"), (proposal, f"/proposals/{proposal.proposal_id}"),
    ):  # fmt: skip
        stop = f"{this_week()}/queue/{item.id}"
        assert stop in browser.get(f"{this_week()}/items?group={item.queue_group}").links
        assert stop in browser.get(address).links
        assert stop not in visit.as_(SECRETARIAT).get(address).links
        assert browser.get(stop).status == 200


def test_the_page_of_a_conflict_has_the_forms_and_the_next_decision_is_stored(visit: Visitor, session: Session) -> None:
    reviewer, other = visit.as_(REVIEWER), visit.as_(REVIEWER)
    open_review_of_week(reviewer)
    own_page = reviewer.get(f"{this_week()}/queue")
    decide(other, other.get(f"{this_week()}/queue"), "extend", due_on="2099-01-04", reason="Alasan mereka")

    page = decide(reviewer, own_page, "goes_on", note="Catatan saya")

    item = first(session, position=1)
    assert (page.status, item.decision) == (409, "extend")
    assert page.soup.select_one("#goes_on-note, #done-note").get_text(strip=True) == "Catatan saya"
    assert decide(reviewer, page, "goes_on").status == 303
    session.expire_all()
    assert (item.decision, item.note) == ("goes_on", "Catatan saya")
    assert session.get(ActionItem, item.action_id).due_on == item.due_before


def test_names_of_panels_depend_on_the_item(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    item = first(session, queue_group="overdue")
    stop = f"{this_week()}/queue/{item.id}"
    session.execute(update(ActionItem).where(ActionItem.id == item.action_id).values(pic_id=None, due_on=None))

    panels = browser.get(stop).all_of("details.more-decision > summary")

    assert panels[:2] == ["Tetapkan tenggat P", "Tunjuk PIC A"]
    days = [button["data-day"] for button in browser.get(stop).soup.select("button[data-day]")]
    assert len(days) == 3
    assert min(days) > clock.today().isoformat()


def test_the_list_shows_a_decided_proposal_with_a_unit(visit: Visitor, session: Session) -> None:
    reviewer = visit.as_(REVIEWER)
    open_review_of_week(reviewer)
    item = session.scalars(
        select(ReviewItem).where(ReviewItem.proposal_id.is_not(None)).order_by(ReviewItem.id.desc()).limit(1)
    ).one()
    unit = OrgUnit(name_id="Unit yang belum punya tindak lanjut")
    session.add(unit)
    session.flush()
    session.execute(update(Proposal).filter_by(id=item.proposal_id).values(responsible_unit_id=unit.id))
    session.execute(update(ReviewItem).filter_by(id=item.id).values(decision="goes_on", turn=1))

    assert reviewer.get(f"{this_week()}/items?decision=goes_on").status == 200
