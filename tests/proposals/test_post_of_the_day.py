"""A proponent gets the post held on the day of the proposal."""

from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import SECRETARIAT, Visitor
from tracker.people.models import Person, Position, PositionHolding
from tracker.proposals.models import Proponent, Proposal

DAY = date(2025, 3, 3)
NEW = "/proposals/1/proponents/new"


@pytest.fixture(autouse=True)
def holders(session: Session) -> None:
    session.execute(update(Proposal).where(Proposal.id == 1).values(raised_on=DAY))
    for row_id, name in enumerate(("Satu Jabatan", "Dua Jabatan"), 9000):
        session.add(Person(id=row_id, name=name, folded=name.casefold(), aliases=[]))
    session.add_all(Position(id=row_id, title_id=f"Jabatan {row_id}", aliases=[]) for row_id in (9000, 9001, 9002))
    session.flush()
    session.add_all([
        PositionHolding(person_id=9000, position_id=9000, kind="plh", start_on=DAY, end_on=DAY),
        PositionHolding(person_id=9001, position_id=9001, kind="definitive"),
        PositionHolding(person_id=9001, position_id=9002, kind="plt"),
    ])  # fmt: skip
    session.commit()


def stored(session: Session) -> tuple[int | None, str | None]:
    row = session.scalars(select(Proponent).order_by(Proponent.id.desc())).first()
    return row.position_id, row.post_as_written


def test_the_only_post_held_that_day_is_filled_in_with_its_prefix(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)

    answer = browser.submit(browser.get(NEW), NEW, person=9000, role="proponent", attribution="quoted")

    assert answer.status == 303
    assert stored(session) == (9000, "Plh. Jabatan 9000")


@pytest.mark.parametrize(
    ("held", "expected"), [("9002", (9002, "Plt. Jabatan 9002")), ("none", (None, None))], ids=["chosen", "none"]
)
def test_with_two_posts_the_user_chooses(
    visit: Visitor, session: Session, held: str, expected: tuple[int | None, str | None]
) -> None:
    browser = visit.as_(SECRETARIAT)

    question = browser.submit(browser.get(NEW), NEW, person=9001, role="proponent", attribution="quoted")

    assert question.status == 422
    assert browser.submit(question, NEW, held=held).status == 303
    assert stored(session) == expected
