"""Nobody gives rights to themselves (ADR 60), neither on the account's page nor in any other way."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import ADMIN, OTHER_ADMIN, READER, REVIEWER, Page, Visitor, filled
from tracker.accounts import commands
from tracker.accounts import queries as accounts
from tracker.accounts.gains import ANOTHER_ADMINISTRATOR
from tracker.accounts.models import Account, AccountRole
from tracker.audit.models import Event
from tracker.classification import commands as classification
from tracker.core import clock
from tracker.core.actor import SYSTEM, Actor, Classification, Role, acting
from tracker.core.errors import NotPossible
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.people import commands as people
from tracker.people import queries as people_queries
from tracker.people.models import OrgUnit, Person, Position, PositionHolding
from tracker.people.rules import Keep

pytestmark = pytest.mark.one_database

REFUSED = "Administrator lain yang mengubahnya"
AT = clock.now()


def account(session: Session, username: str) -> Account:
    session.expire_all()
    return session.scalars(select(Account).filter_by(username=username)).one()


def held(session: Session, username: str) -> set[str]:
    number = account(session, username).id
    return set(session.scalars(select(AccountRole.role).filter_by(account_id=number)))


def person(session: Session, name: str = "Wahyu Adinata") -> int:
    made = Person(name=name, folded=name.casefold(), aliases=[])
    session.add(made)
    session.flush()
    return made.id


def edit(visit: Visitor, session: Session, by: str, whose: str, **changes: object) -> Page:
    browser, address = visit.as_(by), f"/accounts/{account(session, whose).id}/edit"
    page = browser.get(address)
    values = {name: one if isinstance(one, list) else [str(one)] for name, one in changes.items()}
    return browser.post(address, filled(page.form(address)) | values)


def link(session: Session, username: str, person_id: int | None) -> None:
    account(session, username).person_id = person_id
    session.flush()


RAISES = ({"roles": ["admin", "reviewer"]}, {"clearance": "top_secret"})


@pytest.mark.parametrize("more", RAISES, ids=str)
def test_only_another_administrator_may_raise_an_administrators_rights(
    visit: Visitor, session: Session, more: dict[str, object]
) -> None:
    page = visit.as_(ADMIN).get(f"/accounts/{account(session, ADMIN).id}/edit")
    offered = {option.get("value") for option in page.soup.select("[name=roles], [name=clearance] option")}
    assert offered <= {"admin", "", "ordinary", "restricted"}
    assert "administrator lain" in page.text_of(".note")

    refused = edit(visit, session, ADMIN, ADMIN, **more)

    assert refused.status == 422
    assert (held(session, ADMIN), account(session, ADMIN).clearance) == ({"admin"}, Classification.RESTRICTED)
    assert edit(visit, session, OTHER_ADMIN, ADMIN, **more).status == 303
    told = visit.as_(ADMIN).get("/account").text_of("#rights-history")
    assert "Pengelola Akun" in told
    assert ("Penelaah" in told) == ("roles" in more)
    assert ("Sangat rahasia" in told) == ("clearance" in more)


def test_administrators_may_not_link_their_own_account(visit: Visitor, session: Session) -> None:
    other = person(session)

    refused = edit(visit, session, ADMIN, ADMIN, person=other)

    assert refused.status == 422
    assert account(session, ADMIN).person_id is None
    assert edit(visit, session, OTHER_ADMIN, ADMIN, person=other).status == 303
    told = visit.as_(OTHER_ADMIN).get(f"/accounts/{account(session, ADMIN).id}/edit").text_of("#rights-history")
    assert "Wahyu Adinata" in told


@dataclass
class Scene:
    """An administrator whose account is linked to a person."""

    app: Flask
    session: Session
    own: int

    @contextmanager
    def inside(self, username: str | None) -> Iterator[Actor]:
        """Acting as this account, or as the command line if None; commits at the end."""
        with self.app.test_request_context("/"), unrestricted():
            by = SYSTEM if username is None else accounts.as_actor(accounts.account_named(username))
            with acting(by):
                yield by
                commit()
        self.session.expire_all()

    def change(self, username: str, by: str | None = ADMIN, **changes: object) -> None:
        with self.inside(by) as actor:
            found = accounts.account_named(username)
            draft = commands.AccountDraft(
                username=username, display_name=found.display_name, email=found.email,
                roles=frozenset(row.role for row in found.roles), person_id=found.person_id,
                clearance=found.clearance, is_active=found.is_active,
            )  # fmt: skip
            commands.edit_account(found, replace(draft, **changes), by=actor, at=AT)

    def post(self) -> int:
        made = Position(title_id="Kepala Seksi Coba", aliases=[])
        self.session.add(made)
        self.session.flush()
        return made.id


@pytest.fixture
def scene(app: Flask, session: Session) -> Scene:
    own = person(session)
    link(session, ADMIN, own)
    return Scene(app, session, own)


def other_account(scene: "Scene") -> None:
    """Another account of the same person."""
    link(scene.session, REVIEWER, scene.own)
    scene.change(REVIEWER, roles=frozenset({Role.REVIEWER, Role.DECISION_MAKER}))


def former_account(scene: "Scene") -> None:
    """An account that once belonged to the same person."""
    link(scene.session, REVIEWER, scene.own)
    link(scene.session, REVIEWER, None)
    scene.change(REVIEWER, clearance=Classification.TOP_SECRET)


def account_of_a_merged_entry(scene: "Scene") -> None:
    """An account of an entry that was merged into one's own."""
    second = person(scene.session, "Wahyu A.")
    link(scene.session, REVIEWER, second)
    with scene.inside(None):
        people.merge(people_queries.person(scene.own), people_queries.person(second), {}, Keep.BOTH, by=SYSTEM, at=AT)
    scene.change(REVIEWER, clearance=Classification.TOP_SECRET)


