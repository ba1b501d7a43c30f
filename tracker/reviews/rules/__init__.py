"""Rules of the weekly review: dates, queue, movements and decisions. Pure."""

from tracker.reviews.rules.acts import act_on_action, act_on_proposal
from tracker.reviews.rules.codes import (
    CHANGES_NOTHING,
    NEEDS_REASON,
    SLIPPED,
    Act,
    Decision,
    Movement,
    Order,
    QueueGroup,
    ReviewStatus,
)
from tracker.reviews.rules.facts import ActionFacts, PreviousState, ProposalFacts
from tracker.reviews.rules.movements import movement_of_action, movement_of_proposal
from tracker.reviews.rules.queue import Place, Stop, next_to_settle, place_of_action, place_of_proposal, rank
from tracker.reviews.rules.standings import Standing, moves, standing_of
from tracker.reviews.rules.weeks import days_to_offer, next_review_on, opens_on, planned_day, quick_days, weeks_between

__all__ = [
    "CHANGES_NOTHING",
    "NEEDS_REASON",
    "SLIPPED",
    "Act",
    "ActionFacts",
    "Decision",
    "Movement",
    "Order",
    "Place",
    "PreviousState",
    "ProposalFacts",
    "QueueGroup",
    "ReviewStatus",
    "Standing",
    "Stop",
    "act_on_action",
    "act_on_proposal",
    "days_to_offer",
    "movement_of_action",
    "movement_of_proposal",
    "moves",
    "next_review_on",
    "next_to_settle",
    "opens_on",
    "place_of_action",
    "place_of_proposal",
    "planned_day",
    "quick_days",
    "rank",
    "standing_of",
    "weeks_between",
]  # fmt: skip
