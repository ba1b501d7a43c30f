"""The buttons «Follow» and «I have seen this» on the pages of meetings, proposals, actions and targets."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.pages import ensure, flash_undoable, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.status.follows import commands, policy, queries

bp = Blueprint("follows", __name__)
blueprints = (bp,)

_PAGES = {
    "proposals": ("proposals.show", "proposal_id"),
    "actions": ("actions.show", "action_id"),
    "targets": ("targets.show", "target_id"),
    "meetings": ("meetings.show", "meeting_id"),
}


def _address(kind: str, subject_id: int) -> str:
    endpoint, name = _PAGES[kind]
    number: dict[str, Any] = {name: subject_id}
    return url_for(endpoint, **number)


@bp.app_template_global("address_of")
def address_of(kind: str, subject: queries.Subject) -> str:
    return _address(kind, subject.id)


@bp.app_template_global("title_of_followed")
def title_of(subject: queries.Subject) -> str:
    """Name of the text column that identifies the subject, for `in_words`."""
    return {"Proposal": "title", "ActionItem": "text"}.get(type(subject).__name__, "name")


@bp.app_template_global("path_of_followed")
def path_of(subject: queries.Subject) -> str:
    """Path of the page of a subject, for e-mails, which are written outside any request."""
    kind = next(kind for kind, model in queries.SUBJECTS.items() if isinstance(subject, model))
    return f"/{kind}/{subject.id}"


@bp.post("/follow/<kind>/<row:subject_id>")
@transactional
def follow(kind: str, subject_id: int) -> ResponseReturnValue:
    is_followed = commands.toggle(queries.subject(kind, subject_id), by=me(), at=clock.now())
    message = gettext("You are following it now. Changes appear on your home page and in your weekly e-mail.")
    flash_undoable(
        message if is_followed else gettext("You are no longer following it."),
        url_for(".follow", kind=kind, subject_id=subject_id),
    )
    return redirect(_address(kind, subject_id), 303)


@bp.post("/looked/<kind>/<row:subject_id>")
@transactional
def look(kind: str, subject_id: int) -> ResponseReturnValue:
    subject = queries.subject(kind, subject_id)
    ensure(policy.is_concerned(me(), subject, queries.follow_row(me(), subject)))
    commands.mark_as_seen(subject, by=me(), at=clock.now())
    return redirect(_address(kind, subject_id), 303)
