"""An enacted document changes only by a new version; the old one stays, and what touched it is shown on both."""

from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.visitor import DECISION_MAKER, READER, REVIEWER, SECRETARIAT, Visitor
from tracker.audit.models import Event
from tracker.core.visibility import unrestricted
from tracker.proposals.models import TargetLink
from tracker.targets.models import Indicator, IndicatorValue, Objective, Target, TargetDocument
from tracker.targets.rules import TargetState


@pytest.fixture
def plan(session: Session) -> TargetDocument:
    """The illustrative strategic plan: enacted, with one objective and one indicator measured in two years."""
    return session.scalars(select(TargetDocument).filter_by(document_kind="strategic_plan")).one()


def begin_version(browser: Visitor, document_id: int) -> int:
    address = f"/targets/{document_id}/version"
    answer = browser.submit(browser.get(address), address, reason="Anggaran berubah")
    assert answer.status == 303, answer.problems
    return int(answer.response.location.rsplit("/", 1)[1])


def numbers(session: Session, document_id: int) -> list[tuple[object, ...]]:
    question = (
        select(Indicator.name_id, IndicatorValue.year, IndicatorValue.period_id, IndicatorValue.target_value,
               IndicatorValue.actual_value)
        .join(IndicatorValue).where(Indicator.document_id == document_id)
        .order_by(IndicatorValue.year, IndicatorValue.period_id)
    )  # fmt: skip
    return [tuple(row) for row in session.execute(question)]


def step(browser: Visitor, target_id: int, to: str) -> int:
    address = f"/targets/{target_id}/move/{to}"
    return browser.submit(browser.get(address), address).status


def test_a_new_version_is_a_draft_with_copies_of_all_it_holds(
    visit: Visitor, session: Session, plan: TargetDocument
) -> None:
    before = numbers(session, plan.id)

    copy_id = begin_version(visit.as_(SECRETARIAT), plan.id)

    session.expire_all()
    copy = session.get_one(TargetDocument, copy_id)
    assert (copy.state, copy.edition, copy.supersedes_id, copy.origin_id) == ("draft", 2, plan.id, plan.id)
    assert numbers(session, copy_id) == before == numbers(session, plan.id)
    assert len(before) == 8
    indicator = session.scalars(select(Indicator).filter_by(document_id=copy_id)).one()
    assert session.get_one(Target, indicator.objective_id).document_id == copy_id
    assert session.get_one(TargetDocument, plan.id).state == "enacted"
    verbs = select(Event.verb).filter_by(subject="target_document").order_by(Event.id.desc()).limit(2)
    assert set(session.scalars(verbs)) == {"copied", "version_opened"}


def test_enacting_the_new_version_supersedes_the_old_which_stays_readable(
    visit: Visitor, session: Session, plan: TargetDocument
) -> None:
    secretariat, chief = visit.as_(SECRETARIAT), visit.as_(DECISION_MAKER)
    copy_id = begin_version(secretariat, plan.id)
    value_id = session.scalar(
        select(IndicatorValue.id).join(Indicator).where(Indicator.document_id == copy_id).limit(1)
    )
    edit = f"/targets/values/{value_id}/edit"
    assert secretariat.submit(secretariat.get(edit), edit, target_value="99,5").status == 303
    assert step(secretariat, copy_id, "proposed") == 303
    secretariat.get(f"/targets/{copy_id}/move/enacted", status=404)

    assert step(chief, copy_id, "enacted") == 303

    session.expire_all()
    states = {number: session.get_one(TargetDocument, number).state for number in (plan.id, copy_id)}
    assert states == {plan.id: TargetState.SUPERSEDED, copy_id: TargetState.ENACTED}
    moved = session.scalars(select(Event).filter_by(subject="target_document", to_state="superseded")).all()
    assert plan.id in {event.subject_id for event in moved}
    assert Decimal("99.5") not in {row[3] for row in numbers(session, plan.id)}
    page = visit.as_(READER).get(f"/targets/{copy_id}/compare")
    assert len(page.soup.select("tbody tr")) == 2, page.text  # the number, and the document's own state
    assert "52,5" in page.text
    assert "99,5" in page.text


def editions(session: Session, first: TargetDocument, second_id: int) -> list[tuple[int, int]]:
    """The document, its objective and its indicator, each in the first and in the second edition."""
    found = [(first.id, second_id)]
    for table in (Objective, Indicator):
        found += [
            (one.origin_id, one.id) for one in session.scalars(select(table).filter_by(document_id=second_id))
        ]  # fmt: skip
    assert len(found) == 3
    return found