def new_account(scene: "Scene") -> None:
    """A new account for oneself."""
    draft = commands.AccountDraft(
        username="wahyu", display_name="W", roles=frozenset({Role.READER}), person_id=scene.own
    )
    with scene.inside(ADMIN) as by:
        using = commands.hasher(scene.app.extensions["settings"])
        commands.open_account(draft, "empat belas rusa lewat", using=using, by=by, at=AT)


def account_of_somebody_else(scene: "Scene") -> None:
    """Somebody else's account becomes one's own."""
    scene.change(REVIEWER, person_id=scene.own)


def closed_account(scene: "Scene") -> None:
    """A closed account of one's own is reopened."""
    link(scene.session, REVIEWER, scene.own)
    account(scene.session, REVIEWER).is_active = False
    scene.session.flush()
    scene.change(REVIEWER, is_active=True)


def merged_with_somebody(scene: "Scene") -> None:
    """One's own entry takes over the account of another."""
    second = person(scene.session, "Wahyu A.")
    link(scene.session, REVIEWER, second)
    with scene.inside(ADMIN) as by:
        people.merge(people_queries.person(scene.own), people_queries.person(second), {}, Keep.BOTH, by=by, at=AT)


def own_post(scene: "Scene") -> None:
    post = scene.post()
    with scene.inside(ADMIN) as by:
        people.add_holding(people_queries.position(post), people.HoldingDraft(person_id=scene.own), by=by, at=AT)


def longer_post(scene: "Scene") -> None:
    """A post that ended is extended."""
    past = PositionHolding(person_id=scene.own, position_id=scene.post(), end_on=date(2020, 1, 1))
    scene.session.add(past)
    scene.session.flush()
    with scene.inside(ADMIN) as by:
        people.edit_holding(people_queries.holding(past.id), people.HoldingDraft(person_id=scene.own), by=by, at=AT)


def post_in_another_unit(scene: "Scene") -> None:
    post = scene.post()
    scene.session.add(PositionHolding(person_id=scene.own, position_id=post))
    scene.session.flush()
    unit = scene.session.scalars(select(OrgUnit.id).order_by(OrgUnit.id)).first()
    with scene.inside(ADMIN) as by:
        draft = people.PositionDraft(title_id="Kepala Seksi Coba", unit_id=unit)
        people.edit_position(people_queries.position(post), draft, by=by, at=AT)


def let_in(scene: "Scene") -> None:
    number = scene.session.scalars(select(Meeting.id).order_by(Meeting.id)).first()
    with scene.inside(ADMIN) as by:
        classification.grant_access(meetings.meeting(number), accounts.account(by.account_id), "Perlu", by=by, at=AT)


WAYS_TO_GAIN_RIGHTS = (other_account, former_account, account_of_a_merged_entry, new_account, account_of_somebody_else,
         closed_account,
         merged_with_somebody, own_post, longer_post, post_in_another_unit, let_in)  # fmt: skip


@pytest.mark.parametrize("door", WAYS_TO_GAIN_RIGHTS, ids=lambda one: one.__name__)
def test_no_command_gives_rights_to_oneself(scene: Scene, door: Callable[[Scene], None]) -> None:
    with pytest.raises(NotPossible) as refused:
        door(scene)

    assert refused.value.sentence == ANOTHER_ADMINISTRATOR


