"""Each role's home begins with what waits for it, with the verbs that settle it in the row."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from tests.visitor import (
    ADMIN,
    ADVISER,
    DECISION_MAKER,
    PASSWORDS,
    PIC,
    READER,
    REVIEWER,
    SECRETARIAT,
    Page,
    Visitor,
    filled,
)
from tracker.accounts.models import Account, AccountRole
from tracker.actions.changes.models import DueDateRequest, Escalation
from tracker.actions.models import ActionItem
from tracker.attachments.models import Attachment
from tracker.attachments.rules import AttachmentKind
from tracker.calendar.holidays.rules import week_of
from tracker.core import clock
from tracker.core.actor import Classification, Role
from tracker.home import queries
from tracker.meetings.models import AgendaItem, Meeting
from tracker.meetings.rules import MeetingStatus
from tracker.minutes.models import MinutesVersion
from tracker.minutes.rules import MinutesState
from tracker.people.models import PositionHolding
from tracker.proposals.models import Proponent, Proposal, TargetLink

pytestmark = pytest.mark.one_database

#: What each home shows, from the top.
PARTS = {
    SECRETARIAT: ["week", "waits-due_date_request", "drafts"],
    ADVISER: ["waits-attribution", "my-proposals", "followed"],
    DECISION_MAKER: ["waits-escalation", "waits-decision", "waits-correction", "waits-target_link", "targets", "units"],
    REVIEWER: ["review", "waits-due_date_request", "waits-verification", "weeks"],
    PIC: ["my-actions", "with-others"],
    ADMIN: ["health", "unused-accounts"],
    READER: ["latest"],
}


def parts(page: Page) -> list[str]:
    folded = {part["id"] for part in page.soup.select("main details section.part")}
    return [part["id"] for part in page.soup.select("main section.part") if part["id"] not in folded]


def test_a_meeting_to_come_leads_to_its_invitations_until_somebody_is_invited(visit: Visitor, session: Session) -> None:
    meeting = Meeting(
        code="R-2031-001", name_id="Rapat Anggaran Kelak", date=week_of(clock.today()).next.monday, agenda=[],
        status=MeetingStatus.SCHEDULED, recorded_at=clock.now(), classification=Classification.ORDINARY,
    )  # fmt: skip
    session.add(meeting)
    session.commit()
    secretariat, link = visit.as_(SECRETARIAT), f"#week .entry a[href='/meetings/{meeting.id}/invitations']"
    assert secretariat.get("/").soup.select(link)
    meeting.invitation_number = "UND-1"
    session.commit()
    assert not secretariat.get("/").soup.select(link)


@pytest.fixture
def planned_today(session: Session) -> Meeting:
    """With three items on its agenda, of which the first continues one of another meeting."""
    planned = Meeting(
        code="R-2031-002", name_id="Rapat Anggaran Kini", date=clock.today(), status=MeetingStatus.SCHEDULED,
        recorded_at=clock.now(), classification=Classification.ORDINARY,
    )  # fmt: skip
    before = Meeting(
        code="R-2031-003", name_id="Rapat Anggaran Dahulu", date=clock.today() - timedelta(30), recorded_at=clock.now(),
        status=MeetingStatus.SCHEDULED, classification=Classification.ORDINARY, agenda=[item_of("Pagu", "a")],
    )  # fmt: skip
    session.add(before)
    session.flush()
    planned.agenda = [
        item_of("Pagu", "a", carried_from_id=before.agenda[0].id),
        item_of("Jadwal", "b"),
        item_of("Lain", "c"),
    ]
    session.add(planned)
    session.commit()
    return planned


def item_of(text: str, place: str, **values: object) -> AgendaItem:
    return AgendaItem(text=text, place=place, **values)


def paper_of(meeting_id: int, item_id: int | None) -> Attachment:
    return Attachment(
        meeting_id=meeting_id, agenda_item_id=item_id, kind=AttachmentKind.PAPER, name="bahan.pdf", size=1,
        media_type="application/pdf", mark="0" * 64, added_by_name="Sekretariat", added_at=clock.now(),
        classification=Classification.ORDINARY,
    )  # fmt: skip


def test_the_week_says_whether_the_papers_of_a_planned_meeting_are_complete(
    visit: Visitor, session: Session, planned_today: Meeting
) -> None:
    def said() -> str:
        link = f"#week a[href='/meetings/{planned_today.id}/files']"
        return visit.as_(SECRETARIAT).get("/").text_of(link)

    query = select(AgendaItem).filter_by(meeting_id=planned_today.id).order_by(AgendaItem.place)
    first, second, third = session.scalars(query)
    assert said() == "bahan belum ada"
    for meeting_id, item_id, words in (
        (planned_today.id, None, "1 bahan"),
        (planned_today.id, second.id, "bahan 1 dari 3 mata acara"),
        (
            session.get_one(AgendaItem, first.carried_from_id).meeting_id,
            first.carried_from_id,
            "bahan 2 dari 3 mata acara",
        ),
        (planned_today.id, third.id, "bahan lengkap"),
    ):
        session.add(paper_of(meeting_id, item_id))
        session.commit()
        assert said() == words


def act(browser: Visitor, action: str, **typed: object) -> Page:
    """Send the form in the row of the home page."""
    return browser.submit(browser.get("/"), action, **typed)


@pytest.mark.parametrize("username", PARTS)
def test_each_home_begins_with_its_work(visit: Visitor, username: str) -> None:
    assert parts(visit.as_(username).get("/")) == PARTS[username]


@pytest.mark.parametrize("username", PASSWORDS)
def test_at_most_five_of_each_kind_are_shown_with_a_way_to_all(visit: Visitor, username: str) -> None:
    page = visit.as_(username).get("/")

    for group in page.soup.select("section[id^=waits-]"):
        rows, count = len(group.select(".entry")), int(group.select_one(".count").get_text())
        one_kind = f"/waiting?matter={str(group['id']).removeprefix('waits-')}"
        assert rows == min(count, 5)
        assert bool(group.select(f".part-head a[href='{one_kind}']")) == (count > rows)


@pytest.fixture
def undecided(session: Session) -> Proposal:
    """A proposal that waits for a post of the decision maker."""
    leader = session.scalars(select(Account.person_id).filter_by(username=DECISION_MAKER)).one()
    posts = select(PositionHolding.position_id).filter_by(person_id=leader, end_on=None)
    query = select(Proposal).where(
        Proposal.decision_authority_id.in_(posts), Proposal.status.in_(("submitted", "under_discussion"))
    )
    return session.scalars(query.order_by(Proposal.id)).first()


@pytest.mark.parametrize(
    ("to", "status"), [("approved", "Disetujui"), ("rejected", "Ditolak"), ("deferred", "Ditunda")]
)
def test_a_proposal_is_decided_in_its_row_with_a_reason(
    visit: Visitor, session: Session, undecided: Proposal, to: str, status: str
) -> None:
    leader, action = visit.as_(DECISION_MAKER), f"/proposals/{undecided.id}/move/{to}"

    answer = act(leader, action, reason="Sesuai arahan")
    home = leader.follow(answer)

    assert home.path == "/"
    assert f"{undecided.code} kini “{status}”" in home.text_of(".flash")
    assert action not in str(home.soup)
    session.refresh(undecided)
    assert undecided.status == to


def test_a_decision_without_reason_is_asked_for_it_and_still_returns_home(
    visit: Visitor, session: Session, undecided: Proposal
) -> None:
    leader, action = visit.as_(DECISION_MAKER), f"/proposals/{undecided.id}/move/rejected"

    refused = act(leader, action, reason=" ")
    home = leader.follow(leader.submit(refused, action, reason="Sudah tercakup"))

    assert (refused.status, refused.problems) == (422, ["Isi alasannya."])
    assert home.path == "/"
    session.refresh(undecided)
    assert undecided.status == "rejected"


def test_an_escalation_is_answered_in_its_row(visit: Visitor, session: Session) -> None:
    leader = visit.as_(DECISION_MAKER)
    action = str(leader.get("/").soup.select_one("#waits-escalation form")["action"])

    home = leader.follow(act(leader, action, answer="Mintakan data ke Sesditjen"))

    assert home.path == "/"
    row = session.get(Escalation, int(action.split("/")[-2]))
    assert (row.ended_as, row.answer) == ("answered", "Mintakan data ke Sesditjen")


def test_a_link_to_a_target_is_confirmed_with_one_press_and_taken_back(visit: Visitor, session: Session) -> None:
    leader = visit.as_(DECISION_MAKER)
    action = str(leader.get("/").soup.select_one("#waits-target_link .button-form")["action"])
    link = session.get(TargetLink, int(action.split("/")[4]))

    home = leader.follow(act(leader, action))
    session.refresh(link)
    assert (home.path, link.state) == ("/", "confirmed")
    undo = home.soup.select_one(".flash form")["action"]
    assert leader.submit(home, undo).status == 303

    session.refresh(link)
    assert link.state == "suggested"


def test_a_link_to_a_target_is_rejected_with_a_reason(visit: Visitor, session: Session) -> None:
    leader = visit.as_(DECISION_MAKER)
    action = str(leader.get("/").soup.select_one("#waits-target_link form[action$=rejected]")["action"])

    assert leader.follow(act(leader, action, note="Tidak memengaruhinya")).path == "/"

    assert session.get(TargetLink, int(action.split("/")[4])).state == "rejected"


@pytest.mark.parametrize(("verb", "note", "state"), [("grant", None, "granted"), ("refuse", "Terlalu lama", "refused")])
@pytest.mark.parametrize("username", [REVIEWER, SECRETARIAT])
def test_a_request_for_another_date_is_answered_in_its_row(
    visit: Visitor, session: Session, username: str, verb: str, note: str | None, state: str
) -> None:
    browser, request = visit.as_(username), session.scalars(select(DueDateRequest).filter_by(state="asked")).first()
    action = f"/actions/{request.action_id}/requests/{request.id}/{verb}"

    home = browser.follow(act(browser, action, **({"note": note} if note else {})))

    assert home.path == "/"
    session.refresh(request)
    assert request.state == state


@pytest.mark.parametrize(
    ("to", "typed"), [("completed", {"evidence": "Laporan"}), ("in_progress", {"reason": "Lampirkan laporan"})]
)
def test_finished_work_is_verified_or_sent_back_in_its_row(
    visit: Visitor, session: Session, to: str, typed: dict[str, str]
) -> None:
    reviewer = visit.as_(REVIEWER)
    action = str(reviewer.get("/").soup.select_one(f"#waits-verification form[action$='{to}']")["action"])

    assert reviewer.follow(act(reviewer, action, **typed)).path == "/"

    assert session.get(ActionItem, int(action.split("/")[2])).status == to


def test_a_pic_asks_for_another_date_in_the_row(visit: Visitor, session: Session) -> None:
    pic = visit.as_(PIC)
    page = pic.get("/")
    action = str(page.soup.select_one("#my-actions form[action$=ask-date]")["action"])
    code = session.get(ActionItem, int(action.split("/")[2])).code
    assert f"/actions/{action.split('/')[2]}/report?back=/" in page.links

    home = pic.follow(act(pic, action, asked_for="2027-03-01", reason="Data daerah"))

    assert home.path == "/"
    assert code in home.text_of("#with-others")
    assert code not in home.text_of("#my-actions")


def test_late_actions_of_a_pic_come_first(visit: Visitor, session: Session) -> None:
    person = session.scalars(select(Account.person_id).filter_by(username=PIC)).one()
    reported = (ActionItem.pic_id == person, ActionItem.status == "awaiting_verification")
    session.execute(update(ActionItem).where(*reported).values(status="in_progress"))

    rows = visit.as_(PIC).get("/").all_of("#my-actions .entry")

    late = ["terlambat" in row for row in rows]
    assert late == sorted(late, reverse=True)
    assert {True, False} <= set(late)


def test_an_adviser_answers_whether_it_was_their_proposal(visit: Visitor, session: Session) -> None:
    adviser = visit.as_(ADVISER)
    action = str(adviser.get("/").soup.select_one("#waits-attribution form[action$=confirmed]")["action"])

    assert adviser.follow(act(adviser, action)).path == "/"

    assert session.get(Proponent, int(action.split("/")[4])).attribution == "confirmed"


def test_the_first_gap_of_the_chain_is_named_on_the_card(visit: Visitor) -> None:
    card = visit.as_(ADVISER).get("/").soup.select_one("#my-proposals .card")

    assert "berhenti di: Keputusan" in card.text
    assert card.select_one("svg.dots .chain-next")


def test_news_is_what_others_did_since_the_last_look(visit: Visitor) -> None:
    adviser, secretariat = visit.as_(ADVISER), visit.as_(SECRETARIAT)
    for path in ("/proposals/1", "/proposals/2"):
        assert adviser.submit(adviser.get(path), f"/looked{path}").status == 303
    before = adviser.get("/")
    edit = secretariat.get("/proposals/1/edit")
    assert secretariat.submit(edit, "/proposals/1/edit", title_id="Forum yang lebih luas").status == 303

    after = adviser.get("/")

    count = int(re.match(r"\d+", before.heading)[0]) if before.heading[0].isdigit() else 0
    assert after.heading == f"{count + 1} kabar baru"
    assert "Forum yang lebih luas" in after.text_of("#news")
    assert after.soup.select_one("main :is(#news, .part)")["id"] == "news"


def test_the_box_asks_whether_it_was_proposed_before(visit: Visitor) -> None:
    form = visit.as_(ADVISER).get("/").soup.select_one(".home-rail form")

    found = visit.as_(ADVISER).get(f"{form['action']}?text=forum+nasional+dugaan+pelanggaran+HAM")

    assert list(filled(form)) == ["text"]
    assert "U-2020-001" in found.text_of("#found")


def test_the_week_has_the_meetings_of_each_day_and_today_begins_the_minutes(visit: Visitor, session: Session) -> None:
    meeting = session.scalars(select(Meeting).filter_by(status="scheduled", classification="ordinary")).first()
    session.execute(update(Meeting).where(Meeting.id == meeting.id).values(date=clock.today(), end_on=None))

    today = visit.as_(SECRETARIAT).get("/").soup.select_one("#week [aria-current=date]")

    assert meeting.name_id in today.text
    assert today.select_one(f"a.btn-primary[href='/meetings/{meeting.id}/minutes']")


def test_minutes_that_rest_as_drafts_are_shown_oldest_first(visit: Visitor, session: Session) -> None:
    rows = visit.as_(SECRETARIAT).get("/").soup.select("#drafts .entry .entry-title")
    held = [session.get(Meeting, int(row["href"].rsplit("/", 1)[1])) for row in rows]

    assert [meeting.date for meeting in held] == sorted(meeting.date for meeting in held)
    assert all(meeting.status == "held" and meeting.date <= clock.today() - timedelta(days=2) for meeting in held)


def test_submitted_minutes_are_no_drafts(visit: Visitor, session: Session) -> None:
    before = visit.as_(SECRETARIAT).get("/")
    oldest = int(before.soup.select_one("#drafts .entry .entry-title")["href"].rsplit("/", 1)[1])
    submitted = {"meeting_id": oldest, "number": 1, "state": MinutesState.SUBMITTED, "content": "{}", "version": 1}
    session.execute(insert(MinutesVersion).values(**submitted, submitted_at=clock.now()))

    after = visit.as_(SECRETARIAT).get("/")

    assert not after.soup.select(f"#drafts a[href='/meetings/{oldest}']")
    assert int(after.text_of("#drafts .count")) == int(before.text_of("#drafts .count")) - 1


@pytest.fixture
def give_roles(session: Session) -> Callable[..., None]:
    def give(username: str, *roles: Role) -> None:
        account = session.scalars(select(Account).filter_by(username=username)).one()
        session.add_all(AccountRole(account_id=account.id, role=role) for role in roles)
        session.commit()

    return give


def test_several_roles_have_their_sections_in_order_folded_after_the_second(
    visit: Visitor, give_roles: Callable[..., None]
) -> None:
    give_roles(PIC, Role.SECRETARIAT, Role.REVIEWER, Role.ADMIN)

    page = visit.as_(PIC).get("/")

    week = str(clock.today().isocalendar().week).zfill(2)
    assert page.heading == "Pekan ini"
    assert page.all_of("h2.home-title") == [f"Tinjauan W{week}"]
    folded = page.all_of("details.home-fold > summary")
    assert [words in one for words, one in zip(("Tindak lanjut saya", "Pengelolaan"), folded, strict=False)] == [
        True,
        True,
    ]
    assert len(page.soup.select("#waits-verification")) == 1


ROW = re.compile(r"/(?:actions|proposals|meetings)/\d+\b")


@pytest.mark.parametrize("username", [name for name in PARTS if name != ADMIN])
def test_nothing_classified_is_shown_to_those_who_may_not_see_it(
    visit: Visitor, session: Session, username: str
) -> None:
    browser = visit.as_(username)
    before = set(ROW.findall(str(browser.get("/").soup)))
    for model in (ActionItem, Proposal, Meeting):
        session.execute(update(model).values(classification="top_secret", recorded_by_id=None))

    after = set(ROW.findall(str(browser.get("/").soup)))

    assert len(after) < len(before)
    assert [path for path in after if browser.client.get(path).status_code == 404] == []


def test_an_administrator_sees_the_first_steps_until_they_are_done(visit: Visitor, empty_app: Flask) -> None:
    assert not visit.as_(ADMIN).get("/").soup.select("#first-steps")

    with empty_app.app_context():
        steps = queries.installation().steps

    assert not any(vars(steps).values())
