"""Headings of the homes, and the chain of a proposal in one line."""

from typing import Any

from tracker.core.actor import Role
from tracker.core.wording import gettext, ngettext
from tracker.proposals.models import Proposal
from tracker.proposals.rules import DECISIONS, LinkState
from tracker.reviews.rules import QueueGroup
from tracker.status.queries import Answer


def heading(section: Any) -> str:
    match section.role:
        case Role.SECRETARIAT:
            return gettext("This week")
        case Role.ADVISER:
            news = len(section.content.news)
            return ngettext("%(num)d piece of news", "%(num)d pieces of news", news) if news else gettext("No news")
        case Role.DECISION_MAKER:
            return gettext("To decide today")
        case Role.REVIEWER:
            return gettext("Review %(week)s", week=section.content.week.split("-")[1])
        case Role.PIC:
            return gettext("My follow-up actions")
        case _:
            return gettext("Administration")


def queue_kind(group: QueueGroup) -> str:
    """How the bar of a review draws what is left for this reason."""
    return _KINDS.get(group, "fill")


_KINDS = {
    QueueGroup.OVERDUE: "late",
    QueueGroup.DUE_BEFORE_NEXT: "wait",
    QueueGroup.AWAITING_VERIFICATION: "done",
    QueueGroup.STALE: "calm",
}


def stops(proposal: Proposal, answer: Answer) -> list[dict[str, Any]]:
    """What there is of the chain from the meeting to the target, as components/pictures/dots.html draws it."""
    decided = [event for event in answer.facts.events if event.verb in _DECIDED]
    decides = [mention for mention in answer.facts.mentions if mention.bearing == "decides"]
    links = [link for link in proposal.target_links if link.state is not LinkState.REJECTED]
    return [
        {"label": gettext("Meeting"), "items": [proposal.raised_in_id] if proposal.raised_in_id else []},
        {"label": gettext("Proposal"), "items": [proposal.id]},
        {"label": gettext("Decision"), "items": [*decided, *decides]},
        {"label": gettext("Follow-up"), "items": answer.facts.actions},
        {"label": gettext("Target"), "items": links},
    ]


_DECIDED = frozenset(f"moved_{status}" for status in DECISIONS)
