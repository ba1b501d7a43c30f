"""Statements that repeat the text of other rows are hidden with those rows."""

import io

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.reviews.steps import decide, open_review_of_week, this_week
from tests.visitor import READER, REVIEWER, SECRETARIAT, Visitor
from tracker.actions.models import ActionItem
from tracker.core.actor import SYSTEM, Classification, acting
from tracker.core.db import db
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.meetings import queries as meetings
from tracker.meetings.commands import join_statements, split_statement
from tracker.meetings.models import Meeting, Statement, StatementRepeat
from tracker.minutes.models import MinutesVersion
from tracker.minutes.queries import content_of, frozen
from tracker.minutes.rules import canonical
from tracker.proposals.models import Proposal
from tracker.reviews.models import Review, ReviewItem

WORD = "rahasiakelak"
#: Decisions of a review, with their form fields.
DECISIONS = {
    "extend": {"due_on": "2099-01-04", "reason": f"Menunggu {WORD}"},
    "goes_on": {"note": f"Tetap {WORD}"},
    "reassign": {"reason": f"Pindah {WORD}", "unit_id": "1"},
}


def hold_review(browser: Visitor, session: Session) -> tuple[Meeting, list[ReviewItem]]:
    """Hold a review with every kind of decision. WORD occurs only in the texts that the review repeats."""
    session.execute(update(ActionItem).values(text_id=ActionItem.text_id + f" {WORD}"))
    session.execute(update(Proposal).values(title_id=Proposal.title_id + f" {WORD}"))
    session.commit()
    open_review_of_week(browser)
    for decision, fields in DECISIONS.items():
        assert decide(browser, browser.get(f"{this_week()}/queue"), decision, **fields).status == 303
    for _ in range(2):
        decide(browser, browser.get(f"{this_week()}/queue"), "goes_on")
    browser.follow(browser.submit(browser.get(this_week()), f"{this_week()}/close"))
    review = session.scalars(select(Review).order_by(Review.id.desc()).limit(1)).one()
    items = select(ReviewItem).filter_by(review_id=review.id).where(ReviewItem.decision.is_not(None))
    return session.get_one(Meeting, review.meeting_id), list(session.scalars(items.order_by(ReviewItem.turn)))


def make_secret(session: Session, items: list[ReviewItem]) -> None:
    for item in items:
        model, row_id = (ActionItem, item.action_id) if item.action_id else (Proposal, item.proposal_id)
        session.execute(update(model).filter_by(id=row_id).values(classification="top_secret"))
    session.commit()


