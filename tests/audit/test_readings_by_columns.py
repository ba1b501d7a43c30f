"""Words of a classified table that are read by columns are noted by the session, or the query is refused."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from tracker.actions.models import ActionItem
from tracker.audit import readings
from tracker.audit.readings import UnnotedReadingError
from tracker.core.actor import Actor, Classification, acting
from tracker.core.db import db
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.proposals.models import Proponent, Proposal

#: Of each classified table that has words, one column of them.
WORDS = {Meeting: "name_id", Statement: "gist_id", Proposal: "title_id", ActionItem: "text_id"}
SECRET = {Meeting: 1, Proposal: 1, ActionItem: 2}


@pytest.fixture(autouse=True)
def secret(app: Flask) -> Iterator[dict[Any, int]]:
    """One secret row of each of these tables, and somebody cleared for it who takes part in each."""
    with app.app_context():
        said = db.session.scalar(select(func.min(Statement.id)).where(Statement.meeting_id == 1))
        present = select(Attendance).where(Attendance.meeting_id == 1, Attendance.person_id.is_not(None))
        person_id = db.session.scalars(present).first().person_id
        db.session.scalars(select(Proponent).filter_by(proposal_id=1)).first().person_id = person_id
        db.session.get(ActionItem, 2).pic_id = person_id
        rows = {**SECRET, Statement: said}
        for one in [db.session.get(table, number) for table, number in rows.items()]:
            one.classification = Classification.SECRET
        db.session.flush()
        actor = Actor(account_id=None, name="Penguji", person_id=person_id, clearance=Classification.TOP_SECRET)
        with acting(actor):
            readings.readings()
            yield rows
        db.session.rollback()


@pytest.mark.parametrize("table", WORDS)
def test_words_read_by_columns_are_a_reading(table: Any, secret: dict[Any, int]) -> None:
    one = aliased(table)
    whole, named = getattr(table, WORDS[table]), getattr(one, WORDS[table])
    questions = [
        select(table.id, whole, table.classification),
        select(table.classification.label("level"), func.coalesce(whole, "").label("text"), table.id.label("number")),
        select(one.id, named, one.classification),
        select(Attendance.id, one.id, named, one.classification).outerjoin(one, one.id == secret[table]),
    ]

    for question in questions:
        found = db.session.execute(question).all()
        assert (table.__tablename__, str(secret[table])) in readings.readings(), question
        assert found


@pytest.mark.parametrize("table", WORDS)
def test_words_read_without_number_and_classification_are_refused(table: Any) -> None:
    words, one = getattr(table, WORDS[table]), aliased(table)
    unnoted = [
        select(words),
        select(table.id, words),
        select(table.classification, words),
        select(func.upper(words)).distinct(),
        select(table.id, table.classification, getattr(one, WORDS[table])).join(one, one.id == table.id),
        select(select(words).limit(1).scalar_subquery()),
    ]

    for question in unnoted:
        with pytest.raises(UnnotedReadingError):
            db.session.execute(question)


@pytest.mark.parametrize("table", WORDS)
def test_numbers_states_and_codes_are_no_words(table: Any) -> None:
    words = getattr(table, WORDS[table])
    wordless = [select(table.id), select(func.count(words)), select(table.id).where(words.is_not(None))]

    for question in wordless:
        db.session.execute(question).all()
    assert readings.readings() == []


def test_rows_that_come_in_batches_are_noted_as_they_come(secret: dict[Any, int]) -> None:
    question = select(Meeting.id, Meeting.name_id, Meeting.classification).order_by(Meeting.id)

    batches = db.session.execute(question.execution_options(yield_per=2)).partitions()
    assert len(next(iter(batches))) == 2
    assert ("meeting", "1") in readings.readings()
    batches.close()
