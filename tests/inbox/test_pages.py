"""What waits for a person or the holder of a post is shown until it is settled or its subject is closed."""

import re

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.notifications.post_office import open_post_office, send_all
from tests.visitor import ADVISER, DECISION_MAKER, PASSWORDS, PIC, READER, REVIEWER, SECRETARIAT, Page, Visitor
from tracker.accounts.models import Account, AccountRole
from tracker.actions.changes.models import DueDateRequest, Escalation
from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.core.actor import Role
from tracker.proposals.models import Proponent, Proposal
from tracker.status.models import HandOver


def person_of(session: Session, username: str) -> int:
    return session.scalars(select(Account.person_id).filter_by(username=username)).one() or 0


@pytest.fixture
def action(session: Session) -> ActionItem:
    """An open action of the PIC without requests or escalations."""
    query = select(ActionItem).where(
        ActionItem.pic_id == person_of(session, PIC), ActionItem.status.in_(("not_started", "in_progress")),
        ActionItem.classification == "ordinary", ActionItem.due_on.is_not(None),
        ActionItem.id.not_in(select(DueDateRequest.action_id)),
        ActionItem.id.not_in(select(Escalation.action_id).where(Escalation.action_id.is_not(None))),
    )  # fmt: skip
    return session.scalars(query.order_by(ActionItem.id)).first()


@pytest.fixture
def proposal(session: Session) -> Proposal:
    return session.scalars(select(Proposal).filter_by(status="submitted", classification="ordinary")).first()


def ways_on(page: Page) -> list[str]:
    """Where the rows lead, and where their forms are sent: the address of a form is that of its page too."""
    links = [link["href"] for link in page.soup.select(".entry a")]
    return [*links, *(form["action"] for form in page.soup.select(".entry form"))]


def escalate(visit: Visitor, path: str, **to: object) -> None:
    browser, address = visit.as_(REVIEWER), f"{path}/escalate"
    answer = browser.submit(browser.get(address), address, reason="Buntu di tingkat unit", **to)
    assert answer.status == 303, answer.problems


@pytest.mark.parametrize(
    "username",
    [SECRETARIAT, *(pytest.param(name, marks=pytest.mark.long) for name in PASSWORDS if name != SECRETARIAT)],
)
def test_every_button_on_the_waiting_page_opens_its_page(visit: Visitor, username: str) -> None:
    browser = visit.as_(username)
    pages = [browser.get("/waiting")]
    pages += [browser.get(link) for link in pages[0].links if link.startswith("/waiting?matter=")]
    paths = {path.split("#")[0] for page in pages for path in ways_on(page)}
    counts = [int(count) for count in pages[0].all_of("section[id^=waits-] .count")]
    in_all = re.search(r"\d+", browser.get("/").text_of(".site-nav [aria-current] .count") or "0")

    for path in paths:
        browser.get(path)

    assert int(in_all[0] if in_all else 0) == sum(counts)
    assert sorted(len(page.soup.select(".entry")) for page in pages[1:]) == sorted(
        count for count in counts if count > 10
    )


@pytest.mark.one_database
@pytest.mark.parametrize("folder", ["actions", "proposals"])
def test_an_escalation_waits_for_its_recipient_until_answered(
    visit: Visitor, session: Session, action: ActionItem, proposal: Proposal, folder: str
) -> None:
    subject = action if folder == "actions" else proposal
    escalate(visit, f"/{folder}/{subject.id}", person=person_of(session, DECISION_MAKER))
    escalation_id = session.scalars(select(Escalation.id).order_by(Escalation.id.desc())).first()
    leader, answer = visit.as_(DECISION_MAKER), f"/{folder}/{subject.id}/escalations/{escalation_id}/answer"

    assert answer in ways_on(leader.get("/waiting"))
    assert subject.code in leader.get(f"/{folder}?watch=waits_for_me&q={subject.code}").text_of("tbody")
    assert subject.code in visit.as_(READER).get(f"/{folder}?watch=escalated&q={subject.code}").text_of("tbody")
    visit.as_(PIC).get(answer, status=404)
    assert leader.submit(leader.get(answer), answer, answer=" ").status == 422
    page = leader.follow(leader.submit(leader.get(answer), answer, answer="Mintakan data ke Sesditjen"))

    assert "Mintakan data ke Sesditjen" in page.text_of("#escalations")
    assert answer not in ways_on(leader.get("/waiting"))
    leader.get(answer, status=404)


