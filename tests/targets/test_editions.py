"""When a later edition comes into force, links and follows go on to it, with an event, and can be put back."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.targets.test_versions import begin_version, editions, step
from tests.visitor import DECISION_MAKER, READER, SECRETARIAT, Visitor, offered
from tracker.audit.models import Event
from tracker.core.actor import Actor, Classification, Role, acting
from tracker.core.visibility import unrestricted
from tracker.proposals.commands import LinkDraft, link_target, suggest_target
from tracker.proposals.models import Proposal, TargetLink
from tracker.proposals.queries import in_full
from tracker.proposals.rules import Effect, LinkState
from tracker.status.follows.models import Follow
from tracker.targets.models import Indicator, Target, TargetDocument

ADMIN = Actor(account_id=None, name="Satu", roles=frozenset(Role))
NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)


@pytest.fixture
def plan(session: Session) -> TargetDocument:
    return session.scalars(select(TargetDocument).filter_by(document_kind="strategic_plan")).one()


def enact(visit: Visitor, document_id: int) -> None:
    assert step(visit.as_(SECRETARIAT), document_id, "proposed") == 303
    assert step(visit.as_(DECISION_MAKER), document_id, "enacted") == 303


def link(
    session: Session, code: str, target_id: int, effect: Effect | None = Effect.HINDERS,
    state: LinkState = LinkState.SUGGESTED,
) -> int:  # fmt: skip
    """A stored link of the proposal with this code; its number."""
    proposal_id = session.scalars(select(Proposal.id).filter_by(code=code)).one()
    made = TargetLink(proposal_id=proposal_id, target_id=target_id, effect=effect, state=state, version=1)
    session.add(made)
    session.flush()
    return made.id


def linked(session: Session, number: int) -> tuple[int, int | None, LinkState]:
    session.expire_all()
    found = session.get_one(TargetLink, number)
    return found.target_id, found.made_to_id, found.state


def test_links_to_all_kinds_of_targets_go_on_with_effect_and_state_and_can_be_put_back(
    visit: Visitor, session: Session, plan: TargetDocument
) -> None:
    code = session.scalars(select(Proposal.code).order_by(Proposal.id)).first() or ""
    secretariat = visit.as_(SECRETARIAT)
    second_id = begin_version(secretariat, plan.id)
    pairs = editions(session, plan, second_id)
    made = {link(session, code, old, state=LinkState.CONFIRMED): (old, new) for old, new in pairs}

    enact(visit, second_id)

    assert [linked(session, number) for number in made] == [
        (new, old, LinkState.CONFIRMED) for old, new in made.values()
    ]
    proposal_id = session.scalars(select(Proposal.id).filter_by(code=code)).one()
    carried = select(Event).filter_by(subject="proposal", subject_id=proposal_id, verb="link_carried")
    assert len(session.scalars(carried).all()) == len(made)
    page = secretariat.get(f"/proposals/{proposal_id}")
    assert "dikaitkan ke edisi 1, dipindahkan ke edisi yang berlaku" in page.text
    assert f"/targets/{pairs[-1][1]}" in page.links

    number, (old, new) = list(made.items())[-1]
    address = f"/proposals/{proposal_id}/targets/{number}/edition/"
    assert secretariat.submit(page, f"{address}back").status == 303
    assert linked(session, number) == (old, None, LinkState.CONFIRMED)
    page = secretariat.get(f"/proposals/{proposal_id}")
    assert "dikaitkan ke edisi 1 yang sudah digantikan" in page.text
    assert "(edisi 1, digantikan)" in page.text_of("#targets")
    assert "(edisi 1, digantikan)" in visit.as_(READER).get(f"/proposals?target={old}").text
    assert "aktif" not in page.text_of(f"#targets tr:has(form[action='{address}forward']) td:first-child")
    assert secretariat.submit(page, f"{address}forward").status == 303
    assert linked(session, number) == (new, old, LinkState.CONFIRMED)


def test_a_link_made_to_a_superseded_edition_is_made_to_the_one_in_force(
    visit: Visitor, session: Session, plan: TargetDocument, app: Flask
) -> None:
    codes = session.scalars(select(Proposal.code).order_by(Proposal.id).limit(2)).all()
    form = "/proposals/1/targets/new"
    secretariat = visit.as_(SECRETARIAT)
    opened = secretariat.get(form)
    second_id = begin_version(secretariat, plan.id)
    old, new = editions(session, plan, second_id)[-1]
    draft = link(session, codes[1], new, Effect.CHANGES_VALUE)
    enact(visit, second_id)

    assert linked(session, draft) == (new, None, LinkState.SUGGESTED), "made to the draft, it is right already"
    assert secretariat.submit(opened, form, target=str(old), effect="hinders").status == 303
    touching = select(TargetLink.target_id, TargetLink.effect).where(TargetLink.target_id.in_([old, new]))
    assert (new, Effect.HINDERS) in [tuple(row) for row in session.execute(touching)]
    with app.app_context(), unrestricted(), acting(ADMIN):
        proposal = in_full(1)
        assert suggest_target(proposal, old, Effect.HINDERS, by=ADMIN, at=NOW) is None, "it is linked already"
        made = link_target(proposal, LinkDraft(target_id=old, effect=Effect.ADDS_TARGET), by=ADMIN, at=NOW)
        assert (made.target_id, made.made_to_id) == (new, old)
    page, name = secretariat.get(form), session.scalars(select(Target.name_id).filter_by(id=new)).one()
    assert str(old) not in offered(secretariat, page, "target", name)
    assert str(new) in offered(secretariat, page, "target", name)


def test_a_link_stays_where_the_later_edition_has_one_with_the_same_effect_which_takes_over_its_state(
    visit: Visitor, session: Session, plan: TargetDocument
) -> None:
    code = session.scalars(select(Proposal.code).order_by(Proposal.id)).first() or ""
    second_id = begin_version(visit.as_(SECRETARIAT), plan.id)
    old, new = editions(session, plan, second_id)[-1]
    earlier, later = link(session, code, old, state=LinkState.REJECTED), link(session, code, new)
    unset = link(session, "U-2020-002", old, None)
    link(session, "U-2020-002", new, Effect.SUPPORTS)

    enact(visit, second_id)

    assert linked(session, earlier) == (old, None, LinkState.REJECTED)
    assert linked(session, later) == (new, None, LinkState.REJECTED)
    assert linked(session, unset)[0] == old
    proposal_id = session.scalars(select(Proposal.id).filter_by(code=code)).one()
    secretariat = visit.as_(SECRETARIAT)
    page = secretariat.get(f"/proposals/{proposal_id}")
    forward = f"/proposals/{proposal_id}/targets/{earlier}/edition/forward"
    answer = secretariat.submit(page, forward)
    assert answer.status == 409
    assert linked(session, earlier)[0] == old


def test_links_of_proposals_that_the_enacting_person_may_not_see_go_on_as_well(
    visit: Visitor, session: Session, plan: TargetDocument
) -> None:
    second_id = begin_version(visit.as_(SECRETARIAT), plan.id)
    old, new = editions(session, plan, second_id)[-1]
    number = link(session, "U-2020-001", old, Effect.HINDERS)
    secret = {"level": Classification.TOP_SECRET, "code": "U-2020-001"}
    session.execute(text("UPDATE proposal SET classification = :level WHERE code = :code"), secret)

    enact(visit, second_id)

    with unrestricted():
        assert linked(session, number)[0] == new


def test_whoever_follows_a_target_follows_its_next_edition_and_hears_of_it(
    visit: Visitor, session: Session, plan: TargetDocument
) -> None:
    reader, secretariat = visit.as_(READER), visit.as_(SECRETARIAT)
    second_id = begin_version(secretariat, plan.id)
    pairs = editions(session, plan, second_id)
    old, new = pairs[-1]
    for browser, numbers in ((reader, (old,)), (secretariat, (old, new))):
        for number in numbers:
            page = browser.get(f"/targets/{number}")
            assert browser.submit(page, f"/follow/targets/{number}").status == 303

    enact(visit, second_id)

    session.expire_all()
    followed = session.scalars(
        select(Follow.subject_id).where(Follow.subject == "indicator", Follow.followed_at.is_not(None))
    )
    assert sorted(followed) == [new, new]
    assert "Berlaku menggantikan edisi sebelumnya" in reader.get(f"/targets/{new}").text_of(".changed")


def test_filters_by_a_target_find_what_is_linked_to_any_of_its_editions(
    visit: Visitor, session: Session, plan: TargetDocument
) -> None:
    second_id = begin_version(visit.as_(SECRETARIAT), plan.id)
    old, new = editions(session, plan, second_id)[-1]
    link(session, "U-2020-001", old, Effect.HINDERS)
    enact(visit, second_id)

    for number in (old, new):
        page = visit.as_(READER).get(f"/proposals?target={number}")
        assert "U-2020-001" in page.text, number
    with visit.as_(READER).client.get("/targets.csv") as answer:
        rows = answer.get_data(as_text=True).splitlines()
    name = session.get_one(Target, new).name_id
    assert sorted("digantikan" in row for row in rows if name in row and "Indikator" in row) == [False, True]
    assert session.get_one(Indicator, old).superseded_edition == 1
