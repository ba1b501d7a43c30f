"""What the reader of a proposal may do with it, the likeliest first for their role and its state."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from tracker.core.actor import Actor, Role
from tracker.core.verbs import Verb, Verbs, Waits, arranged, verbs_of_waiting
from tracker.core.wording import gettext, label, step
from tracker.proposals.models import Proposal
from tracker.proposals.rules import AWAITING_DECISION, OPEN, Answer, ProposalStatus

S = ProposalStatus
#: Steps in the order in which they are likely.
_LIKELY = (S.APPROVED, S.REJECTED, S.DEFERRED, S.UNDER_DISCUSSION, S.IN_FOLLOW_UP, S.REALISED)


@dataclass(frozen=True, kw_only=True)
class Allowed(Waits):
    """What waits for this reader, and what policies allow."""

    steps: Collection[ProposalStatus]
    #: Answers by id of the proponent.
    answers: Mapping[int, Sequence[Answer]]
    may_edit: bool
    may_classify: bool
    may_manage: bool
    is_followed: bool


@dataclass(frozen=True, kw_only=True)
class Progress:
    actions: int
    finished_actions: int
    #: Whether it is known who has to act.
    has_holder: bool


def verbs_of(proposal: Proposal, progress: Progress, actor: Actor, allowed: Allowed) -> Verbs:
    return arranged([
        *verbs_of_waiting("proposals", proposal.id, allowed),
        *_answers(proposal, allowed),
        *_next(proposal, progress, actor, allowed),
        *_of_record(proposal, allowed),
    ])  # fmt: skip


def _answers(proposal: Proposal, allowed: Allowed) -> Iterator[Verb]:
    for proponent_id, answers in allowed.answers.items():
        for answer in answers:
            href = url_for("proposals.answering", answer=answer, proposal_id=proposal.id, proponent_id=proponent_id)
            yield Verb(label=label(answer), href=href, leads=answer is Answer.CONFIRMED)


def _next(proposal: Proposal, progress: Progress, actor: Actor, allowed: Allowed) -> Iterator[Verb]:
    is_awaiting, likely = proposal.status in AWAITING_DECISION, [one for one in _LIKELY if one in allowed.steps]
    is_missing_authority = is_awaiting and proposal.decision_authority_id is None
    if is_missing_authority and allowed.may_edit:
        href = url_for("proposals.edit", proposal_id=proposal.id, _anchor="decision_authority")
        yield Verb(label=gettext("Set who decides"), href=href, leads=True)
    if proposal.status is S.APPROVED and not progress.actions and allowed.may_edit:
        yield Verb(label=gettext("Add an action"), href=url_for("actions.new", proposal=proposal.id), leads=True)
    leading = {
        S.APPROVED: actor.has(Role.DECISION_MAKER) or not is_missing_authority,
        S.UNDER_DISCUSSION: proposal.status is S.SUBMITTED,
        S.IN_FOLLOW_UP: proposal.status is S.APPROVED and progress.actions > 0,
        S.REALISED: 0 < progress.actions == progress.finished_actions,
    }
    for to in likely:
        yield Verb(label=step(to), href=_move(proposal, to), leads=leading.get(to, False))
    if proposal.status in OPEN:
        href = url_for("status.reminder", kind="proposals", row_id=proposal.id)
        is_late = proposal.status is S.IN_FOLLOW_UP or not likely
        yield Verb(label=gettext("Ask for news"), href=href, leads=is_late and progress.has_holder)
    if proposal.status is S.IN_FOLLOW_UP and allowed.may_edit:
        yield Verb(label=gettext("Add an action"), href=url_for("actions.new", proposal=proposal.id))
    words = gettext("Stop following") if allowed.is_followed else gettext("Follow")
    href = url_for("follows.follow", kind="proposals", subject_id=proposal.id)
    yield Verb(label=words, href=href, leads=proposal.status in OPEN and not allowed.is_followed, is_post=True)


def _of_record(proposal: Proposal, allowed: Allowed) -> Iterator[Verb]:
    subject: dict[str, Any] = {"kind": "proposals", "row_id": proposal.id}
    if allowed.may_edit:
        yield Verb(label=gettext("Edit"), href=url_for("proposals.edit", proposal_id=proposal.id), is_rare=True)
        for words, page in (
            (gettext("Name a proponent"), "proposals.new_proponent"),
            (gettext("Link a target"), "proposals.new_link"),
            (gettext("Relate to another"), "proposals.new_relation"),
        ):
            yield Verb(label=words, href=url_for(page, proposal_id=proposal.id), is_rare=True)
        if proposal.status is not S.IN_FOLLOW_UP:
            href = url_for("actions.new", proposal=proposal.id)
            yield Verb(label=gettext("Add an action"), href=href, is_rare=True)
        href = url_for("attachments.new", proposal=proposal.id)
        yield Verb(label=gettext("Attach the file"), href=href, is_rare=True)
    if allowed.may_manage:
        yield Verb(label=gettext("Hand over"), href=url_for("status.new_hand_over", **subject), is_rare=True)
        yield Verb(label=gettext("Escalate"), href=url_for("escalations.escalating", **subject), is_rare=True)
        href = url_for("status.new_parts", proposal_id=proposal.id)
        yield Verb(label=gettext("Split into several parts"), href=href, is_rare=True)
    for to in ProposalStatus:
        if to in allowed.steps and to not in _LIKELY:
            yield Verb(label=step(to), href=_move(proposal, to), is_rare=True)
    if allowed.may_classify:
        href = url_for("classification.level", kind="proposals", number=proposal.id)
        yield Verb(label=gettext("Classification"), href=href, is_rare=True)


def _move(proposal: Proposal, to: ProposalStatus) -> str:
    return url_for("proposals.move", proposal_id=proposal.id, to=to)
