"""Invite, notify those invited of changes, and take answers. Callers commit."""

import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.accounts.queries import token_hash
from tracker.accounts.rules import normalised_address
from tracker.audit.commands import record
from tracker.core.actor import SYSTEM, Actor, Classification
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.settings import current_settings
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.invitations import queries, rules
from tracker.meetings.invitations.formats import Reply
from tracker.meetings.invitations.models import Invitation
from tracker.meetings.invitations.queries import Invitee
from tracker.meetings.invitations.rules import Answer, InvitationState, Through
from tracker.meetings.models import Meeting
from tracker.meetings.queries import classification_of_names

NOTHING_TO_SEND = _l("Nobody on the list can be reached, or all were invited already.")


@dataclass(frozen=True)
class AnswerDraft:
    answer: Answer
    represented_by: str | None = None
    reason: str | None = None


def invite(meeting: Meeting, reachable: Collection[int], *, by: Actor, at: datetime) -> int:
    """Invite those of the list who can be reached and were not yet. Return their number."""
    known = queries.of_meeting(meeting.id)
    new = [one for one in queries.invitees(meeting) if one.person_id in reachable and not _is_invited(one, known)]
    sent = [_send(meeting, invitee, known, by=by, at=at) for invitee in new]
    if sent:
        record(meeting, "invited", by=by, at=at, count=len(sent))
    return len(sent)


def _is_invited(invitee: Invitee, known: Sequence[Invitation]) -> bool:
    return any(one.person_id == invitee.person_id and one.state is InvitationState.SENT for one in known)


def _send(meeting: Meeting, invitee: Invitee, known: Sequence[Invitation], *, by: Actor, at: datetime) -> Invitation:
    earlier = [one.sequence for one in known if one.person_id == invitee.person_id]
    invitation = Invitation(
        meeting_id=meeting.id, person_id=invitee.person_id, position_id=invitee.position_id, invited_at=at,
        state=InvitationState.SENT, sequence=max([meeting.version, *(number + 1 for number in earlier)]),
        token_hash=f"new {meeting.id} {invitee.person_id}", **_mailed_content(meeting),
    )  # fmt: skip
    db.session.add(invitation)
    db.session.flush()  # its link is made of its number
    invitation.token_hash = token_hash(rules.token_of(invitation.id, at, current_settings().secret_key))
    record(invitation, "sent", by=by, at=at)
    return invitation


def _mailed_content(meeting: Meeting) -> dict[str, object]:
    """What a mail that is written now says about the meeting."""
    level = classification_of_names([meeting.id])[meeting.id]
    when = (meeting.date, meeting.end_on, meeting.start_time, meeting.end_time, meeting.timezone, meeting.status, level)
    what = (meeting.name_id, meeting.name_en, meeting.venue, meeting.venue_detail, meeting.city)
    mailed = when if level is not Classification.ORDINARY else (*when, *what)
    return {
        "content_hash": rules.hash_of(*mailed), "invited_for": meeting.date, "invited_for_time": meeting.start_time
    }  # fmt: skip


def send_again(meeting: Meeting, *, by: Actor, at: datetime) -> int:
    """Another mail to those who have not answered. Return their number."""
    waiting = [one for one in queries.of_meeting(meeting.id)
               if one.state is InvitationState.SENT and one.answer is None]  # fmt: skip
    if not waiting:
        raise NotPossible(_l("Everybody who was invited has answered."))
    for invitation in waiting:
        record(invitation, "sent_again", by=by, at=at)
    record(meeting, "invited_again", by=by, at=at, count=len(waiting))
    return len(waiting)


def notify_of_changes(meeting: Meeting, reachable: Collection[int], *, at: datetime) -> bool:
    """Notify those invited of what changed since their last mail, and invite who was put on the list since.

    Return whether there was anything to say. Nobody hears anything once the meeting has begun.
    """
    known = [one for one in queries.of_meeting(meeting.id) if one.state is InvitationState.SENT]
    if meeting.status not in rules.HEARD_OF and at < rules.begins_at(meeting):
        return _withdraw(meeting, known, at=at) > 0
    if not rules.is_to_come(meeting, at):
        return False
    gone = [one for one in known if not any(one.is_of(row) for row in meeting.attendance)]
    withdrawn = _withdraw(meeting, gone, at=at)
    changed = [one for one in known if one not in gone and _update(meeting, one, at=at)]
    if changed:
        record(meeting, "invitations_changed", by=SYSTEM, at=at, count=len(changed))
    return invite(meeting, reachable, by=SYSTEM, at=at) + withdrawn + len(changed) > 0


