"""Labels of the outbox, and the text of mails."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from urllib.parse import urlsplit

from flask import render_template
from flask_babel.speaklater import LazyString

from tracker.accounts.access.commands import link_of_invitation, make_link
from tracker.accounts.access.rules import LinkKind
from tracker.accounts.models import Account
from tracker.accounts.queries import as_actor
from tracker.accounts.rules import INVITATION_LASTS
from tracker.actions import queries as actions
from tracker.actions.changes.rules import RequestState
from tracker.actions.models import ActionItem
from tracker.classification.queries import is_mailable
from tracker.core.actor import SYSTEM, Classification
from tracker.core.clock import day_at
from tracker.core.office import office
from tracker.core.settings import Settings
from tracker.core.wording import (
    Shape,
    Shapes,
    Words,
    gettext,
    in_words,
    label,
    language,
    ngettext,
    sentence,
    short_day,
)
from tracker.core.wording import lazy_gettext as _l
from tracker.notifications import formats, queries, rules
from tracker.notifications.labels.meetings import about_meeting
from tracker.notifications.models import Notice
from tracker.notifications.queries import Digest, Recipient
from tracker.notifications.rules import NoticeKind, NoticeState
from tracker.reply_links import commands as reply_links
from tracker.reply_links.rules import token_of
from tracker.webhooks import queries as webhooks

WORDS: Words = {
    NoticeKind: {
        NoticeKind.ASSIGNED: _l("A follow-up was assigned"),
        NoticeKind.TAKEN_BACK: _l("An assignment was withdrawn"),
        NoticeKind.TO_APPROVE: _l("Minutes are waiting for approval"),
        NoticeKind.DIGEST: _l("Weekly digest"),
        NoticeKind.RESET: _l("Link for a new password"),
        NoticeKind.INVITATION: _l("Invitation"),
        NoticeKind.TEST: _l("Test mail"),
        NoticeKind.DATE_ANSWERED: _l("A request for another due date was answered"),
        NoticeKind.ACTION_ESCALATED: _l("A follow-up was escalated"),
        NoticeKind.PROPOSAL_ESCALATED: _l("A proposal was escalated"),
        NoticeKind.MEETING_INVITED: _l("Invitation to a meeting"),
        NoticeKind.MEETING_CHANGED: _l("A meeting was changed"),
        NoticeKind.MEETING_CANCELLED: _l("A meeting or an invitation was cancelled"),
        NoticeKind.MEETING_REMINDER: _l("Reminder of a meeting"),
        NoticeKind.WEBHOOK_OFF: _l("A webhook was switched off"),
        NoticeKind.SENT_BACK: _l("A report by a link was sent back"),
    },
    NoticeState: {
        NoticeState.WAITING: _l("Waiting"),
        NoticeState.SENT: _l("Sent"),
        NoticeState.MOOT: _l("No longer needed"),
        NoticeState.DEAD: _l("Delivery failed"),
    },
}
SHAPES: Shapes = {
    NoticeState: {
        NoticeState.WAITING: Shape.OPEN,
        NoticeState.SENT: Shape.DONE,
        NoticeState.MOOT: Shape.ENDED,
        NoticeState.DEAD: Shape.LATE,
    }
}
EVENTS: dict[str, dict[str, LazyString]] = {
    "notice": {"tried_again": _l("Sent again after delivery failed")},
    "account": {"test_mail_asked": _l("Test mail requested")},
}

#: The subject, and variables for the template.
Content = tuple[str, dict[str, object]]
_Writer = Callable[[Notice, Recipient, Settings, datetime], Content | None]


def mail_of(notice: Notice, recipient: Recipient, settings: Settings, at: datetime) -> EmailMessage | None:
    """The mail in the recipient's language with what they may see now; None if that is nothing.

    Call it within `acting(recipient.actor)` and `speaking(recipient.language)`.
    """
    content = _CONTENTS[notice.kind](notice, recipient, settings, at)
    if content is None:
        return None
    subject, variables = content
    calendar, reply_to = variables.get("calendar"), variables.get("reply_to")
    account = recipient.account
    stop = _stop_address(account, settings) if account and notice.kind is NoticeKind.DIGEST else None
    frame = {"reader": account, "site": settings.site_url, "subject": subject, "stop": stop}
    context = {**frame, "office_name": office().name, **variables}
    return formats.mail(
        sender=office().sender, to=recipient.email, subject=subject, language=language(), made_at=notice.made_at,
        text=render_template(f"notifications/{notice.kind}.txt", **context),
        html=render_template(f"notifications/{notice.kind}.html", **context),
        calendar=calendar if isinstance(calendar, formats.CalendarPart) else None,
        reply_to=str(reply_to) if reply_to else None, unsubscribe=stop,
        message_id=rules.message_id(notice.key, urlsplit(settings.site_url).hostname or "localhost"),
    )  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """A link with which the reader answers without signing in."""

    words: str
    address: str
    until: datetime


def _replies(action: ActionItem, to: Recipient, settings: Settings, at: datetime) -> list[Reply]:
    """Made now, since they expire. The worker commits them before sending."""
    links = reply_links.offer_links(action, person_id=to.person_id, account=to.account, name=to.name, at=at)
    return [
        Reply(label(purpose), f"{settings.site_url}/reply/{token_of(link.id, settings.secret_key)}", link.expires_at)
        for purpose, link in links.items()
    ]


def _assigned(notice: Notice, to: Recipient, settings: Settings, at: datetime) -> Content | None:
    action = queries.action(notice.subject_id or 0)
    if action is None or action.pic_id != to.person_id:
        return None
    if action.classification is not Classification.ORDINARY:
        return gettext("A classified follow-up was assigned to you"), {"action": None}
    replies = _replies(action, to, settings, at)
    return gettext("%(code)s was assigned to you", code=action.code), {"action": action, "replies": replies}


def _taken_back(notice: Notice, to: Recipient, *_: object) -> Content | None:
    action = queries.action(notice.subject_id or 0)
    is_unknown = action is None and to.account is None
    if is_unknown or (action is not None and action.pic_id == to.person_id):
        return None
    if action is None or action.classification is not Classification.ORDINARY:
        return gettext("A classified follow-up is no longer yours"), {"action": None}
    return gettext("%(code)s is no longer yours: the assignment was undone", code=action.code), {"action": action}


def _to_approve(notice: Notice, *_: object) -> Content | None:
    meeting = queries.meeting(notice.subject_id or 0)
    if meeting is None or meeting.locked_at is None:
        return None
    if not is_mailable(meeting):
        return gettext("The minutes of a classified meeting are waiting for your approval"), {"meeting": None}
    return gettext("The minutes of %(code)s are waiting for your approval", code=meeting.code), {"meeting": meeting}


def _reset(_: Notice, reader: Account, settings: Settings, at: datetime) -> Content | None:
    """The link is made now, because it expires half an hour after it is made. The worker commits it before sending."""
    token = make_link(reader, LinkKind.RESET, by=SYSTEM, at=at, ends_earlier=False)
    return gettext("A new password for the tracker"), {"address": f"{settings.site_url}/access/{token}"}


def _invitation(notice: Notice, reader: Account, settings: Settings, at: datetime) -> Content | None:
    """None if the invitation was withdrawn, used, or sent again since."""
    is_newest = reader.invited_at is not None and notice.made_at >= reader.invited_at
    token = link_of_invitation(reader, at=at) if is_newest else None
    if token is None or reader.invited_at is None:
        return None
    until = reader.invited_at + INVITATION_LASTS
    return gettext("You are invited to the tracker"), {"address": f"{settings.site_url}/access/{token}", "until": until}


def _date_answered(notice: Notice, to: Recipient, settings: Settings, at: datetime) -> Content | None:
    action = queries.action(notice.subject_id or 0)
    request = queries.answered_request(action.id, to.account.id if to.account else None) if action else None
    if action is None or request is None:
        return None
    if action.classification is not Classification.ORDINARY:
        return gettext("Your request for another due date was answered"), {"action": None, "asked": None}
    granted = gettext("%(code)s: your new due date was granted", code=action.code)
    refused = gettext("%(code)s: your request for another due date was refused", code=action.code)
    subject = granted if request.state is RequestState.GRANTED else refused
    return subject, {"action": action, "asked": request, "replies": _replies(action, to, settings, at)}


def _sent_back(notice: Notice, to: Recipient, settings: Settings, at: datetime) -> Content | None:
    """None if it was reported again, or ended, since."""
    action = queries.action(notice.subject_id or 0)
    answer = actions.sent_back(action) if action else None
    if action is None or answer is None:
        return None
    if action.classification is not Classification.ORDINARY:
        return gettext("A report of yours was sent back"), {"action": None}
    replies = _replies(action, to, settings, at)
    subject = gettext("%(code)s is not finished yet: your report was sent back", code=action.code)
    return subject, {"action": action, "answer": answer, "replies": replies}


def _escalated(notice: Notice, reader: Account, *_: object) -> Content | None:
    table = "action_item" if notice.kind is NoticeKind.ACTION_ESCALATED else "proposal"
    waiting = queries.escalation_to_answer(as_actor(reader), table, notice.subject_id or 0)
    if waiting is None:
        return None
    if waiting.subject.classification is not Classification.ORDINARY:
        return gettext("A classified item was escalated to you"), {"waiting": None}
    return gettext("%(code)s was escalated to you", code=waiting.subject.code), {"waiting": waiting}


def _webhook_off(notice: Notice, *_: object) -> Content | None:
    endpoint = webhooks.endpoint_if_off(notice.subject_id or 0)
    if endpoint is None:
        return None
    return gettext("Your webhook to %(host)s was switched off", host=endpoint.host), {"endpoint": endpoint}


def _digest(_: Notice, reader: Account, settings: Settings, at: datetime) -> Content | None:
    digest = queries.digest_of(as_actor(reader), day_at(at))
    to = Recipient.of_account(reader)
    replies = {action.id: _replies(action, to, settings, at) for action in digest.due_soon}
    return (_headline(digest), {"digest": digest, "replies": replies}) if digest else None


def _headline(digest: Digest) -> str:
    parts = []
    if digest.news:
        first, more = digest.news[0], len(digest.news) - 1
        name = getattr(first.subject, "code", None) or in_words(first.subject, "name")
        parts.append(f"{name}: {sentence(first.events[0])}")
        if more:
            parts.append(ngettext("%(num)s more changed", "%(num)s more changed", more))
    if digest.waiting:
        parts.append(
            ngettext("%(num)s item is waiting for you", "%(num)s items are waiting for you", digest.waiting_count)
        )
    elif digest.due_soon and not digest.news:
        parts.append(gettext("%(code)s is due on %(day)s", code=digest.due_soon[0].code,
                        day=short_day(digest.due_soon[0].due_on or date.max)))  # fmt: skip
    return "; ".join(parts) or gettext("Your week: classified items, to be read after signing in")


def _stop_address(reader: Account, settings: Settings) -> str:
    """The address that stops the digest in one step. It contains the encrypted account id."""
    return f"{settings.site_url}/mails/stop/{rules.stop_token(reader.id, settings.secret_key)}"


def _to_account(write: Callable[[Notice, Account, Settings, datetime], Content | None]) -> _Writer:
    """For kinds of mails that only accounts get."""
    return lambda notice, to, settings, at: write(notice, to.account, settings, at) if to.account else None


_CONTENTS: dict[NoticeKind, _Writer] = {
    NoticeKind.ASSIGNED: _assigned,
    NoticeKind.TAKEN_BACK: _taken_back,
    NoticeKind.TO_APPROVE: _to_account(_to_approve),
    NoticeKind.DIGEST: _to_account(_digest),
    NoticeKind.RESET: _to_account(_reset),
    NoticeKind.INVITATION: _to_account(_invitation),
    NoticeKind.TEST: lambda *_: (gettext("Test mail"), {}),
    NoticeKind.DATE_ANSWERED: _date_answered,
    NoticeKind.ACTION_ESCALATED: _to_account(_escalated),
    NoticeKind.PROPOSAL_ESCALATED: _to_account(_escalated),
    **dict.fromkeys(rules.OCCASIONS, about_meeting),
    NoticeKind.WEBHOOK_OFF: _webhook_off,
    NoticeKind.SENT_BACK: _sent_back,
}