def escalated(visit: Visitor, session: Session, action: ActionItem) -> tuple[Visitor, str]:
    """The decision maker to whom it is escalated, and the address of the answer."""
    escalate(visit, f"/actions/{action.id}", person=person_of(session, DECISION_MAKER))
    escalation_id = session.scalars(select(Escalation.id).order_by(Escalation.id.desc())).first()
    return visit.as_(DECISION_MAKER), f"/actions/{action.id}/escalations/{escalation_id}/answer"


@pytest.mark.one_database
def test_who_an_action_is_escalated_to_stops_it_from_the_row(
    visit: Visitor, session: Session, action: ActionItem
) -> None:
    leader, answer = escalated(visit, session, action)
    forms = leader.get("/waiting").soup.select(f"form[action='{answer}']")
    row = next(form for form in forms if "Hentikan" in form.text)
    sent = {field["name"]: field.get("value", "") for field in row.select("input[name]")}

    assert leader.post(answer, {**sent, "answer": "Tidak lagi diperlukan"}).status == 303

    session.expire_all()
    assert action.status == "cancelled"
    verbs = select(Event.verb).filter_by(subject="action_item", subject_id=action.id).order_by(Event.id)
    assert session.scalars(verbs).all()[-2:] == ["escalation_answered", "moved_cancelled"]
    assert "Tidak lagi diperlukan" in leader.get(f"/actions/{action.id}").text_of("#escalations")


@pytest.mark.one_database
def test_who_an_action_is_escalated_to_reassigns_it(visit: Visitor, session: Session, action: ActionItem) -> None:
    leader, answer = escalated(visit, session, action)
    assert f"{answer}?direction=reassign&back=/waiting" in leader.get("/waiting").links
    page = leader.get(f"{answer}?direction=reassign")
    unchanged = leader.submit(page, answer, answer="Alihkan")
    assert "Tidak ada yang berubah" in unchanged.text_of(".error-summary")
    other = person_of(session, REVIEWER)
    refused = leader.submit(page, answer, direction="continue", pic=str(other), answer="Alihkan")
    assert "Alihkan" in refused.text_of(".error-summary")

    assert leader.submit(page, answer, pic=str(other), answer="Alihkan ke PPL").status == 303

    session.expire_all()
    assert (action.pic_id, action.is_open) == (other, True)
    assert answer not in ways_on(leader.get("/waiting"))


@pytest.mark.one_database
def test_who_is_in_charge_of_it_only_gives_a_direction(visit: Visitor, session: Session, action: ActionItem) -> None:
    leader, answer = escalated(visit, session, action)
    action.pic_id = person_of(session, DECISION_MAKER)
    session.commit()
    assert not leader.get(answer).soup.select("[name=direction]")


@pytest.mark.one_database
def test_a_hand_over_waits_for_its_recipient_until_answered(
    visit: Visitor, session: Session, proposal: Proposal
) -> None:
    browser, address = visit.as_(REVIEWER), f"/proposals/{proposal.id}/hand-over"
    saved = browser.submit(browser.get(address), address, person=person_of(session, ADVISER), reason="Mohon kajian")
    assert saved.status == 303, saved.problems
    hand_over_id = session.scalars(select(HandOver.id).order_by(HandOver.id.desc())).first()
    adviser, answer = visit.as_(ADVISER), f"/proposals/{proposal.id}/hand-overs/{hand_over_id}/answer"

    assert answer in ways_on(adviser.get("/waiting"))
    page = adviser.follow(adviser.submit(adviser.get(answer), answer, answer="Kajian terlampir"))

    assert answer not in ways_on(adviser.get("/waiting"))
    assert "Kajian terlampir" in page.text_of("#turns")


