"""The worker that sends the notices in the outbox. Several may run: a notice is leased to one worker at a time."""

import imaplib
import smtplib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

import click
import structlog
from flask import Flask

from tracker.accounts.access import commands as access
from tracker.core import background, clock, stamps, storage
from tracker.core.actor import acting
from tracker.core.db import db
from tracker.core.deliveries import Answer, Fault
from tracker.core.mail import Mailer, is_permanent
from tracker.core.mailbox import Mailbox
from tracker.core.office import office
from tracker.core.restarts import restarted, restarting
from tracker.core.settings import current_settings
from tracker.core.terminal import Refused, plainly
from tracker.core.terminal import told as _
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.core.wording import gettext, speaking
from tracker.meetings import queries as meetings
from tracker.meetings.invitations import commands as invitations
from tracker.meetings.invitations import queries as invited
from tracker.meetings.invitations.formats import Reply, reply_in
from tracker.meetings.invitations.rules import day_to_remind_of
from tracker.notifications import commands, labels, queries, rules
from tracker.notifications.models import Notice
from tracker.notifications.rules import NoticeState
from tracker.webhooks import commands as webhooks
from tracker.webhooks.labels import message_of
from tracker.webhooks.queries import in_full

_SECONDS = click.IntRange(0, int(timedelta(days=1).total_seconds()))

#: How often changes of meetings are looked for, which also joins changes made one after the other, and other work
#: in the background is done.
NOTIFY_EVERY = timedelta(minutes=1)


def register(app: Flask) -> None:
    app.cli.add_command(worker)


@click.command("worker", help=_("Send mails and webhooks until stopped, and the weekly digests when they are due."))
@click.option("--once", is_flag=True, help=_("Send what is due now, then stop (for cron)."))
@click.option("--pause", type=_SECONDS, default=5, show_default=True, help=_("Seconds to wait when nothing is due."))
@click.option(
    "--lease",
    type=_SECONDS,
    default=300,
    show_default=True,
    help=_("Seconds after which another worker may take a notice."),
)
@plainly
def worker(once: bool, pause: int, lease: int) -> None:
    address = current_settings().smtp_url
    if not address:
        raise Refused(gettext("Set SMTP_URL, for example smtp://mail.example.go.id:25."))
    mailer, notify_from = Mailer(address), clock.now()
    mailbox = Mailbox(current_settings().imap_url) if current_settings().imap_url else None
    while True:
        stamps.note(current_settings().worker_stamp, clock.now())
        with clock.in_zone(office().timezone):
            _add_digests()
            if clock.now() >= notify_from:
                _take_replies(mailbox)
                _notify_of_changes()
                for job in background.jobs():
                    job()
                notify_from = clock.now() + NOTIFY_EVERY
            _add_reminders()
            _process_reset_requests()
            storage.waiting().drop_old(clock.now())
            while _send_next(mailer, timedelta(seconds=lease)) or _deliver_next(timedelta(seconds=lease)):
                pass
        if once:
            return
        time.sleep(pause)


@restarted
def _add_digests() -> None:
    now = clock.now()
    week = rules.digest_week(now)
    if week and commands.add_digests(week, at=now):
        commit()
    db.session.remove()


def _take_replies(mailbox: Mailbox | None) -> None:
    """Record what mail programs answered to invitations. Everything else stays in the mailbox, unread."""
    if mailbox is None:
        return
    try:
        with mailbox.open() as opened:
            for number, mail in opened.unread():
                reply = reply_in(mail)
                if reply and _store_reply(reply):
                    opened.mark_read(number)
                db.session.remove()
    except (OSError, imaplib.IMAP4.error) as error:
        db.session.remove()
        structlog.get_logger("tracker.worker").warning("mailbox", fault=type(error).__name__)


@restarted
def _store_reply(reply: Reply) -> bool:
    with unrestricted():
        is_taken = invitations.take_reply(reply, at=clock.now())
        if is_taken:
            commit()
    return is_taken


