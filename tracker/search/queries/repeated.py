"""Where the text of a classified row is repeated by an ordinary one."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from tracker.actions.models import ActionItem
from tracker.classification.queries import RelatedRow, related_rows, text_to_compare
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.meetings.models import Meeting, Statement
from tracker.proposals.models import Proposal
from tracker.search.queries.same import has_the_same_words, may_have_the_same_words


def repeated_openly() -> Iterator[tuple[RelatedRow, RelatedRow]]:
    """Pairs of a classified line, proposal or action and an ordinary one that says the same, as its page lists them.

    Only inside `unrestricted`, with nobody signed in: the index then finds what is open to everybody.
    """
    ordinary = Classification.ORDINARY
    of_meeting = select(Statement).join(Statement.meeting).options(joinedload(Statement.meeting))
    queries = (
        of_meeting.where(or_(Statement.classification != ordinary, Meeting.classification != ordinary)),
        select(Proposal).where(Proposal.classification != ordinary),
        select(ActionItem).where(ActionItem.classification != ordinary),
    )
    for query in queries:
        for classified in db.session.scalars(query).all():
            words = text_to_compare(classified)
            for repetition in related_rows(may_have_the_same_words(words)) if words else ():
                if repetition is not classified and has_the_same_words(repetition, words or ""):
                    yield classified, repetition