@pytest.mark.one_database
@pytest.mark.parametrize("to", ["completed", "cancelled"])
def test_closing_an_action_ends_its_requests_and_escalations(
    visit: Visitor, session: Session, action: ActionItem, to: str
) -> None:
    pic, reviewer = visit.as_(PIC), visit.as_(REVIEWER)
    address = f"/actions/{action.id}/ask-date"
    assert pic.submit(pic.get(address), address, asked_for="2027-03-01", reason="Data").status == 303
    escalate(visit, f"/actions/{action.id}", person=person_of(session, DECISION_MAKER))
    request_id = session.scalars(select(DueDateRequest.id).filter_by(action_id=action.id)).one()
    if to == "completed":
        report = f"/actions/{action.id}/report"
        report_fields = {"progress_note": "Selesai", "evidence": "Laporan", "is_finished": "1"}
        page = pic.get(report)
        values = {**report_fields, "on": page.soup.select_one("[name=on]")["value"], "csrf_token": pic.token()}
        assert pic.post(report, values).status == 303
    step = f"/actions/{action.id}/move/{to}"
    answer = reviewer.submit(reviewer.get(step), step, reason="Sudah tidak perlu")
    assert answer.status == 303, answer.problems

    session.expire_all()
    assert session.get(DueDateRequest, request_id).state == "lapsed"
    assert session.scalars(select(Escalation.ended_as).filter_by(action_id=action.id)).all() == ["lapsed"]
    verbs = session.scalars(select(Event.verb).filter_by(subject="action_item", subject_id=action.id)).all()
    assert {"due_date_lapsed", "escalation_lapsed"} <= set(verbs)
    for username in (REVIEWER, SECRETARIAT, DECISION_MAKER):
        links = ways_on(visit.as_(username).get("/waiting"))
        assert not [link for link in links if re.match(rf"/actions/{action.id}(\D|$)", link)]


@pytest.mark.one_database
def test_whoever_requested_a_due_date_is_mailed_the_answer(
    visit: Visitor, app: Flask, session: Session, action: ActionItem
) -> None:
    session.execute(update(Account).filter_by(username=PIC).values(email="ratna@go.id", wants_digest=False))
    pic, reviewer = visit.as_(PIC), visit.as_(REVIEWER)
    address = f"/actions/{action.id}/ask-date"
    assert pic.submit(pic.get(address), address, asked_for="2027-03-01", reason="Data").status == 303
    request_id = session.scalars(select(DueDateRequest.id).filter_by(action_id=action.id)).one()
    grant = f"/actions/{action.id}/requests/{request_id}/grant"
    assert reviewer.submit(reviewer.get(grant), grant, note="Terakhir").status == 303

    with open_post_office() as office:
        assert send_all(app, office.address) == 0
        mails = [mail for mail in office.taken if mail["To"] == "ratna@go.id"]

    assert [mail["Subject"] for mail in mails] == [f"{action.code}: tenggat baru Anda disetujui"]
    assert mails[0]["X-Auto-Response-Suppress"] == "All"
    assert "Terakhir" in mails[0].get_body(("plain",)).get_content()


@pytest.mark.one_database
def test_own_changes_are_not_shown_as_news(visit: Visitor, session: Session, proposal: Proposal) -> None:
    secretariat, path = visit.as_(SECRETARIAT), f"/proposals/{proposal.id}"
    page = secretariat.follow(secretariat.submit(secretariat.get(path), f"/follow/proposals/{proposal.id}"))
    assert page.form(f"/follow/proposals/{proposal.id}")  # the message has a button to undo it
    edit = f"{path}/edit"

    assert secretariat.submit(secretariat.get(edit), edit, title_id="Judul yang baru").status == 303
    own = secretariat.get(path).text_of("#changed")
    reviewer = visit.as_(REVIEWER)
    step = f"{path}/move/under_discussion"
    assert reviewer.submit(reviewer.get(step), step, reason="Mulai dibahas").status == 303

    assert "Tidak ada perubahan" in own
    assert "Mulai dibahas" in secretariat.get(path).text_of("#changed")


@pytest.mark.one_database
def test_everybody_can_check_for_earlier_proposals(visit: Visitor) -> None:
    page = visit.as_(ADVISER).get("/proposals/proposed-before?text=forum+nasional+dugaan+pelanggaran+HAM")

    assert "U-2020-001" in page.text_of("#found")
    assert "/proposals/proposed-before" in visit.as_(READER).get("/proposals").links


@pytest.mark.one_database
def test_a_dispute_does_not_wait_for_the_person_who_disputes(visit: Visitor, session: Session) -> None:
    razilu = person_of(session, ADVISER)
    row = session.scalars(select(Proponent).filter_by(person_id=razilu, attribution="unconfirmed")).first()
    address = f"/proposals/{row.proposal_id}/proponents/{row.id}"
    adviser, dispute = visit.as_(ADVISER), f"{address}/answer/disputed"
    assert adviser.submit(adviser.get(dispute), dispute, note="Saya hanya mendukung").status == 303
    account = session.scalars(select(Account).filter_by(username=ADVISER)).one()
    session.add(AccountRole(account_id=account.id, role=Role.SECRETARIAT))
    session.commit()

    ways = {name: str(visit.as_(name).get("/waiting").soup) for name in (ADVISER, SECRETARIAT)}

    assert f"{address}/settle" in ways[SECRETARIAT]
    assert f"{address}/settle" not in ways[ADVISER]
