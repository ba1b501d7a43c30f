"""Queries that select text columns of a classified table are noted by the session or refused."""

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

#: A text column of each classified table.
TEXT_COLUMNS = {Meeting: "name_id", Statement: "gist_id", Proposal: "title_id", ActionItem: "text_id"}
SECRET = {Meeting: 1, Proposal: 1, ActionItem: 2}


@pytest.fixture(autouse=True)
def secret(app: Flask) -> Iterator[dict[Any, int]]:
    """The id of a secret row of each table. The actor is cleared and takes part in all of them."""
    with app.app_context():
        statement_id = db.session.scalar(select(func.min(Statement.id)).where(Statement.meeting_id == 1))
        present = select(Attendance).where(Attendance.meeting_id == 1, Attendance.person_id.is_not(None))
        person_id = db.session.scalars(present).first().person_id
        db.session.scalars(select(Proponent).filter_by(proposal_id=1)).first().person_id = person_id
        db.session.get(ActionItem, 2).pic_id = person_id
        rows = {**SECRET, Statement: statement_id}
        for row in [db.session.get(table, number) for table, number in rows.items()]:
            row.classification = Classification.SECRET
        db.session.flush()
        actor = Actor(account_id=None, name="Penguji", person_id=person_id, clearance=Classification.TOP_SECRET)
        with acting(actor):
            readings.take_readings()
            yield rows
        db.session.rollback()


@pytest.mark.parametrize("table", TEXT_COLUMNS)
def test_selecting_text_columns_is_a_reading(table: Any, secret: dict[Any, int]) -> None:
    other = aliased(table)
    column, aliased_column = getattr(table, TEXT_COLUMNS[table]), getattr(other, TEXT_COLUMNS[table])
    queries = [
        select(table.id, column, table.classification),
        select(table.classification.label("level"), func.coalesce(column, "").label("text"), table.id.label("number")),
        select(other.id, aliased_column, other.classification),
        select(Attendance.id, other.id, aliased_column, other.classification).outerjoin(
            other, other.id == secret[table]
        ),
    ]

    for query in queries:
        rows = db.session.execute(query).all()
        assert (table.__tablename__, str(secret[table])) in readings.take_readings(), query
        assert rows


@pytest.mark.parametrize("table", TEXT_COLUMNS)
def test_text_beside_the_whole_row_is_noted_with_the_row(table: Any, secret: dict[Any, int]) -> None:
    db.session.expunge_all()

    db.session.execute(select(table, func.lower(getattr(table, TEXT_COLUMNS[table])).label("key"))).all()

    assert (table.__tablename__, str(secret[table])) in readings.take_readings()


@pytest.mark.parametrize("table", TEXT_COLUMNS)
def test_selecting_text_without_id_and_classification_is_refused(table: Any) -> None:
    column, other = getattr(table, TEXT_COLUMNS[table]), aliased(table)
    refused = [
        select(column),
        select(table.id, column),
        select(table.classification, column),
        select(func.upper(column)).distinct(),
        select(table.id, table.classification, getattr(other, TEXT_COLUMNS[table])).join(other, other.id == table.id),
        select(select(column).limit(1).scalar_subquery()),
    ]

    for query in refused:
        with pytest.raises(UnnotedReadingError):
            db.session.execute(query)


@pytest.mark.parametrize("table", TEXT_COLUMNS)
def test_selecting_numbers_and_codes_is_not_a_reading(table: Any) -> None:
    column = getattr(table, TEXT_COLUMNS[table])
    harmless = [select(table.id), select(func.count(column)), select(table.id).where(column.is_not(None))]

    for query in harmless:
        db.session.execute(query).all()
    assert readings.take_readings() == []


def test_rows_in_batches_are_noted_as_they_are_fetched(secret: dict[Any, int]) -> None:
    query = select(Meeting.id, Meeting.name_id, Meeting.classification).order_by(Meeting.id)

    batches = db.session.execute(query.execution_options(yield_per=2)).partitions()
    assert len(next(iter(batches))) == 2
    assert ("meeting", "1") in readings.take_readings()
    batches.close()
