"""Make, use and end reply links. Callers commit."""

from collections.abc import Mapping
from datetime import date, datetime

from tracker.accounts.models import Account
from tracker.actions import commands as actions
from tracker.actions.changes import commands as changes
from tracker.actions.changes import queries as change_queries
from tracker.actions.commands import Report
from tracker.actions.models import ActionItem
from tracker.attachments import commands as attachments
from tracker.attachments.commands import AttachmentDraft
from tracker.audit.commands import record, recorded
from tracker.audit.models import Event
from tracker.core.actor import SYSTEM, Actor, Classification
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import in_words
from tracker.core.wording import lazy_gettext as _l
from tracker.reply_links import queries, rules
from tracker.reply_links.models import ReplyLink
from tracker.reply_links.rules import LinkEnd, Purpose


def offer_links(
    action: ActionItem, *, person_id: int | None, account: Account | None, name: str, at: datetime
) -> Mapping[Purpose, ReplyLink]:
    """Links for a mail to the person in charge. One that is out already is sent again, and lasts longer.

    None for what is classified: whoever opens a mail could read it.
    """
    if action.classification is not Classification.ORDINARY or person_id is None or person_id != action.pic_id:
        return {}
    account_id = account.id if account else None
    out = {
        link.purpose: link
        for link in queries.unended(action.id)
        if link.is_out(at) and (link.person_id, link.account_id) == (person_id, account_id) and not link.is_letter
    }
    for purpose in purposes_of(action):
        if purpose in out:
            out[purpose].expires_at = at + rules.LASTS
        else:
            out[purpose] = ReplyLink(
                action_id=action.id, purpose=purpose, person_id=person_id, account_id=account_id,
                addressee=name, is_letter=False, made_by_name=SYSTEM.name, made_at=at,
                expires_at=at + rules.LASTS,
            )  # fmt: skip
            _add(out[purpose], by=SYSTEM, at=at)
    return out


def purposes_of(action: ActionItem) -> tuple[Purpose, ...]:
    return rules.purposes(action.status, has_open_request=change_queries.open_request(action.id) is not None)


def _add(link: ReplyLink, *, by: Actor, at: datetime) -> None:
    db.session.add(link)
    db.session.flush()  # the event and the token need its id
    record(link, "made", by=by, at=at)


def write_letter(action: ActionItem, purpose: Purpose, *, by: Actor, at: datetime) -> ReplyLink:
    """A link to be printed, for whoever is in charge. Raises NotPossible if that cannot be answered now."""
    if purpose not in purposes_of(action):
        raise NotPossible(_l("That cannot be answered about this follow-up now."), field="purpose")
    link = ReplyLink(
        action_id=action.id, purpose=purpose, person_id=action.pic_id, addressee=addressee_of(action), is_letter=True,
        made_by_name=by.name, made_at=at, expires_at=at + rules.LETTER_LASTS,
    )  # fmt: skip
    _add(link, by=by, at=at)
    return link


def addressee_of(action: ActionItem) -> str:
    """Whom a letter about it is addressed to."""
    if action.pic:
        return action.pic.full_name
    if action.waiting_for:
        return action.waiting_for
    if action.responsible_position:
        return in_words(action.responsible_position, "title")
    return in_words(action.responsible_unit, "name") if action.responsible_unit else ""


def report(
    link: ReplyLink, action: ActionItem, given: Report, evidence: AttachmentDraft | None = None, *, at: datetime
) -> None:
    _end(link, LinkEnd.USED, by=link.reader, at=at)
    if evidence:
        attachments.attach(action, evidence, by=link.reader, at=at)
    actions.report_progress(action, given, by=link.reader, at=at)


def ask_due_date(link: ReplyLink, action: ActionItem, asked_for: date, reason: str, *, at: datetime) -> None:
    _end(link, LinkEnd.USED, by=link.reader, at=at)
    changes.ask_due_date(action, asked_for, reason, by=link.reader, at=at)


def revoke(link: ReplyLink, *, by: Actor, at: datetime) -> None:
    _end(link, LinkEnd.REVOKED, by=by, at=at)


def _end(link: ReplyLink, ended_as: LinkEnd, *, by: Actor, at: datetime) -> None:
    link.ended_as, link.ended_at = ended_as, at
    record(link, ended_as, by=by, at=at)


@recorded.connect
def end_overtaken(subject: object, event: Event) -> None:
    """End the links of an action when it changes hands, is answered, closed, or becomes classified."""
    if not isinstance(subject, ActionItem) or not rules.may_end_links(event.verb):
        return
    by = Actor(account_id=event.by_account_id, name=event.by_name)
    is_classified = subject.classification is not Classification.ORDINARY
    with unrestricted():  # also those that whoever classified the action no longer sees
        links = queries.unended(subject.id)
    for link in links:
        is_of_person = link.person_id is not None
        if is_classified or rules.is_overtaken(link.purpose, event.verb, event.details, is_of_person=is_of_person):
            _end(link, LinkEnd.OVERTAKEN, by=by, at=event.at)