def _notify_of_changes() -> None:
    """Notify those invited to meetings of what changed, each meeting in a transaction of its own."""
    now = clock.now()
    with unrestricted():
        numbers = [meeting.id for meeting in invited.meetings_to_notify(clock.today())]
    for number in numbers:
        db.session.remove()
        _notify_of_meeting(number, now)
    db.session.remove()


@restarted
def _notify_of_meeting(number: int, now: datetime) -> None:
    with unrestricted():
        meeting = meetings.meeting(number, to_change=True)
        persons = invited.persons_on_list(meeting)
    reachable = queries.mailable(meeting, persons)
    with unrestricted():
        if invitations.notify_of_changes(meeting, frozenset(reachable), at=now):
            commit()


@restarted
def _add_reminders() -> None:
    now = clock.now()
    day = day_to_remind_of(clock.local(now))
    if day and commands.add_reminders(day, at=now):
        commit()
    db.session.remove()


@restarted
def _process_reset_requests() -> None:
    """The page stores requests for a new password without looking the account up; that happens here."""
    if access.process_reset_requests(at=clock.now()):
        commit()
    db.session.remove()


def _send_next(mailer: Mailer, lease: timedelta) -> bool:
    """Lease, send and settle one notice. A crash between these steps loses no notice."""
    notice = _take_notice(lease)
    if notice is None:
        return False
    try:
        state = _send(notice, mailer)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        fault, refused = type(error).__name__, is_permanent(error)
        _settled(lambda: commands.postpone(notice, fault, is_permanent=refused, at=clock.now()))
        structlog.get_logger("tracker.worker").warning("notice", notice=notice.id, fault=fault)
    else:
        _settled(lambda: commands.settle(notice, state, at=clock.now()))
    db.session.remove()
    return True


@restarted
def _take_notice(lease: timedelta) -> Notice | None:
    notice = commands.take(clock.now(), lease)
    commit()
    return notice


def _settled(settle: Callable[[], None]) -> None:
    """Store what became of something that was sent: this may be restarted, sending may not."""

    def store() -> None:
        settle()
        commit()

    restarting(store)


def _send(notice: Notice, mailer: Mailer) -> NoticeState:
    """Write the mail with what its reader may see at this moment, and send it."""
    mail = _written(notice)
    if mail is None:
        return NoticeState.MOOT
    mailer.send(mail)
    return NoticeState.SENT


@restarted
def _written(notice: Notice) -> EmailMessage | None:
    recipient = queries.recipient(notice)
    if recipient is None:
        return None
    with acting(recipient.actor), speaking(recipient.language):
        mail = labels.mail_of(notice, recipient, current_settings(), clock.now())
    if mail:
        commit()  # a link in the mail works only once it is stored
    return mail


def _deliver_next(lease: timedelta) -> bool:
    """Lease, send and settle one message of a webhook. A crash between these steps sends it again, with the same id."""
    from tracker.core import outgoing  # noqa: PLC0415  # 0.1 s; most workers of small offices send no webhooks

    delivery_id = _take_delivery(lease)
    if delivery_id is None:
        return False
    settings, answer = current_settings(), None
    try:
        message = message_of(in_full(delivery_id), settings, clock.now())
    except ValueError:
        answer = Answer(fault=Fault.NO_SECRET)
    else:
        commit()  # nobody waits for the database while it is sent
        if message:
            answer = outgoing.send(message, settings.webhook_networks)
    _settled(lambda: _settle_delivery(delivery_id, answer))
    if answer and not answer.is_good:
        log = structlog.get_logger("tracker.worker")
        log.warning("webhook", delivery=delivery_id, status=answer.status, fault=answer.fault)
    db.session.remove()
    return True


@restarted
def _take_delivery(lease: timedelta) -> int | None:
    delivery_id = webhooks.take(clock.now(), lease)
    commit()
    return delivery_id


def _settle_delivery(delivery_id: int, answer: Answer | None) -> None:
    delivery = in_full(delivery_id)
    if answer is None:
        webhooks.withdraw(delivery)
    else:
        webhooks.settle(delivery, answer, at=clock.now())
