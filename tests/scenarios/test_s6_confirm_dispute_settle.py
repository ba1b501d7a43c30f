"""S6: confirm, dispute or settle an attribution; nobody answers for others, and quotes stay as they are."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, READER, SECRETARIAT, Page, Visitor
from tracker.accounts.models import Account
from tracker.audit.models import Event
from tracker.meetings.models import Statement
from tracker.people.models import Person
from tracker.proposals.models import Proponent, ProposalRelation

NOTE = "Rekaman menit ke-42: Razilu hanya mendukung"


def proponent_named(session: Session, name: str) -> Proponent:
    """The proponent of the second proposal with this name."""
    rows = select(Proponent).join(Proponent.person).where(Proponent.proposal_id == 2, Person.name == name)
    return session.scalars(rows).one()


def quotes(session: Session) -> list[str | None]:
    return list(session.scalars(select(Statement.quote).filter_by(meeting_id=1).order_by(Statement.id)))


def answer_from_home(browser: Visitor, row: Proponent, answer: str, note: str = "") -> None:
    address = f"/proposals/2/proponents/{row.id}/answer/{answer}"
    home = browser.get("/")
    assert address in [form["action"] for form in home.soup.select("#waits-attribution form")]
    answered = browser.submit(home, address, **({"note": note} if note else {}))
    assert browser.follow(answered).path == "/"


@pytest.fixture
def disputed(visit: Visitor, session: Session) -> Proponent:
    row = proponent_named(session, "Razilu")
    answer_from_home(visit.as_(ADVISER), row, "disputed", "Saya hanya mendukung")
    session.refresh(row)
    return row


def answers_offered(browser: Visitor, row: Proponent) -> list[str]:
    links = dict.fromkeys(browser.get("/proposals/2").links)  # on phones some stand in the menu too
    return [link.rsplit("/", 1)[1] for link in links if link.startswith(f"/proposals/2/proponents/{row.id}/answer/")]


def settle(browser: Visitor, row: Proponent, **values: str) -> Page:
    address = f"/proposals/2/proponents/{row.id}/settle"
    home = browser.get("/")
    assert f"{address}?back=/" in home.links
    return browser.submit(browser.get(address), address, **values)


def test_only_the_person_named_can_confirm(visit: Visitor, session: Session) -> None:
    usihen, razilu = proponent_named(session, "Min Usihen"), proponent_named(session, "Razilu")
    session.execute(update(Account).filter_by(username=READER).values(person_id=usihen.person_id))
    browser = visit.as_(READER)
    address = f"/proposals/2/proponents/{razilu.id}/answer/confirmed"
    assert browser.client.post(address, data={"csrf_token": browser.token()}).status_code == 404

    answer_from_home(browser, usihen, "confirmed")

    session.expire_all()
    assert (usihen.attribution, razilu.attribution) == ("confirmed", "unconfirmed")
    assert f"proponents/{usihen.id}/" not in str(browser.get("/").soup)


def test_a_dispute_is_shown_and_waits_for_the_secretariat(
    visit: Visitor, session: Session, disputed: Proponent
) -> None:
    assert (disputed.attribution, proponent_named(session, "Min Usihen").attribution) == ("disputed", "unconfirmed")
    page = visit.as_(READER).get("/proposals/2")
    assert "menyanggah atribusi" in page.text_of("#proponents")
    assert "Razilu (menyanggah atribusi)" in page.text_of("#status-sentence")
    assert "Razilu" in visit.as_(SECRETARIAT).get("/").text_of("#waits-dispute")
    assert not visit.as_(READER).get("/").soup.select("#waits-dispute")


def test_a_dispute_needs_a_note_and_can_be_withdrawn(visit: Visitor, session: Session) -> None:
    browser, row = visit.as_(ADVISER), proponent_named(session, "Razilu")
    dispute, back = (f"/proposals/2/proponents/{row.id}/answer/{answer}" for answer in ("disputed", "taken_back"))
    assert answers_offered(browser, row) == ["confirmed", "disputed"]

    without_note = browser.submit(browser.get(dispute), dispute)
    assert (without_note.status, without_note.problems) == (422, ["Tulis apa yang tidak benar."])
    assert browser.submit(without_note, dispute, note="Saya hanya mendukung").status == 303

    page = browser.get("/proposals/2")
    assert "Saya hanya mendukung" in page.text_of("#proponents")
    assert answers_offered(browser, row) == ["taken_back"]
    browser.get(dispute, status=404)  # it was answered already
    assert browser.submit(without_note, dispute, note="Lagi", once="y" * 24).status == 409
    assert browser.submit(browser.get(back), back).status == 303

    session.expire_all()
    assert row.attribution == "unconfirmed"
    assert answers_offered(browser, row) == ["confirmed", "disputed"]
    event = select(Event.verb).where(Event.subject == "proposal", Event.verb.like("attribution_%")).order_by(Event.id)
    assert session.scalars(event).all()[-2:] == ["attribution_disputed", "attribution_taken_back"]


def test_withdrawing_an_answer_restores_the_previous_attribution(visit: Visitor, session: Session) -> None:
    browser, row = visit.as_(ADVISER), proponent_named(session, "Razilu")
    for answer, note, expected in (
        ("confirmed", "", "confirmed"), ("disputed", "Bukan saya", "disputed"), ("taken_back", "", "confirmed"),
        ("taken_back", "", "unconfirmed"),
    ):  # fmt: skip
        address = f"/proposals/2/proponents/{row.id}/answer/{answer}"
        browser.follow(browser.submit(browser.get(address), address, note=note))
        session.refresh(row)
        assert row.attribution == expected


def test_the_secretariat_settles_a_dispute_with_a_note_and_quotes_stay(
    visit: Visitor, session: Session, disputed: Proponent
) -> None:
    before, secretariat = quotes(session), visit.as_(SECRETARIAT)
    assert settle(secretariat, disputed, settlement="stays", role="", note=NOTE).status == 422
    assert settle(secretariat, disputed, settlement="comes_off").status == 422

    answer = settle(secretariat, disputed, settlement="stays", role="supporter", attribution="paraphrased", note=NOTE)

    assert answer.status == 303, answer.problems
    session.refresh(disputed)
    assert (disputed.role, disputed.attribution) == ("supporter", "paraphrased")
    event = session.scalars(select(Event).filter_by(subject="proposal", verb="attribution_settled")).one()
    assert (event.reason, event.from_state, event.to_state) == (NOTE, "disputed", "paraphrased")
    assert (event.details["before"]["role"], event.details["after"]["role"]) == ("proponent", "supporter")
    assert NOTE in secretariat.get("/proposals/2").text_of("#history")
    assert not secretariat.get("/").soup.select("#waits-dispute")
    assert quotes(session) == before
    address = f"/proposals/2/proponents/{disputed.id}/settle"
    assert secretariat.submit(secretariat.get(address), address, settlement="comes_off", note=NOTE).status == 409


def test_a_disputed_name_can_be_removed_and_the_history_keeps_it(
    visit: Visitor, session: Session, disputed: Proponent
) -> None:
    person_id = disputed.person_id

    assert settle(visit.as_(SECRETARIAT), disputed, settlement="comes_off", note=NOTE).status == 303

    rows = session.scalars(select(Proponent.person_id).filter_by(proposal_id=2)).all()
    assert rows == [proponent_named(session, "Min Usihen").person_id]
    event = session.scalars(select(Event).filter_by(subject="proposal", verb="attribution_withdrawn")).one()
    assert (event.reason, event.details["before"]["person_id"]) == (NOTE, person_id)


def test_clarifying_a_relation_is_recorded_on_both_proposals(visit: Visitor, session: Session) -> None:
    relation = session.scalars(select(ProposalRelation).filter_by(kind="alternative_to")).first()
    secretariat, address = visit.as_(SECRETARIAT), f"/proposals/{relation.from_id}/relations/{relation.id}/clarify"

    answer = secretariat.submit(
        secretariat.get(address), address, kind="related_to", note="Lingga: keduanya dimaksudkan"
    )

    assert answer.status == 303, answer.problems
    session.refresh(relation)
    assert relation.kind == "related_to"
    for proposal_id in (relation.from_id, relation.to_id):
        assert "Lingga: keduanya dimaksudkan" in secretariat.get(f"/proposals/{proposal_id}").text_of("#history")