def texts_shown_to(reader: Visitor, meeting: Meeting) -> dict[str, str]:
    """Text of every page, search result and document that shows the statements of the review's meeting."""
    document = Document(io.BytesIO(reader.client.get(f"/meetings/{meeting.id}/minutes.docx", buffered=True).data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    own = f"/meetings/{meeting.id}"
    pages = (own, f"{own}/outcomes", f"{own}/history", f"/search?q={WORD}&kind=statement",
             f"/search/suggestions?q={WORD[:6]}", "/meetings.csv", "/actions.csv", "/proposals.csv")  # fmt: skip
    return {
        **{path: reader.client.get(path, buffered=True).get_data(as_text=True) for path in pages},
        "minutes": " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]),
    }


def test_statements_of_a_review_are_hidden_with_the_rows_they_repeat(visit: Visitor, session: Session) -> None:
    reader = visit.as_(READER)
    meeting, items = hold_review(visit.as_(REVIEWER), session)
    codes = [(item.action_id and session.get(ActionItem, item.action_id).code) or session.get(
        Proposal, item.proposal_id).code for item in items]  # fmt: skip
    before = texts_shown_to(reader, meeting)
    assert all(code in before[path] for code in codes for path in (f"/meetings/{meeting.id}", "minutes"))

    make_secret(session, items[:1])
    after_first = texts_shown_to(reader, meeting)
    assert [code in after_first["minutes"] for code in codes] == [False, *[True] * (len(codes) - 1)]

    make_secret(session, items)
    after = texts_shown_to(reader, meeting)
    assert not [(path, code) for path, text in after.items() for code in [*codes, "rahasiakelak."] if code in text]
    assert WORD not in after[f"/meetings/{meeting.id}"] + after["minutes"]


def test_every_statement_of_a_review_references_the_row_it_repeats(visit: Visitor, session: Session) -> None:
    meeting, items = hold_review(visit.as_(REVIEWER), session)

    lines = session.scalars(select(Statement).filter_by(meeting_id=meeting.id)).all()
    repeats = session.execute(select(StatementRepeat.statement_id, StatementRepeat.action_id,
                                     StatementRepeat.proposal_id).join(
        Statement).where(Statement.meeting_id == meeting.id)).all()  # fmt: skip
    assert {line.id for line in lines} == {row[0] for row in repeats}
    assert {(item.action_id, item.proposal_id) for item in items} == {tuple(row[1:]) for row in repeats}


def test_live_minutes_change_when_a_row_they_repeat_is_classified(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    meeting, items = hold_review(browser, session)
    line = session.scalars(select(StatementRepeat.statement_id).where(StatementRepeat.action_id.is_not(None))).first()
    assert line
    action = next(item.action_id for item in items if item.action_id)
    path, secretariat = f"/classification/actions/{action}", visit.as_(SECRETARIAT)
    reader, address = visit.as_(READER), f"/meetings/{meeting.id}/minutes/changes"
    before = reader.client.get(address).get_data()

    secretariat.submit(secretariat.get(path), path, classification="restricted", reason="Menyangkut pihak lain")

    assert reader.client.get(address).get_data() != before


@pytest.mark.parametrize(
    ("kind", "level"), [("sqlite", "restricted"), ("sqlite", "top_secret"), ("postgresql", "secret")]
)
def test_frozen_minutes_hide_statements_that_repeat_classified_rows(
    level: str, visit: Visitor, session: Session, app: Flask
) -> None:
    meeting, items = hold_review(visit.as_(REVIEWER), session)
    with app.app_context(), acting(SYSTEM), unrestricted():
        content = canonical(content_of(meetings.meeting(meeting.id)))
    version = MinutesVersion(meeting_id=meeting.id, content=content)
    make_secret(session, items)
    for table in (ActionItem, Proposal):
        session.execute(update(table).where(table.classification == "top_secret").values(classification=level))
    session.commit()

    with app.app_context(), acting(SYSTEM), unrestricted():  # hidden even from those who may see everything
        shown, current = frozen(version), content_of(meetings.meeting(meeting.id))

    assert WORD in content
    assert shown["statements"] == current["statements"] == []
    assert shown["hidden"] == current["hidden"] == len(session.scalars(select(Statement).filter_by(
        meeting_id=meeting.id)).all())  # fmt: skip


def statement_about(session: Session, meeting: Meeting, item: ReviewItem) -> int:
    model, row_id = (ActionItem, item.action_id) if item.action_id else (Proposal, item.proposal_id)
    code = session.scalars(select(model.code).filter_by(id=row_id)).one()
    return session.scalars(
        select(Statement.id).where(Statement.meeting_id == meeting.id, Statement.gist_id.contains(code))
    ).one()


def test_split_and_joined_statements_stay_hidden_with_the_rows_they_repeat(
    visit: Visitor, session: Session, app: Flask
) -> None:
    meeting, items = hold_review(visit.as_(REVIEWER), session)
    first, second = (statement_about(session, meeting, item) for item in items[:2])
    with app.app_context(), acting(SYSTEM), unrestricted():
        statement = meetings.statement(first)
        at = statement.meeting.recorded_at
        second_half = split_statement(statement, statement.gist_id.index(" "), by=SYSTEM, at=at)
        db.session.flush()
        join_statements(meetings.statement(second), meetings.statement(second_half.id), by=SYSTEM, at=at)
        commit()
        joined_id = second_half.id

    assert WORD in visit.as_(READER).get(f"/meetings/statements/{joined_id}").text
    make_secret(session, items[1:2])  # repeated by the statement that was joined to it
    visit.as_(READER).get(f"/meetings/statements/{joined_id}", 404)
    for item in items[1:2]:
        for model, row_id in ((ActionItem, item.action_id), (Proposal, item.proposal_id)):
            session.execute(update(model).filter_by(id=row_id).values(classification=Classification.ORDINARY))
    make_secret(session, items[:1])  # repeated by the statement it was split from
    visit.as_(READER).get(f"/meetings/statements/{joined_id}", 404)
