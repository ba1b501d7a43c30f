"""Classify, and grant or revoke access by name. Callers commit."""

from collections.abc import Sequence
from datetime import datetime

from tracker.accounts.models import Account, Grant
from tracker.audit.commands import record
from tracker.classification import policy, queries
from tracker.classification.queries import RelatedRow, Subject
from tracker.core.actor import Actor, Classification
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.models import Meeting


def classify(
    subject: Subject, to: Classification, reason: str, *, unchanged: Sequence[RelatedRow] = (), by: Actor, at: datetime
) -> None:
    """Change the classification of a row.

    Raising it also raises related rows, except those in `unchanged`. Lowering it changes only this row.
    """
    if subject.classification is to:
        raise NotPossible(_l("It already has this classification."), field="classification")
    if not policy.may_set(by, subject.classification, to):
        raise NotPossible(_l("Only the decision maker can declassify."), field="classification")
    if to.rank > subject.classification.rank:
        with unrestricted():  # related rows may be hidden from the user
            related = [
                row for row in queries.related_to(subject)
                if row.classification.rank < to.rank and row not in unchanged
            ]  # fmt: skip
        for row in related:
            _set(row, to, reason, by=by, at=at)
    _set(subject, to, reason, by=by, at=at)


def _set(subject: Subject, to: Classification, reason: str, *, by: Actor, at: datetime) -> None:
    verb = "classified" if to.rank > subject.classification.rank else "declassified"
    before, subject.classification = subject.classification, to
    shown_on = queries.page_subject(subject)
    # The reason why a line or file is secret may itself be secret, so the page of its meeting does not show it.
    shown_reason = reason if shown_on is subject else None
    record(shown_on, verb, by=by, at=at, from_state=before, to_state=to, reason=shown_reason,
           mentions=[subject] if shown_reason is None else ())  # fmt: skip


def grant_access(meeting: Meeting, account: Account, reason: str, *, by: Actor, at: datetime) -> Grant:
    """Give an account access to a classified meeting. Its clearance still applies."""
    if any(grant.account_id == account.id for grant in queries.grants(meeting.id)):
        raise NotPossible(_l("This account has already been given access."), field="account")
    grant = Grant(meeting_id=meeting.id, account_id=account.id, reason=reason, by_name=by.name, at=at)
    db.session.add(grant)
    record(meeting, "let_in", by=by, at=at, reason=f"{account.display_name}: {reason}")
    return grant


def revoke_access(meeting: Meeting, grant: Grant, *, by: Actor, at: datetime) -> None:
    db.session.delete(grant)
    record(meeting, "shut_out", by=by, at=at, reason=grant.account.display_name)
