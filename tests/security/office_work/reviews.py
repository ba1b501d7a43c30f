"""The weekly review: deciding on every action and proposal in its queue."""

from datetime import date, datetime, timedelta

from tests.security.office_work.matters import Matter
from tests.security.office_work.office import DECISION_MAKER, PARTICIPANT, REVIEWER, Office
from tracker.calendar.holidays.rules import WEEK, week_of
from tracker.core import clock
from tracker.core.clock import day_at
from tracker.reviews import commands as reviews
from tracker.reviews import labels as review_labels
from tracker.reviews import queries as review_queries
from tracker.reviews import rules as review_rules
from tracker.reviews.commands import DecisionDraft, Plan
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import Decision


def hold_review(office: Office) -> None:
    """Open the review of this week, decide on every item, and close it."""
    at = clock.now()
    day, week = day_at(at), week_of(day_at(at))
    plan = Plan(week=week, held_on=day, patience=WEEK, meeting=review_labels.meeting_draft(str(week), day))
    office.do(REVIEWER, lambda by: reviews.open_review(plan, by=by, at=at))
    office.review_meeting = review_queries.review(str(week)).meeting_id
    undone: set[int] = set()
    while True:
        review = review_queries.review(str(week), to_change=True)
        number = review_rules.next_to_settle(review_queries.stops(review.id), None)
        if number is None:
            break
        _decide(office, review, review_queries.item(review.id, number), number, undone, at)
    office.do(
        REVIEWER,
        lambda by: reviews.close(
            review_queries.review(str(week), to_change=True),
            review_labels.statements_of(review_queries.decided(review_queries.review(str(week)).id)),
            by=by,
            at=at,
        ),
    )


def _decide(office: Office, review: Review, item: ReviewItem, number: int, undone: set[int], at: datetime) -> None:
    """Take a random decision. If it is refused, leave the item as it is; if not, undo it once in a while."""
    week = review.week
    matter = next(
        matter
        for matter in office.matters
        if (item.action_id or 0) in matter.actions or (item.proposal_id or 0) in matter.proposals
    )
    verdict = _verdict(office, matter, day_at(at))
    with office.marked_secret(matter.is_secret):
        if office.do(REVIEWER, lambda by: reviews.decide(review, item, verdict, by=by, at=at)) is None:
            unchanged = DecisionDraft(decision=Decision.GOES_ON, note=matter.text("Catatan"))
            result = office.do(
                REVIEWER, lambda by: reviews.decide(*_stop(week, number), unchanged, by=by, at=clock.now())
            )
            assert result is not None, office.refused[-2:]
        elif number not in undone and matter.chance.random() < 0.3:
            undone.add(number)
            office.do(REVIEWER, lambda by: reviews.undo(*_stop(week, number), by=by, at=at))


def _verdict(office: Office, matter: Matter, day: date) -> DecisionDraft:
    return DecisionDraft(
        decision=matter.chance.choice([Decision.GOES_ON, Decision.EXTEND, Decision.ESCALATE, Decision.REASSIGN]),
        reason=matter.text("Alasan"),
        note=matter.text("Catatan"),
        evidence=matter.text("Bukti"),
        due_on=day + timedelta(days=matter.chance.randint(20, 40)),
        person_id=office.persons[DECISION_MAKER],
        pic_id=office.persons[matter.chance.choice([PARTICIPANT, DECISION_MAKER])],
        unit_id=office.units[matter.chance.randint(0, 1)],
    )


def _stop(week: str, number: int) -> tuple[Review, ReviewItem]:
    review = review_queries.review(week, to_change=True)
    return review, review_queries.item(review.id, number)
