"""Lines that repeat the words of other rows are seen where those are, whenever those become secret."""

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
#: What a sitting can decide, with all that can be typed of it.
DECISIONS = {
    "extend": {"due_on": "2099-01-04", "reason": f"Menunggu {WORD}"},
    "goes_on": {"note": f"Tetap {WORD}"},
    "reassign": {"reason": f"Pindah {WORD}", "unit_id": "1"},
}


def held(browser: Visitor, session: Session) -> tuple[Meeting, list[ReviewItem]]:
    """A sitting that decided of something in every way, whose words have a word that stands nowhere else."""
    session.execute(update(ActionItem).values(text_id=ActionItem.text_id + f" {WORD}"))
    session.execute(update(Proposal).values(title_id=Proposal.title_id + f" {WORD}"))
    session.commit()
    open_review_of_week(browser)
    for decision, given in DECISIONS.items():
        assert decide(browser, browser.get(f"{this_week()}/queue"), decision, **given).status == 303
    for _ in range(2):
        decide(browser, browser.get(f"{this_week()}/queue"), "goes_on")
    browser.follow(browser.submit(browser.get(this_week()), f"{this_week()}/close"))
    review = session.scalars(select(Review).order_by(Review.id.desc()).limit(1)).one()
    items = select(ReviewItem).filter_by(review_id=review.id).where(ReviewItem.decision.is_not(None))
    return session.get_one(Meeting, review.meeting_id), list(session.scalars(items.order_by(ReviewItem.turn)))


def make_secret(session: Session, items: list[ReviewItem]) -> None:
    for item in items:
        table, number = (ActionItem, item.action_id) if item.action_id else (Proposal, item.proposal_id)
        session.execute(update(table).filter_by(id=number).values(classification="top_secret"))
    session.commit()


def told_to(reader: Visitor, meeting: Meeting) -> dict[str, str]:
    """Wherever the words of a sitting's meeting come out."""
    word = Document(io.BytesIO(reader.client.get(f"/meetings/{meeting.id}/minutes.docx", buffered=True).data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    pages = (f"/meetings/{meeting.id}", f"/search?q={WORD}&kind=statement", f"/search/suggestions?q={WORD[:6]}",
             "/meetings.csv", "/actions.csv", "/proposals.csv")  # fmt: skip
    return {
        **{path: reader.client.get(path, buffered=True).get_data(as_text=True) for path in pages},
        "word": " ".join([*(one.text for one in word.paragraphs), *cells]),
    }


def test_what_a_sitting_wrote_down_of_a_thing_is_seen_where_the_thing_is(visit: Visitor, session: Session) -> None:
    reader = visit.as_(READER)
    meeting, items = held(visit.as_(REVIEWER), session)
    codes = [(item.action_id and session.get(ActionItem, item.action_id).code) or session.get(
        Proposal, item.proposal_id).code for item in items]  # fmt: skip
    before = told_to(reader, meeting)
    assert all(code in before[path] for code in codes for path in (f"/meetings/{meeting.id}", "word"))

    make_secret(session, items[:1])
    one_less = told_to(reader, meeting)
    assert [code in one_less["word"] for code in codes] == [False, *[True] * (len(codes) - 1)]

    make_secret(session, items)
    after = told_to(reader, meeting)
    assert not [(path, code) for path, words in after.items() for code in [*codes, "rahasiakelak."] if code in words]
    assert WORD not in after[f"/meetings/{meeting.id}"] + after["word"]


def test_every_line_that_a_sitting_writes_names_what_it_repeats(visit: Visitor, session: Session) -> None:
    meeting, items = held(visit.as_(REVIEWER), session)

    lines = session.scalars(select(Statement).filter_by(meeting_id=meeting.id)).all()
    repeats = session.execute(select(StatementRepeat.statement_id, StatementRepeat.action_id,
                                     StatementRepeat.proposal_id).join(
        Statement).where(Statement.meeting_id == meeting.id)).all()  # fmt: skip
    assert {one.id for one in lines} == {row[0] for row in repeats}
    assert {(item.action_id, item.proposal_id) for item in items} == {tuple(row[1:]) for row in repeats}


def test_a_thing_made_secret_changes_the_mark_of_the_live_minutes_that_repeat_it(
    visit: Visitor, session: Session
) -> None:
    browser = visit.as_(REVIEWER)
    meeting, items = held(browser, session)
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
def test_frozen_minutes_tell_no_line_that_repeats_what_became_secret(
    level: str, visit: Visitor, session: Session, app: Flask
) -> None:
    meeting, items = held(visit.as_(REVIEWER), session)
    with app.app_context(), acting(SYSTEM), unrestricted():
        content = canonical(content_of(meetings.meeting(meeting.id)))
    version = MinutesVersion(meeting_id=meeting.id, content=content)
    make_secret(session, items)
    for table in (ActionItem, Proposal):
        session.execute(update(table).where(table.classification == "top_secret").values(classification=level))
    session.commit()

    with app.app_context(), acting(SYSTEM), unrestricted():  # whoever may see all is told no more on paper
        told, now = frozen(version), content_of(meetings.meeting(meeting.id))

    assert WORD in content
    assert told["statements"] == now["statements"] == []
    assert told["hidden"] == now["hidden"] == len(session.scalars(select(Statement).filter_by(
        meeting_id=meeting.id)).all())  # fmt: skip


def test_lines_that_are_cut_and_joined_keep_what_they_repeat(visit: Visitor, session: Session, app: Flask) -> None:
    meeting, items = held(visit.as_(REVIEWER), session)
    first, second, *_ = session.scalars(select(Statement.id).filter_by(meeting_id=meeting.id).order_by(Statement.place))
    with app.app_context(), acting(SYSTEM), unrestricted():
        said = meetings.statement(first)
        half = split_statement(said, said.gist_id.index(" "), by=SYSTEM, at=said.meeting.recorded_at)
        db.session.flush()
        join_statements(meetings.statement(second), meetings.statement(half.id), by=SYSTEM, at=said.meeting.recorded_at)
        commit()
        number = half.id

    assert WORD in visit.as_(READER).get(f"/meetings/statements/{number}").text
    make_secret(session, items[1:2])  # what was joined to it
    visit.as_(READER).get(f"/meetings/statements/{number}", 404)
    for item in items[1:2]:
        for table, one in ((ActionItem, item.action_id), (Proposal, item.proposal_id)):
            session.execute(update(table).filter_by(id=one).values(classification=Classification.ORDINARY))
    make_secret(session, items[:1])  # what it was cut from
    visit.as_(READER).get(f"/meetings/statements/{number}", 404)