@pytest.mark.parametrize("language", ["id", "en"])
def test_links_to_a_superseded_edition_lead_to_the_edition_in_force(
    visit: Visitor, session: Session, plan: TargetDocument, language: str
) -> None:
    copy_id = begin_version(visit.as_(SECRETARIAT), plan.id)
    pairs, reader = editions(session, plan, copy_id), visit.as_(READER)
    form = {"csrf_token": reader.token(), "language": language, "next": "/"}
    assert reader.client.post("/language", data=form).status_code == 303
    assert all(reader.get(f"/targets/{old}").status == 200 for old, _ in pairs), "a draft changes nothing yet"
    assert step(visit.as_(SECRETARIAT), copy_id, "proposed") == 303
    assert step(visit.as_(DECISION_MAKER), copy_id, "enacted") == 303
    valid, replaced = {"id": ("berlaku", "digantikan"), "en": ("in force", "superseded")}[language]

    for old, new in pairs:
        answer = reader.client.get(f"/targets/{old}")
        assert (answer.status_code, answer.location) == (302, f"/targets/{new}?linked={old}")
        page = reader.get(answer.location)
        own = f"/targets/{old}?edition=1"
        assert own in page.links
        assert replaced not in page.text_of(".page-meta").lower()
        page = reader.get(own)
        assert replaced in page.text_of("#main .note").lower()
        assert replaced in page.text_of(".page-meta").lower()
        assert f"/targets/{new}" in page.links
        for sentence in page.all_of("#status-sentence"):
            assert valid not in sentence.lower()
            assert replaced in sentence.lower()
        following = [link for link in page.links if link.startswith("/targets/") and "edition=" in link]
        assert all(reader.client.get(link).status_code == 200 for link in following)


def test_a_superseded_target_without_a_successor_says_so(
    visit: Visitor, session: Session, plan: TargetDocument
) -> None:
    session.execute(text("UPDATE target SET state = 'superseded' WHERE id = :id"), {"id": plan.id})
    indicator = session.scalars(select(Indicator).filter_by(document_id=plan.id)).one()

    page = visit.as_(READER).get(f"/targets/{indicator.id}")

    assert "Tidak ada edisi berlaku yang memuatnya" in page.text_of("#main .note")


def in_state(visit: Visitor, session: Session, plan: TargetDocument, state: str) -> TargetDocument:
    """The plan in that state; as what is enacted does not go back to being proposed, then its next version."""
    if state != "proposed":
        session.execute(text("UPDATE target SET state = :state WHERE id = :id"), {"state": state, "id": plan.id})
        return plan
    copy_id = begin_version(visit.as_(SECRETARIAT), plan.id)
    assert step(visit.as_(SECRETARIAT), copy_id, state) == 303
    return session.get_one(TargetDocument, copy_id)


@pytest.mark.parametrize("state", ["proposed", "enacted", "superseded"])
def test_what_is_no_draft_is_not_edited(visit: Visitor, session: Session, plan: TargetDocument, state: str) -> None:
    plan = in_state(visit, session, plan, state)
    indicator = session.scalars(select(Indicator).filter_by(document_id=plan.id)).one()
    value = session.scalars(select(IndicatorValue).filter_by(indicator_id=indicator.id)).first()
    browser, before = visit.as_(SECRETARIAT), numbers(session, plan.id)

    for address, given, status in (
        (f"/targets/{plan.id}/edit", {"name_id": "Lain"}, 409),
        (f"/targets/{indicator.id}/edit", {"name_id": "Lain"}, 409),
        (f"/targets/values/{value.id}/edit", {"target_value": "1"}, 422),
        (f"/targets/values/{value.id}/edit", {"year": "2030"}, 422),
        (f"/targets/{indicator.id}/values/new", {"year": "2030", "period": value.period_id, "target_value": "1"}, 422),
    ):
        assert browser.submit(browser.get(address), address, **given).status == status, address

    session.expire_all()
    assert numbers(session, plan.id) == before
    assert session.get_one(Target, indicator.id).name_id == indicator.name_id != "Lain"


def test_an_enacted_document_takes_actual_values_and_a_superseded_one_does_not(
    visit: Visitor, session: Session, plan: TargetDocument
) -> None:
    value = session.scalars(select(IndicatorValue).join(Indicator).where(Indicator.document_id == plan.id)).first()
    browser, edit = visit.as_(SECRETARIAT), f"/targets/values/{value.id}/edit"

    assert browser.submit(browser.get(edit), edit, actual_value="51,75").status == 422, "it was reported already"
    told = browser.submit(browser.get(edit), edit, actual_value="51,75", correction_reason="Salah hitung")
    assert f"Nilai periode yang sudah dilaporkan diubah B03 {value.year}" in browser.follow(told).text_of("#history li")
    session.execute(text("UPDATE target SET state = 'superseded' WHERE id = :id"), {"id": plan.id})
    assert browser.submit(browser.get(edit), edit, actual_value="52").status == 409

    session.expire_all()
    assert session.get_one(IndicatorValue, value.id).actual_value == Decimal("51.75")


