"""The order in which the office does its work, and the classification of its secret part at the end."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from tests.security.office_work import actions, meetings, proposals, reviews
from tests.security.office_work.matters import Kind, Matter
from tests.security.office_work.office import SECRETARY, Office
from tracker.classification import commands as classification
from tracker.classification import queries as classification_queries
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.core.visibility import unrestricted

Work = Callable[[Office, Matter], None]


def _discuss_and_decide(office: Office, matter: Matter) -> None:
    proposals.discuss(office, matter)
    meetings.decide(office, matter)


#: Days before today, and what is done on that day for each matter.
_BEFORE_FIRST_REVIEW: tuple[tuple[int, Work], ...] = (
    (38, meetings.hold),
    (37, proposals.propose),
    (36, actions.assign),
    (35, actions.steer),
    (34, actions.report),
    (33, _discuss_and_decide),
    (32, meetings.rearrange),
)
_AFTER_FIRST_REVIEW: tuple[tuple[int, Work], ...] = (
    (20, meetings.carry_over),
    (19, meetings.approve_minutes),
    (18, actions.follow),
)


def play(office: Office) -> None:
    """Do all the work, up to the moment at which its secret part is classified."""
    today = clock.now()

    def do_each(schedule: tuple[tuple[int, Work], ...]) -> None:
        for days, work in schedule:
            for matter in office.matters:
                office.at_time(today - timedelta(days=days), matter.number, partial(work, office, matter), matter)

    with office.app.app_context(), office.recording_secret_rows():
        office.at_time(today - timedelta(days=40), 0, office.set_up)
        do_each(_BEFORE_FIRST_REVIEW)
        office.at_time(today - timedelta(days=21), 0, partial(reviews.hold_review, office))
        do_each(_AFTER_FIRST_REVIEW)
        office.at_time(today - timedelta(days=17), 0, partial(actions.change_several, office))
        office.at_time(today - timedelta(days=7), 0, partial(reviews.hold_review, office))


def classify(office: Office, level: Classification) -> None:
    """Classify the secret matters, each by the row that its kind names."""
    for matter in office.matters:
        if matter.is_secret:
            classify_row(office, _classified_row(matter), level, matter)


def _classified_row(matter: Matter) -> tuple[str, int]:
    match matter.kind:
        case Kind.MEETING:
            return "meetings", matter.meeting
        case Kind.LINE:
            return "statements", matter.lines[0]
        case Kind.PROPOSAL:
            return "proposals", matter.proposals[0]
        case Kind.ACTION:
            return "actions", matter.actions[0]
        case Kind.FILE:
            return "attachments", matter.files[0]


def classify_row(office: Office, row: tuple[str, int], level: Classification, matter: Matter) -> None:
    """Classify a row (kind in the URL, id) with everything related to it, unless it already is classified."""
    with office.app.app_context(), unrestricted():
        subject = classification_queries.subject(*row, to_change=True)
        if subject.classification is Classification.ORDINARY:
            raise_level = partial(classification.classify, subject, level, matter.text("Sebab"), at=clock.now())
            assert office.do(SECRETARY, lambda by: raise_level(by=by)) is not None, office.refused
        db.session.remove()
