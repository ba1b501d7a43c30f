"""The verbs that settle a matter in its row: where they are sent, and what they ask. Policies decide who has them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from flask_babel.speaklater import LazyString

from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core import clock
from tracker.core.actor import Actor
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


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A field of the form in the row."""

    name: str
    words: LazyString | str
    is_day: bool = False
    is_needed: bool = True
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A button of a row: a link to a page, or a form that asks at most two things."""

    words: str
    path: str
    is_link: bool = False
    asks: Sequence[Asked] = ()
    #: Sent without being asked.
    sends: Mapping[str, object] = field(default_factory=dict)

    @property
    def returns(self) -> bool:
        """Whether its page comes back to where it was opened."""
        return "#" not in self.path


def _reason(name: str = "reason") -> Asked:
    return Asked(name=name, words=_l("Reason"))


def _page(waiting: Waiting) -> Iterable[Verb]:
    yield Verb(words=act_of(waiting), path=path_of(waiting), is_link=True)


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
                words=step(to),
                path=f"{page_of(waiting)}/move/{to}",
                asks=[_reason(), *([back_on] if to is ProposalStatus.DEFERRED else [])],
                sends={"on": today.isoformat(), "authority": proposal.decision_authority_id or ""},
            )


def _due_date(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    request = f"{page_of(waiting)}/requests/{waiting.row_id}"
    yield Verb(words=gettext("Grant"), path=f"{request}/grant")
    yield Verb(words=gettext("Refuse"), path=f"{request}/refuse", asks=[_reason("note")])
    yield Verb(words=gettext("Another date"), path=f"{page_of(waiting)}/due-date", is_link=True)


def _verification(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    action, page = waiting.subject, f"{page_of(waiting)}/move"
    told = (action.evidence or "") if isinstance(action, ActionItem) else ""
    evidence = Asked(name="evidence", words=_l("Evidence"), is_needed=not told, value=told)
    sends = {"on": clock.today().isoformat()}
    yield Verb(words=act_of(waiting), path=f"{page}/{ActionStatus.COMPLETED}", asks=[evidence], sends=sends)
    yield Verb(words=gettext("Send back"), path=f"{page}/{ActionStatus.IN_PROGRESS}", asks=[_reason()], sends=sends)


def _escalation(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    answer = Asked(name="answer", words=_l("Answer or instruction"))
    yield Verb(words=gettext("Give direction"), path=path_of(waiting), asks=[answer])


def _hand_over(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    answer = Asked(name="answer", words=_l("What was done, or why it is returned"))
    yield Verb(words=act_of(waiting), path=path_of(waiting), asks=[answer])


def _approval(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    minutes = f"{page_of(waiting)}/minutes"
    yield Verb(words=act_of(waiting), path=f"{minutes}/approve", is_link=True)
    note = Asked(name="note", words=_l("What has to be corrected"))
    yield Verb(words=gettext("Return"), path=f"{minutes}/return", asks=[note])


def _link(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    settle = f"{page_of(waiting)}/targets/{waiting.row_id}/settle"
    is_decided = isinstance(waiting.subject, Proposal) and waiting.subject.is_decided
    yield Verb(words=gettext("Confirm"), path=f"{settle}/confirmed", asks=[_reason("note")] if is_decided else [])
    yield Verb(words=gettext("Reject"), path=f"{settle}/rejected", asks=[_reason("note")])


def _attribution(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    answer = f"{page_of(waiting)}/proponents/{waiting.row_id}/answer"
    yield Verb(words=gettext("Confirm: I proposed this"), path=f"{answer}/{Answer.CONFIRMED}")
    note = Asked(name="note", words=_l("What is not correct: who said it, or what was meant"))
    yield Verb(words=gettext("Dispute"), path=f"{answer}/{Answer.DISPUTED}", asks=[note])


def _overdue(waiting: Waiting, _: Actor) -> Iterable[Verb]:
    yield Verb(words=gettext("Report"), path=path_of(waiting), is_link=True)
    asked = Asked(name="asked_for", words=_l("New due date"), is_day=True)
    yield Verb(words=gettext("Ask for another date"), path=f"{page_of(waiting)}/ask-date", asks=[asked, _reason()])


_VERBS: Mapping[Matter, Callable[[Waiting, Actor], Iterable[Verb]]] = {
    Matter.ESCALATION: _escalation, Matter.DECISION: _decision, Matter.APPROVAL: _approval, Matter.TARGET_LINK: _link,
    Matter.DUE_DATE_REQUEST: _due_date, Matter.VERIFICATION: _verification, Matter.HAND_OVER: _hand_over,
    Matter.ATTRIBUTION: _attribution, Matter.OVERDUE: _overdue,
}  # fmt: skip


def verbs_of(waiting: Waiting, actor: Actor) -> list[Verb]:
    """The likely verb first. Matters that need their page to be judged have a link to it."""
    make = _VERBS.get(waiting.matter)
    return list(make(waiting, actor) if make else _page(waiting))
