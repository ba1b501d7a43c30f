"""What the reader of an action may do with it, the likeliest first for their role and its state."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for

from tracker.actions import rules
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core.verbs import Verb, Verbs, Waits, arranged, verbs_of_waiting
from tracker.core.wording import gettext, step

A = ActionStatus


@dataclass(frozen=True, kw_only=True)
class Allowed(Waits):
    """What waits for this reader, and what policies allow."""

    steps: Collection[ActionStatus]
    #: Id of the request that the reader may answer.
    request_id: int | None
    is_own: bool
    is_late: bool
    may_report: bool
    may_ask: bool
    may_attach: bool
    may_move_due_date: bool
    may_manage: bool
    may_edit: bool
    may_classify: bool
    may_write_letter: bool
    is_followed: bool


def verbs_of(action: ActionItem, allowed: Allowed) -> Verbs:
    return arranged([
        *verbs_of_waiting("actions", action.id, allowed, _judging(action, allowed)),
        *_next(action, allowed),
        *_rare(action, allowed),
        *_steps(action, allowed),
    ])  # fmt: skip


def _judging(action: ActionItem, allowed: Allowed) -> Iterator[Verb]:
    if action.status is A.AWAITING_VERIFICATION and A.COMPLETED in allowed.steps:
        yield Verb(label=gettext("Verify"), href=_move(action, A.COMPLETED), leads=True)
        yield Verb(label=gettext("Send back"), href=_move(action, A.IN_PROGRESS))
    if allowed.request_id:
        request: dict[str, Any] = {"action_id": action.id, "request_id": allowed.request_id}
        yield Verb(label=gettext("Grant the new due date"), href=url_for("changes.granting", **request), leads=True)
        yield Verb(label=gettext("Refuse"), href=url_for("changes.refusing", **request))


def _next(action: ActionItem, allowed: Allowed) -> Iterator[Verb]:
    report = Verb(label=gettext("Report"), href=url_for("reports.new_report", action_id=action.id), leads=True)
    is_nobodys = action.pic is None and action.responsible_position is None and not action.waiting_for
    if allowed.may_report and allowed.is_own:
        yield report
    if allowed.may_manage and is_nobodys:
        yield Verb(label=gettext("Name a PIC"), href=_reassign(action), leads=True)
    if allowed.may_move_due_date:
        words = gettext("Move the due date") if action.due_on else gettext("Set a due date")
        href = url_for("actions.promise", action_id=action.id)
        yield Verb(label=words, href=href, leads=allowed.is_late or action.due_on is None)
    if allowed.may_report and not allowed.is_own:
        yield report
    if allowed.may_ask and not allowed.may_move_due_date:
        yield Verb(label=gettext("Request another due date"), href=url_for("changes.asking", action_id=action.id))
    if allowed.may_manage and not is_nobodys:
        yield Verb(label=gettext("Reassign"), href=_reassign(action))
    if action.is_open:
        href = url_for("status.reminder", kind="actions", row_id=action.id)
        yield Verb(label=gettext("Ask for news"), href=href, leads=not allowed.may_report)
    words = gettext("Stop following") if allowed.is_followed else gettext("Follow")
    href = url_for("follows.follow", kind="actions", subject_id=action.id)
    yield Verb(label=words, href=href, is_post=True)


def _rare(action: ActionItem, allowed: Allowed) -> Iterator[Verb]:
    subject: dict[str, Any] = {"kind": "actions", "row_id": action.id}
    asking = url_for("changes.asking", action_id=action.id)
    letter = url_for("reply_links.new", action_id=action.id)
    level = url_for("classification.level", kind="actions", number=action.id)
    for is_offered, words, href in (
        (allowed.may_ask and allowed.may_move_due_date, gettext("Request another due date"), asking),
        (allowed.may_attach, gettext("Attach the file"), url_for("attachments.new", action=action.id)),
        (allowed.may_report, gettext("Put on hold"), url_for("changes.holding", action_id=action.id)),
        (allowed.may_report and action.hold, gettext("Resume"), url_for("changes.releasing", action_id=action.id)),
        (allowed.may_edit, gettext("Edit"), url_for("actions.edit", action_id=action.id)),
        (allowed.may_edit and action.is_open, gettext("Hand over"), url_for("status.new_hand_over", **subject)),
        (allowed.may_manage, gettext("Escalate"), url_for("escalations.escalating", **subject)),
        (allowed.may_write_letter, gettext("Letter with a link"), letter),
        (allowed.may_classify, gettext("Classification"), level),
    ):
        if is_offered:
            yield Verb(label=words, href=href, is_rare=True)


def _steps(action: ActionItem, allowed: Allowed) -> Iterator[Verb]:
    is_verification = action.status is A.AWAITING_VERIFICATION and A.COMPLETED in allowed.steps
    for to in allowed.steps:
        if not is_verification or to in rules.GIVEN_UP:
            words = gettext("Reopen") if action.status is A.COMPLETED else step(to)
            yield Verb(label=words, href=_move(action, to), is_rare=True)


def _reassign(action: ActionItem) -> str:
    return url_for("changes.reassigning", action_id=action.id)


def _move(action: ActionItem, to: ActionStatus) -> str:
    return url_for("actions.move", action_id=action.id, to=to)
