"""The verbs that settle a matter in its row: where they are sent, and what they ask. Policies decide who has them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from tracker.actions.changes import policy as changes
from tracker.actions.changes.rules import Direction
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core import clock
from tracker.core.actor import Actor
from tracker.core.verbs import Asked, Verb
from tracker.core.wording import gettext, step
from tracker.core.wording import lazy_gettext as _l
from tracker.inbox.labels.matters import act_of, page_of, path_of
from tracker.inbox.queries import Waiting
from tracker.inbox.rules import Matter
from tracker.proposals import policy as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Answer, ProposalStatus, can_move

#: Where a deferred proposal comes back if nobody says otherwise.
USUAL_DEFERRAL = timedelta(weeks=4)


def _reason(name: str = "reason") -> Asked:
    return Asked(name=name, words=_l("Reason"))


def _page(waiting: Waiting) -> Iterable[Verb]:
    yield Verb(label=act_of(waiting), href=path_of(waiting))


def _decision(waiting: Waiting, actor: Actor) -> Iterable[Verb]:
    proposal, today = waiting.subject, clock.today()
    if not isinstance(proposal, Proposal):
        return
    back_on = Asked(
        name="revisit_on", words=_l("Revisit date"), is_day=True, value=(today + USUAL_DEFERRAL).isoformat()
    )
    for to in (ProposalStatus.APPROVED, ProposalStatus.REJECTED, ProposalStatus.DEFERRED):
        if can_move(proposal.status, to) and proposals.may_move(actor, proposal, to):
            yield Verb(
                label=step(to),
                href=f"{page_of(waiting)}/move/{to}",
                asks=[_reason(), *([back_on] if to is ProposalStatus.DEFERRED else [])],
                sends={"on": today.isoformat(), "authority": proposal.decision_authority_id or ""},
                is_post=True,
            )


def _due_date(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    request = f"{page_of(waiting)}/requests/{waiting.row_id}"
    yield Verb(label=gettext("Grant"), href=f"{request}/grant", is_post=True)
    yield Verb(label=gettext("Refuse"), href=f"{request}/refuse", asks=[_reason("note")], is_post=True)
    yield Verb(label=gettext("Another date"), href=f"{page_of(waiting)}/due-date")


def _verification(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    action, page = waiting.subject, f"{page_of(waiting)}/move"
    reported = (action.evidence or "") if isinstance(action, ActionItem) else ""
    evidence = Asked(name="evidence", words=_l("Evidence"), is_needed=not reported, value=reported)
    sends = {"on": clock.today().isoformat()}
    yield Verb(
        label=act_of(waiting), href=f"{page}/{ActionStatus.COMPLETED}", asks=[evidence], sends=sends, is_post=True
    )
    yield Verb(
        label=gettext("Send back"),
        href=f"{page}/{ActionStatus.IN_PROGRESS}",
        asks=[_reason()],
        sends=sends,
        is_post=True,
    )


def _escalation(waiting: Waiting, actor: Actor) -> Iterable[Verb]:
    action, page = waiting.subject, path_of(waiting)
    answer = Asked(name="answer", words=_l("Answer or instruction"))
    if not (isinstance(action, ActionItem) and changes.may_settle_escalated(actor, action)):
        yield Verb(label=gettext("Give direction"), href=page, asks=[answer], is_post=True)
        return
    as_before = {"pic": action.pic_id or "", "responsible_unit": action.responsible_unit_id or ""}
    goes_on = {"direction": Direction.CONTINUE, **as_before}
    yield Verb(label=gettext("Give direction"), href=page, asks=[answer], sends=goes_on, is_post=True)
    yield Verb(label=gettext("Reassign"), href=f"{page}?direction={Direction.REASSIGN}")
    reason, stops = Asked(name="answer", words=_l("Reason")), {"direction": Direction.STOP, **as_before}
    yield Verb(label=gettext("Stop"), href=page, asks=[reason], sends=stops, is_post=True)


def _hand_over(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    answer = Asked(name="answer", words=_l("What was done, or why it is returned"))
    yield Verb(label=act_of(waiting), href=path_of(waiting), asks=[answer], is_post=True)


def _approval(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    minutes = f"{page_of(waiting)}/minutes"
    yield Verb(label=act_of(waiting), href=f"{minutes}/approve")
    note = Asked(name="note", words=_l("What has to be corrected"))
    yield Verb(label=gettext("Return"), href=f"{minutes}/return", asks=[note], is_post=True)


def _link(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    settle = f"{page_of(waiting)}/targets/{waiting.row_id}/settle"
    is_decided = isinstance(waiting.subject, Proposal) and waiting.subject.is_decided
    yield Verb(
        label=gettext("Confirm"), href=f"{settle}/confirmed", asks=[_reason("note")] if is_decided else [], is_post=True
    )
    yield Verb(label=gettext("Reject"), href=f"{settle}/rejected", asks=[_reason("note")], is_post=True)


def _attribution(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    answer = f"{page_of(waiting)}/proponents/{waiting.row_id}/answer"
    yield Verb(label=gettext("Confirm: I proposed this"), href=f"{answer}/{Answer.CONFIRMED}", is_post=True)
    note = Asked(name="note", words=_l("What is not correct: who said it, or what was meant"))
    yield Verb(label=gettext("Dispute"), href=f"{answer}/{Answer.DISPUTED}", asks=[note], is_post=True)


def _overdue(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    yield Verb(label=gettext("Report"), href=path_of(waiting))
    asked = Asked(name="asked_for", words=_l("New due date"), is_day=True)
    yield Verb(
        label=gettext("Ask for another date"),
        href=f"{page_of(waiting)}/ask-date",
        asks=[asked, _reason()],
        is_post=True,
    )


_VERBS: Mapping[Matter, Callable[[Waiting, Actor], Iterable[Verb]]] = {
    Matter.ESCALATION: _escalation, Matter.DECISION: _decision, Matter.APPROVAL: _approval, Matter.TARGET_LINK: _link,
    Matter.DUE_DATE_REQUEST: _due_date, Matter.VERIFICATION: _verification, Matter.HAND_OVER: _hand_over,
    Matter.ATTRIBUTION: _attribution, Matter.OVERDUE: _overdue,
}  # fmt: skip


def verbs_of(waiting: Waiting, actor: Actor) -> list[Verb]:
    """The likely verb first. Matters that need their page to be judged have a link to it."""
    make = _VERBS.get(waiting.matter)
    return list(make(waiting, actor) if make else _page(waiting))
