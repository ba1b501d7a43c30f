"""Nobody judges their own work: an account keeps its part in a row, however the responsibility changed since."""

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
from tests.visitor import DECISION_MAKER, PIC, REVIEWER, SECRETARIAT, Visitor, offered
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
from tracker.people import queries as people_queries
from tracker.people.models import Person
from tracker.people.rules import Keep
from tracker.proposals import queries as proposal_queries
from tracker.proposals.models import Proponent, Proposal, TargetLink

pytestmark = pytest.mark.one_database

BY = Actor(account_id=None, name="Sistem", roles=frozenset(Role))
OTHER = "Ratna Dewanti"


@dataclass
class Scene:
    """An action that awaits verification, with a request for a due date; always the responsibility of somebody else."""

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
        """Within an application context; commits at the end."""
        with self.app.test_request_context("/"), unrestricted(), acting(BY):
            yield
            commit()
        self.session.expire_all()

    def give_to(self, person_id: int) -> None:
        self.action.pic_id = person_id
        self.session.flush()

    def set_aside(self, username: str = REVIEWER) -> dict[str, int]:
        """Status of the responses of the pages that judge the action."""
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
    """Change the PIC in the form for the whole action."""
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
    """In charge by a bulk change that was undone."""
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
        made = people.merge(people_queries.person(kept), people_queries.person(gone), {}, whose, by=BY, at=clock.now())
        commit()
        return int(made.id)


def was_the_other_entry(scene: Scene) -> None:
    """A second entry of the reviewer was in charge; it was handed over and then merged into the first."""
    other, second = scene.action.pic_id, double(scene)
    scene.give_to(second)
    scene.give_to(other)
    merge(scene, scene.person_of(REVIEWER), second)


def became_another_entry(scene: Scene) -> None:
    """The reviewer was in charge; then their entry is merged into another, without the account."""
    other = scene.action.pic_id
    scene.give_to(scene.person_of(REVIEWER))
    scene.give_to(other)
    merge(scene, double(scene), scene.person_of(REVIEWER), Keep.FIRST)


def was_in_charge(scene: Scene, username: str = REVIEWER) -> None:
    other = scene.action.pic_id
    scene.give_to(scene.person_of(username))
    scene.give_to(other)


def account_let_go(scene: Scene) -> None:
    """The account was unlinked from the person who was in charge."""
    was_in_charge(scene)
    scene.account(REVIEWER).person_id = None
    scene.session.flush()


def report_from_another_account(scene: Scene, *, linked_when_reporting: bool) -> None:
    """Another account of the person reports progress: linked to the person only then, or only afterwards."""
    person_id = scene.person_of(REVIEWER)
    scene.account(SECRETARIAT).person_id = person_id if linked_when_reporting else None
    scene.session.flush()
    with scene.inside():
        by = accounts.as_actor(accounts.account_named(SECRETARIAT))
        action = action_queries.in_full(scene.action.id, to_change=True)
        told = actions.Report(on=clock.today(), progress_note="Selesai")
        actions.report_progress(action, told, by=by, at=clock.now())
    with scene.inside():
        accounts.account_named(SECRETARIAT).person_id = None if linked_when_reporting else person_id


CHANGES_OF_RESPONSIBILITY = (
    edited,
    handed_over,
    changed_in_bulk,
    undone,
    was_the_other_entry,
    became_another_entry,
    account_let_go,
)


@pytest.mark.parametrize(
    "detour",
    [
        pytest.param(detour, id=detour.__name__, marks=[] if detour in (handed_over, undone) else pytest.mark.long)
        for detour in CHANGES_OF_RESPONSIBILITY
    ],
)
def test_a_former_pic_may_not_judge_the_action_and_sees_the_reason(
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


@pytest.mark.parametrize("linked_when_reporting", [True, False])
def test_a_report_from_ones_other_account_is_verified_by_somebody_else(
    scene: Scene, linked_when_reporting: bool
) -> None:
    report_from_another_account(scene, linked_when_reporting=linked_when_reporting)

    answers = scene.set_aside()

    assert {path for path, status in answers.items() if status == 404} == {"/move/completed", "/move/in_progress"}


def test_an_undone_merge_gives_nobody_a_part(scene: Scene) -> None:
    second = double(scene)
    scene.give_to(second)
    made = merge(scene, scene.person_of(REVIEWER), second)
    assert set(scene.set_aside().values()) == {404}

    with scene.inside():
        people.undo_merge(people_queries.find_merge(Person, made), by=BY, at=clock.now())

    assert set(scene.set_aside().values()) == {200}


def test_viewing_as_a_reviewer_offers_no_judgement_of_ones_own_work(
    scene: Scene, preview: Callable[[str, str], Visitor]
) -> None:
    account = scene.account(SECRETARIAT)
    account.person_id = double(scene)
    scene.session.flush()
    home = f"/actions/{scene.action.id}"
    assert f"{home}/move/completed" in preview(SECRETARIAT, REVIEWER).get(home).links

    was_in_charge(scene, SECRETARIAT)

    assert f"{home}/move/completed" not in preview(SECRETARIAT, REVIEWER).get(home).links


def test_reviews_and_bulk_changes_do_not_judge_ones_own_work(scene: Scene) -> None:
    """They use the same commands as the page of an action."""
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


def test_a_closed_action_remembers_who_was_in_charge(scene: Scene) -> None:
    browser, home = scene.visit.as_(REVIEWER), f"/actions/{scene.action.id}"
    assert browser.submit(browser.get(f"{home}/move/completed"), f"{home}/move/completed").status == 303
    before = scene.action.pic_id

    answer = browser.submit(browser.get(f"{home}/edit"), f"{home}/edit", pic=scene.person_of(REVIEWER))

    assert answer.status == 422
    scene.session.expire_all()
    assert scene.action.pic_id == before


def test_a_target_link_is_not_decided_by_the_account_that_suggested_it(visit: Visitor, session: Session) -> None:
    decider = session.scalars(select(Account).filter_by(username=DECISION_MAKER)).one()
    session.add(AccountRole(account_id=decider.id, role=Role.SECRETARIAT))
    is_free = ~Proposal.target_links.any()
    proposal = session.scalars(
        select(Proposal).filter_by(classification="ordinary", status="submitted").where(is_free).order_by(Proposal.id)
    ).first()
    browser, home = visit.as_(DECISION_MAKER), f"/proposals/{proposal.id}"
    page = browser.get(f"{home}/targets/new")
    target = offered(browser, page, "target")[-1]
    assert browser.submit(page, f"{home}/targets/new", target=target, effect="supports").status == 303
    link = session.scalars(select(TargetLink).filter_by(proposal_id=proposal.id)).one()

    page = browser.get(home)

    assert "Kaitan ini Anda sendiri yang mengusulkan" in page.text_of("#targets")
    assert not [address for address in page.links if "/settle/" in address]
    browser.get(f"{home}/targets/{link.id}/settle/confirmed", status=404)


def test_a_dispute_is_not_settled_by_the_person_named(visit: Visitor, session: Session) -> None:
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
def test_the_answer_to_an_escalation_is_not_recorded_by_the_account_that_escalated(scene: Scene, things: str) -> None:
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
