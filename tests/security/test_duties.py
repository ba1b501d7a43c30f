"""Nobody judges their own work, whatever detour they take: everybody ever in charge keeps their part."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.accounts.view_as.conftest import preview as preview  # a fixture
from tests.visitor import DECISION_MAKER, PIC, REVIEWER, SECRETARIAT, Visitor
from tracker.accounts import queries as accounts
from tracker.accounts.models import Account, AccountRole
from tracker.actions import commands as actions
from tracker.actions import queries as action_queries
from tracker.actions.changes import commands as changes
from tracker.actions.changes import queries as change_queries
from tracker.actions.changes.models import BulkChange, DueDateRequest, Escalation, RequestState
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core import clock
from tracker.core.actor import Actor, Role, acting
from tracker.core.errors import NotPossible
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.people import commands as people
from tracker.people import queries as people_asked
from tracker.people.models import Person
from tracker.people.rules import Keep
from tracker.proposals import queries as proposal_queries
from tracker.proposals.models import Proponent, Proposal, TargetLink

pytestmark = pytest.mark.one_database

BY = Actor(account_id=None, name="Sistem", roles=frozenset(Role))
OTHER = "Ratna Dewanti"


@dataclass
class Scene:
    """An action that waits for verification, and a request for another date; somebody else was always in charge."""

    app: Flask
    session: Session
    visit: Visitor
    action: ActionItem
    request: DueDateRequest

    def account(self, username: str) -> Account:
        return self.session.scalars(select(Account).filter_by(username=username)).one()

    def person_of(self, username: str) -> int:
        number = self.account(username).person_id
        assert number is not None
        return number

    @contextmanager
    def inside(self) -> Iterator[None]:
        """What is done here is done in the app, and stored."""
        with self.app.test_request_context("/"), unrestricted(), acting(BY):
            yield
            commit()
        self.session.expire_all()

    def give_to(self, person_id: int) -> None:
        self.action.pic_id = person_id
        self.session.flush()

    def set_aside(self, username: str = REVIEWER) -> dict[str, int]:
        """What the pages of judging answer."""
        browser, home = self.visit.as_(username), f"/actions/{self.action.id}"
        paths = [f"{home}/{rest}" for rest in ("move/completed", "move/in_progress", "move/cancelled", "due-date",
                 f"requests/{self.request.id}/grant", f"requests/{self.request.id}/refuse")]  # fmt: skip
        return {path.removeprefix(home): browser.client.get(path).status_code for path in paths}


@pytest.fixture
def scene(app: Flask, session: Session, visit: Visitor) -> Scene:
    person = session.scalar(select(Account.person_id).filter_by(username=PIC))
    action = session.scalars(select(ActionItem).where(
        ActionItem.pic_id == person, ActionItem.status == "in_progress", ActionItem.classification == "ordinary",
        ActionItem.due_on.is_not(None)).order_by(ActionItem.id)).first()  # fmt: skip
    asked = session.scalars(select(DueDateRequest).filter_by(action_id=action.id, state=RequestState.ASKED)).first()
    if asked is None:
        asked = DueDateRequest(action_id=action.id, asked_for=date(2027, 9, 1), reason="Data", at=clock.now(),
                               state=RequestState.ASKED, by_account_id=None, by_name="PIC")  # fmt: skip
        session.add(asked)
    action.status, action.evidence = ActionStatus.AWAITING_VERIFICATION, "Nota dinas"
    session.flush()
    return Scene(app, session, visit, action, asked)


def edited(scene: Scene) -> None:
    """Another person in charge, by the form of the whole action."""
    other = scene.action.pic_id
    scene.give_to(scene.person_of(REVIEWER))
    browser, address = scene.visit.as_(REVIEWER), f"/actions/{scene.action.id}/edit"
    assert browser.submit(browser.get(address), address, pic=other).status == 303


def handed_over(scene: Scene) -> None:
    other = scene.action.pic_id
    scene.give_to(scene.person_of(REVIEWER))
    browser, address = scene.visit.as_(REVIEWER), f"/actions/{scene.action.id}/reassign"
    assert browser.submit(browser.get(address), address, pic=other, reason="Serah").status == 303


def changed_in_bulk(scene: Scene) -> None:
    other = scene.action.pic_id
    scene.give_to(scene.person_of(REVIEWER))
    browser = scene.visit.as_(REVIEWER)
    page = browser.get("/actions/bulk?" + urlencode([("action", scene.action.id)]))
    assert browser.submit(page, "/actions/bulk", pic=other, reason="Serah").status == 303


def undone(scene: Scene) -> None:
    """In charge by a bulk change that was taken back."""
    browser = scene.visit.as_(SECRETARIAT)
    page = browser.get("/actions/bulk?" + urlencode([("action", scene.action.id)]))
    mine = scene.person_of(REVIEWER)
    assert browser.submit(page, "/actions/bulk", pic=mine, reason="Serah").status == 303
    address = f"/actions/bulk/{scene.session.scalars(select(BulkChange.id)).one()}/undo"
    assert browser.submit(browser.get(address), address).status == 303


def double(scene: Scene) -> int:
    person = Person(name="Sekar W.", folded="sekar w.", aliases=[])
    scene.session.add(person)
    scene.session.flush()
    return person.id


def merge(scene: Scene, kept: int, gone: int, whose: Keep = Keep.BOTH) -> int:
    with scene.inside():
        made = people.merge(people_asked.person(kept), people_asked.person(gone), {}, whose, by=BY, at=clock.now())
        commit()
        return int(made.id)


def was_the_other_entry(scene: Scene) -> None:
    """In charge was a second entry of the reviewer, which became one with the first after it was handed over."""
    other, second = scene.action.pic_id, double(scene)
    scene.give_to(second)
    scene.give_to(other)
    merge(scene, scene.person_of(REVIEWER), second)


def became_another_entry(scene: Scene) -> None:
    """The reviewer was in charge; then the entry goes into another, without the account."""
    other = scene.action.pic_id
    scene.give_to(scene.person_of(REVIEWER))
    scene.give_to(other)
    merge(scene, double(scene), scene.person_of(REVIEWER), Keep.FIRST)


def was_in_charge(scene: Scene, username: str = REVIEWER) -> None:
    other = scene.action.pic_id
    scene.give_to(scene.person_of(username))
    scene.give_to(other)


def account_let_go(scene: Scene) -> None:
    """The account no longer belongs to the person who was in charge."""
    was_in_charge(scene)
    scene.account(REVIEWER).person_id = None
    scene.session.flush()


def second_account(scene: Scene) -> None:
    """Another account of the person reported, and belongs to nobody since."""
    account = scene.account(SECRETARIAT)
    account.person_id = scene.person_of(REVIEWER)
    scene.session.flush()
    with scene.inside():
        by = accounts.as_actor(accounts.account_named(SECRETARIAT))
        action = action_queries.in_full(scene.action.id, to_change=True)
        told = actions.Report(on=clock.today(), progress_note="Selesai")
        actions.report_progress(action, told, by=by, at=clock.now())
    scene.account(SECRETARIAT).person_id = None
    scene.session.flush()


DETOURS = (edited, handed_over, changed_in_bulk, undone, was_the_other_entry, became_another_entry, account_let_go)


@pytest.mark.parametrize("detour", DETOURS, ids=lambda one: one.__name__)
def test_whoever_was_ever_in_charge_judges_nothing_of_it_and_is_told_why(
    scene: Scene, detour: Callable[[Scene], None]
) -> None:
    assert set(scene.set_aside().values()) == {200}

    detour(scene)

    assert set(scene.set_aside().values()) == {404}
    page = scene.visit.as_(REVIEWER).get(f"/actions/{scene.action.id}")
    assert "Karena itu orang lain yang menilainya" in page.text_of("main")
    offered = [link for link in page.links if link.startswith(f"/actions/{scene.action.id}/")]
    assert not [link for link in offered if link.removeprefix(f"/actions/{scene.action.id}") in scene.set_aside()]
    waiting = scene.visit.as_(REVIEWER).get("/waiting").links
    assert not [link for link in waiting if link.startswith(f"/actions/{scene.action.id}/move/completed")]


def test_what_another_account_of_ones_own_reported_is_verified_by_somebody_else(scene: Scene) -> None:
    second_account(scene)

    answers = scene.set_aside()

    assert {path for path, status in answers.items() if status == 404} == {"/move/completed", "/move/in_progress"}


def test_a_merge_that_was_a_mistake_gives_nobody_a_part(scene: Scene) -> None:
    second = double(scene)
    scene.give_to(second)
    made = merge(scene, scene.person_of(REVIEWER), second)
    assert set(scene.set_aside().values()) == {404}

    with scene.inside():
        people.undo_merge(people_asked.find_merge(Person, made), by=BY, at=clock.now())

    assert set(scene.set_aside().values()) == {200}


def test_who_looks_through_a_reviewers_eyes_is_offered_nothing_of_their_own(
    scene: Scene, preview: Callable[[str, str], Visitor]
) -> None:
    account = scene.account(SECRETARIAT)
    account.person_id = double(scene)
    scene.session.flush()
    home = f"/actions/{scene.action.id}"
    assert f"{home}/move/completed" in preview(SECRETARIAT, REVIEWER).get(home).links

    was_in_charge(scene, SECRETARIAT)

    assert f"{home}/move/completed" not in preview(SECRETARIAT, REVIEWER).get(home).links


def test_no_door_of_the_program_judges_ones_own(scene: Scene) -> None:
    """Sittings and changes of several go through the same commands as the page of one."""
    was_in_charge(scene)
    at, day = clock.now(), date(2027, 10, 1)
    with scene.inside():
        by = accounts.as_actor(accounts.account_named(REVIEWER))
        action = action_queries.in_full(scene.action.id, to_change=True)
        for to in (ActionStatus.COMPLETED, ActionStatus.CANCELLED):
            with pytest.raises(NotPossible):
                actions.move_action(action, to, reason="x", evidence="x", by=by, at=at)
        with pytest.raises(NotPossible):
            actions.move_due_date(action, actions.Promise(due_on=day, reason="x"), by=by, at=at)
        actions.finish(action, evidence="x", by=by, at=at)
        assert action.status is ActionStatus.AWAITING_VERIFICATION


def test_a_closed_action_keeps_whoever_was_in_charge(scene: Scene) -> None:
    browser, home = scene.visit.as_(REVIEWER), f"/actions/{scene.action.id}"
    assert browser.submit(browser.get(f"{home}/move/completed"), f"{home}/move/completed").status == 303
    before = scene.action.pic_id

    answer = browser.submit(browser.get(f"{home}/edit"), f"{home}/edit", pic=scene.person_of(REVIEWER))

    assert answer.status == 422
    scene.session.expire_all()
    assert scene.action.pic_id == before


def test_a_link_is_decided_by_another_than_who_suggested_it(visit: Visitor, session: Session) -> None:
    decider = session.scalars(select(Account).filter_by(username=DECISION_MAKER)).one()
    session.add(AccountRole(account_id=decider.id, role=Role.SECRETARIAT))
    is_free = ~Proposal.target_links.any()
    proposal = session.scalars(
        select(Proposal).where(Proposal.classification == "ordinary", is_free).order_by(Proposal.id)
    ).first()
    browser, home = visit.as_(DECISION_MAKER), f"/proposals/{proposal.id}"
    page = browser.get(f"{home}/targets/new")
    target = page.soup.select("select[name=target] option")[-1]["value"]
    assert browser.submit(page, f"{home}/targets/new", target=target, effect="supports").status == 303
    link = session.scalars(select(TargetLink).filter_by(proposal_id=proposal.id)).one()

    page = browser.get(home)

    assert "Kaitan ini Anda sendiri yang mengusulkan" in page.text_of("#targets")
    assert not [address for address in page.links if "/settle/" in address]
    browser.get(f"{home}/targets/{link.id}/settle/confirmed", status=404)


def test_a_dispute_is_settled_by_another_than_the_person_named(visit: Visitor, session: Session) -> None:
    keeper = session.scalars(select(Account).filter_by(username=SECRETARIAT)).one()
    is_person = Proponent.person_id.is_not(None)
    proponent = session.scalars(
        select(Proponent).join(Proposal).where(Proposal.classification == "ordinary", is_person).order_by(Proponent.id)
    ).first()
    proponent.attribution = "disputed"
    session.flush()
    home = f"/proposals/{proponent.proposal_id}"
    address = f"{home}/proponents/{proponent.id}/settle"
    browser = visit.as_(SECRETARIAT)
    browser.get(address)

    session.execute(update(Account).filter_by(id=keeper.id).values(person_id=proponent.person_id))

    browser.get(address, status=404)
    page = browser.get(home)
    assert "Ini mengenai Anda" in page.text_of("#proponents")
    assert address not in page.links
    remove = f"{home}/proponents/{proponent.id}/remove"
    assert f'action="{remove}"' not in str(page.soup)
    assert browser.post(remove, {"csrf_token": browser.token()}).status == 409
    session.expire_all()
    assert proponent.attribution == "disputed"


@pytest.mark.parametrize("things", ["actions", "proposals"])
def test_what_was_answered_is_noted_by_another_than_who_escalated(scene: Scene, things: str) -> None:
    proposal = select(Proposal.id).where(Proposal.classification == "ordinary", Proposal.status == "submitted")
    number = scene.action.id if things == "actions" else scene.session.scalars(proposal.order_by(Proposal.id)).first()
    home, browser = f"/{things}/{number}", scene.visit.as_(REVIEWER)
    whom = scene.person_of(DECISION_MAKER)
    assert (
        browser.submit(browser.get(f"{home}/escalate"), f"{home}/escalate", person=whom, reason="Buntu").status == 303
    )
    raised = scene.session.scalars(select(Escalation).order_by(Escalation.id.desc())).first()
    address = f"{home}/escalations/{raised.id}/answer"

    page = browser.get(home)

    assert "Anda sendiri yang mengeskalasikannya" in page.text_of("#escalations")
    assert address not in page.links
    browser.get(address, status=404)
    for other in (SECRETARIAT, DECISION_MAKER):  # who keeps the record notes it, who was asked says it
        assert address in scene.visit.as_(other).get(home).links
    with scene.inside():
        by = accounts.as_actor(accounts.account_named(REVIEWER))
        thing = action_queries.in_full(number) if things == "actions" else proposal_queries.in_full(number)
        raised = change_queries.escalation(thing, raised.id)
        with pytest.raises(NotPossible):
            changes.answer_escalation(thing, raised, "Ya", by=by, at=clock.now())
    other = scene.visit.as_(SECRETARIAT)
    assert other.submit(other.get(address), address, answer="Lanjutkan").status == 303