def _withdraw(meeting: Meeting, invitations: Sequence[Invitation], *, at: datetime) -> int:
    for invitation in invitations:
        invitation.state = InvitationState.WITHDRAWN
        invitation.sequence = max(meeting.version, invitation.sequence + 1)
        record(invitation, "withdrawn", by=SYSTEM, at=at)
    if invitations:
        record(meeting, "invitations_withdrawn", by=SYSTEM, at=at, count=len(invitations))
    return len(invitations)


def _update(meeting: Meeting, invitation: Invitation, *, at: datetime) -> bool:
    """An answer was given for a day and an hour: it does not hold for another."""
    content = _mailed_content(meeting)
    if content["content_hash"] == invitation.content_hash:
        return False
    if (meeting.date, meeting.start_time) != (invitation.invited_for, invitation.invited_for_time):
        invitation.answer = invitation.answered_at = invitation.answered_through = None
        invitation.represented_by = invitation.reason = None
    for name, value in content.items():
        setattr(invitation, name, value)
    invitation.sequence = max(meeting.version, invitation.sequence + 1)
    record(invitation, "changed", by=SYSTEM, at=at)
    return True


def answer(invitation: Invitation, draft: AnswerDraft, through: Through, *, by: Actor, at: datetime) -> None:
    """May be changed until the meeting begins. What the attendance list says stays as it is."""
    if not invitation.may_be_answered(at):
        raise NotPossible(_l("The meeting has begun, or the invitation was withdrawn."))
    invitation.answer, invitation.answered_at, invitation.answered_through = draft.answer, at, through
    invitation.represented_by = draft.represented_by if draft.answer is Answer.REPRESENTED else None
    invitation.reason = draft.reason if draft.answer is not Answer.ATTENDING else None
    record(
        invitation.meeting, f"answered_by_{through}", by=by, at=at, to_state=draft.answer, reason=invitation.reason,
        person=invitation.person_id,
    )  # fmt: skip


def take_reply(reply: Reply, *, at: datetime) -> bool:
    """Record what a mail program answered. Return False if it does not count: forged, forwarded, too late or old.

    Call it within `unrestricted`.
    """
    invitation = queries.invitation_or_none(reply.invitation_id, to_change=True)
    given = rules.PARTICIPATION.get(reply.attends)
    if invitation is None or given is None or not invitation.may_be_answered(at):
        return False
    secret = rules.reply_secret(invitation.id, invitation.invited_at, current_settings().secret_key)
    is_from_guest = normalised_address(reply.address) == normalised_address(invitation.mailed_to or "")
    is_old = reply.sequence is not None and reply.sequence < invitation.sequence
    if not hmac.compare_digest(secret, reply.secret) or not is_from_guest or is_old:
        return False
    answer(invitation, AnswerDraft(given, reason=reply.comment), Through.MAIL_PROGRAM, by=answerer(invitation), at=at)
    return True


def answerer(invitation: Invitation) -> Actor:
    """Somebody who answers without an account: the person, with no rights."""
    return Actor(account_id=None, name=invitation.person.full_name)


def take_over(meeting: Meeting, *, by: Actor, at: datetime) -> int:
    """Write answers into the list where it still says «expected». Return how many rows changed."""
    rows = queries.not_taken_over(meeting, queries.of_meeting(meeting.id))
    for row, given in rows:
        if given.answer:
            row.status = rules.TAKEN_OVER[given.answer]
        row.represented_by, row.note = given.represented_by or row.represented_by, row.note or given.reason
    if rows:
        record(meeting, "answers_taken_over", by=by, at=at, count=len(rows))
    return len(rows)
