"""Mails about meetings, with their calendar objects (iTIP, RFC 5546, by mail: RFC 6047)."""

from dataclasses import replace
from datetime import datetime

from tracker.accounts.queries import token_hash
from tracker.calendar.formats import EntryStatus, Guest, file_of
from tracker.core import clock
from tracker.core.office import office
from tracker.core.settings import Settings
from tracker.core.wording import gettext
from tracker.meetings import labels as meetings
from tracker.meetings.invitations import labels as invitations
from tracker.meetings.invitations import queries as invited
from tracker.meetings.invitations import rules
from tracker.meetings.invitations.models import Invitation
from tracker.meetings.invitations.rules import Answer, InvitationState, Occasion
from tracker.meetings.queries import classification_of_names
from tracker.notifications import queries
from tracker.notifications.formats import CalendarPart
from tracker.notifications.models import Notice
from tracker.notifications.queries import Recipient
from tracker.notifications.rules import OCCASIONS

_ATTENDS = {
    Answer.ATTENDING: "ACCEPTED", Answer.REPRESENTED: "DELEGATED", Answer.DECLINED: "DECLINED",
    Answer.TENTATIVE: "TENTATIVE",
}  # fmt: skip


def about_meeting(
    notice: Notice, to: Recipient, settings: Settings, at: datetime
) -> tuple[str, dict[str, object]] | None:
    """None if it is no longer due (the invitation was withdrawn, or declined before a reminder), or may not be told."""
    occasion = OCCASIONS[notice.kind]
    invitation = queries.invitation_to_mail(notice.subject_id or 0)
    if invitation is None or not queries.mailable(invitation.meeting, [to.person_id or 0]):
        return None
    if not _is_due(occasion, invitation, at):
        return None
    meeting = invitation.meeting
    level = classification_of_names([meeting.id])[meeting.id]
    shown = invitations.letter(meeting, level, invited.open_agenda(meeting.id))
    invitation.mailed_to = to.email
    variables: dict[str, object] = {
        "letter": shown, "occasion": occasion, "answer": invitation.answer, "name": to.name,
        "link": None if occasion is Occasion.CANCELLED else _link(invitation, settings),
    }  # fmt: skip
    if occasion is not Occasion.REMINDER:
        variables["reply_to"] = _reply_address(invitation, settings)
        variables["calendar"] = _calendar(invitation, to, occasion, settings, at)
    return invitations.subject_of(occasion, shown), variables


def _is_due(occasion: Occasion, invitation: Invitation, at: datetime) -> bool:
    if occasion is Occasion.CANCELLED:
        return invitation.state is InvitationState.WITHDRAWN
    if not invitation.may_be_answered(at):
        return False
    is_tomorrow = invitation.meeting.date == rules.day_to_remind_of(clock.local(at))
    return occasion is not Occasion.REMINDER or (is_tomorrow and invitation.answer is not Answer.DECLINED)


def _link(invitation: Invitation, settings: Settings) -> str:
    """Its hash is stored again: after a change of the secret key, earlier links end with this mail."""
    token = rules.token_of(invitation.id, invitation.invited_at, settings.secret_key)
    invitation.token_hash = token_hash(token)
    return f"{settings.site_url}/invitations/{token}"


def _reply_address(invitation: Invitation, settings: Settings) -> str | None:
    if not settings.imap_url:
        return None
    return rules.reply_address(settings.reply_address, invitation.id, invitation.invited_at, settings.secret_key)


def _calendar(
    invitation: Invitation, to: Recipient, occasion: Occasion, settings: Settings, at: datetime
) -> CalendarPart:
    meeting = invitation.meeting
    page = f"{settings.site_url}/meetings/{meeting.id}"
    level, sequence = classification_of_names([meeting.id])[meeting.id], invited.sequences([meeting])[meeting.id]
    entry = meetings.calendar_entry(meeting, level, page, at, sequence=sequence)
    guest = Guest(name=to.name, email=to.email, attends=_ATTENDS[invitation.answer] if invitation.answer else None)
    is_over = occasion is Occasion.CANCELLED
    entry = replace(
        entry, guest=guest,
        organizer=_reply_address(invitation, settings) or office().mail_from,
        organizer_name=office().name or gettext("Minutes and Proposals Tracker"),
        status=EntryStatus.CANCELLED if is_over else entry.status,
    )  # fmt: skip
    method = "CANCEL" if is_over else "REQUEST"
    return CalendarPart(file_of([entry], method=method).decode(), method)
