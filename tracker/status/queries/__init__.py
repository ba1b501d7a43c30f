"""Queries that collect everything related to a proposal or an action."""

from tracker.status.queries.facts import (
    Facts,
    day_of,
    facts_of,
    hand_over,
    hand_over_to_answer,
    hand_overs_of_action,
    hand_overs_overtaken,
    open_hand_overs,
)
from tracker.status.queries.others import about_indicator, about_meeting
from tracker.status.queries.register import setting, unanswered
from tracker.status.queries.standings import Answer, answer_about_action, answers_about
from tracker.status.queries.timeline import timeline_of_action, timeline_of_proposal

__all__ = [
    "Answer",
    "Facts",
    "about_indicator",
    "about_meeting",
    "answer_about_action",
    "answers_about",
    "day_of",
    "facts_of",
    "hand_over",
    "hand_over_to_answer",
    "hand_overs_of_action",
    "hand_overs_overtaken",
    "open_hand_overs",
    "setting",
    "timeline_of_action",
    "timeline_of_proposal",
    "unanswered",
]