def test_only_one_new_version_begins_and_only_from_an_enacted_document(
    visit: Visitor, session: Session, plan: TargetDocument
) -> None:
    browser, address = visit.as_(SECRETARIAT), f"/targets/{plan.id}/version"
    shown = browser.get(address)
    copy_id = begin_version(browser, plan.id)

    assert browser.submit(shown, address, reason="Sekali lagi", once="x" * 24).status == 409
    browser.get(f"/targets/{copy_id}/version", status=404)
    visit.as_(REVIEWER).get(address, status=404)
    with pytest.raises(DBAPIError):
        session.execute(text("UPDATE target_document SET supersedes_id = :id WHERE id = 1"), {"id": plan.id})


KEPT = (
    "UPDATE indicator_value SET target_value = '1' WHERE indicator_id = :indicator",
    "UPDATE indicator_value SET target_value = NULL WHERE indicator_id = :indicator",
    "UPDATE indicator_value SET target_upper = '99' WHERE indicator_id = :indicator",
    "UPDATE indicator_value SET year = year + 10 WHERE indicator_id = :indicator",
    "UPDATE indicator_value SET indicator_id = 4 WHERE indicator_id = :indicator",
    "DELETE FROM indicator_value WHERE indicator_id = :indicator",
    "UPDATE indicator SET document_id = 1 WHERE id = :indicator",
    "UPDATE indicator SET document_id = NULL WHERE id = :indicator",
    "UPDATE target SET state = 'draft' WHERE id = :plan",
    "UPDATE target SET state = 'proposed' WHERE id = :plan",
)


def test_the_database_itself_keeps_what_was_enacted(session: Session, plan: TargetDocument) -> None:
    ids = {"indicator": session.scalar(select(Indicator.id).filter_by(document_id=plan.id)), "plan": plan.id}
    before = [row[:4] for row in numbers(session, plan.id)]

    for state in ("enacted", "superseded"):
        session.execute(text("UPDATE target SET state = :state WHERE id = :plan"), {"state": state, **ids})
        for statement in KEPT:
            with pytest.raises(DBAPIError, match="only by a new version"):
                session.execute(text(statement), ids)
        session.execute(text("UPDATE indicator_value SET actual_value = '7' WHERE indicator_id = :indicator"), ids)

    assert [row[:4] for row in numbers(session, plan.id)] == before


def test_the_database_lets_drafts_change(session: Session) -> None:
    session.execute(text("UPDATE target SET state = 'draft' WHERE state = 'proposed'"))
    drafts = select(Target.id).filter_by(state="draft")
    indicator_id = session.scalar(
        select(Indicator.id).join(IndicatorValue).where(Indicator.document_id.in_(drafts)).limit(1)
    )
    assert indicator_id
    for statement in (
        "UPDATE indicator_value SET target_value = '1', year = year + 10 WHERE indicator_id = :id",
        "DELETE FROM indicator_value WHERE indicator_id = :id",
        "UPDATE indicator SET document_id = NULL WHERE id = :id",
    ):
        session.execute(text(statement), {"id": indicator_id})


@pytest.mark.parametrize(
    ("target_kind", "state"), [("document", "active"), ("objective", "enacted"), ("indicator", "enacted")]
)
def test_the_database_refuses_a_state_of_another_kind(session: Session, target_kind: str, state: str) -> None:
    with pytest.raises(DBAPIError):
        session.execute(
            text("UPDATE target SET state = :state WHERE kind = :kind"), {"state": state, "kind": target_kind}
        )


def test_a_proposal_is_shown_on_every_version_of_the_indicator_it_touches(visit: Visitor, session: Session) -> None:
    with unrestricted():
        ids = session.execute(
            select(Indicator.id, Indicator.origin_id).where(Indicator.origin_id.is_not(None)).order_by(Indicator.id)
        ).all()
        linked = {
            number: set(session.scalars(select(TargetLink.proposal_id).filter_by(target_id=number)))
            for row in ids for number in row
        }  # fmt: skip
    new, old = next((new, old) for new, old in ids if len(linked[new]) > 1)
    browser = visit.as_(SECRETARIAT)

    pages = [browser.get(address) for address in (f"/targets/{new}", f"/targets/{old}?edition=1")]
    shown = [{link for link in page.links if link.startswith("/proposals/")} for page in pages]

    assert shown[0] == shown[1]
    assert len({link for link in shown[0] if link.count("/") == 2}) > 1