def test_rights_may_be_given_up_except_by_the_last_administrator(scene: Scene, visit: Visitor) -> None:
    given = {"roles": ["admin"], "clearance": "ordinary", "person": ""}
    assert edit(visit, scene.session, ADMIN, ADMIN, **given).status == 303
    assert (account(scene.session, ADMIN).clearance, account(scene.session, ADMIN).person_id) == ("ordinary", None)

    scene.change(OTHER_ADMIN, roles=frozenset({Role.ADMIN, Role.READER}))
    assert edit(visit, scene.session, OTHER_ADMIN, OTHER_ADMIN, roles=["reader"]).status == 303

    last = edit(visit, scene.session, ADMIN, ADMIN, is_active=[])
    assert "administrator terakhir" in " ".join(last.problems)
    assert account(scene.session, ADMIN).is_active


def test_administrators_may_not_change_how_another_administrator_signs_in(visit: Visitor, session: Session) -> None:
    browser, number = visit.as_(ADMIN), account(session, OTHER_ADMIN).id
    page = browser.get(f"/accounts/{number}/edit")

    assert f"/accounts/{number}/link" not in page.links
    assert not page.soup.select("[name=password]")
    browser.get(f"/accounts/{number}/link", status=404)
    assert browser.post(f"/accounts/{number}/link", {"csrf_token": browser.token()}).status == 404
    sneaked = edit(visit, session, ADMIN, OTHER_ADMIN, password="empat belas rusa lewat", email="saya@kantor.example")
    assert "Hanya administrator ini" in " ".join(sneaked.problems)
    assert account(session, OTHER_ADMIN).email is None
    kept = account(session, OTHER_ADMIN).password_hash
    assert edit(visit, session, ADMIN, OTHER_ADMIN, password="empat belas rusa lewat").status == 303
    assert account(session, OTHER_ADMIN).password_hash == kept
    reader = account(session, READER).id
    assert f"/accounts/{reader}/link" in browser.get(f"/accounts/{reader}/edit").links


def test_ones_own_entries_are_merged_by_another_administrator(scene: Scene, visit: Visitor) -> None:
    second = person(scene.session, "Wahyu A.")
    address = f"/people/{scene.own}/merge/{second}"
    browser = visit.as_(ADMIN)

    page = browser.get(address)
    refused = browser.submit(page, address)

    assert "Salah satu dari keduanya adalah Anda" in page.text_of(".note")
    assert "Salah satu dari keduanya adalah Anda" in " ".join(refused.problems)
    merged = visit.as_(OTHER_ADMIN)
    assert merged.submit(merged.get(address), address).status == 303


def test_a_form_that_would_give_rights_is_refused_without_losing_what_was_typed(scene: Scene, visit: Visitor) -> None:
    browser, address, post = visit.as_(ADMIN), f"/people/{scene.own}/posts/new", scene.post()

    refused = browser.submit(browser.get(address), address, position=post, kind="definitive", note="Sejak Senin")

    assert REFUSED in " ".join(refused.problems)
    assert "Sejak Senin" in str(refused.form(address))


def test_the_command_line_changes_the_only_administrator_and_records_it(
    app: Flask, session: Session, visit: Visitor
) -> None:
    own = person(session)
    run = app.test_cli_runner()

    told = run.invoke(args=["user", "change", ADMIN, "--role", "admin", "--role", "auditor", "--clearance", "secret",
                            "--person", str(own), "--reason", "Surat tugas 7"])  # fmt: skip
    absent = run.invoke(args=["user", "change", ADMIN, "--person", "999999", "--reason", "x"])
    address = run.invoke(args=["user", "link", ADMIN]).output.strip()

    assert told.exit_code == 0, told.output
    assert told.output.splitlines()[-1] == f"after: admin, auditor; secret; person {own}"
    assert absent.exit_code == 1
    assert held(session, ADMIN) == {"admin", "auditor"}
    edited = session.scalars(select(Event).filter_by(subject="account", verb="edited")).one()
    assert (edited.by_name, edited.reason) == ("system", "Surat tugas 7")
    assert (edited.details["before"]["clearance"], edited.details["after"]["clearance"]) == ("restricted", "secret")
    assert "Surat tugas 7" in visit.as_(ADMIN).get("/account").text_of("#rights-history")
    assert visit.get(address.removeprefix(app.extensions["settings"].site_url)).status == 200
