"""Blueprint of weekly reviews, and helpers shared by its pages."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from tracker.calendar.holidays.rules import IsoWeek, parse_week
from tracker.core.errors import NotFound
from tracker.core.pages import ensure, me
from tracker.reviews import policy, queries
from tracker.reviews.models import Review

bp = Blueprint("reviews", __name__, url_prefix="/reviews")


def week_named(text: str) -> IsoWeek:
    parsed = parse_week(text)
    if parsed is None:
        raise NotFound
    return parsed


def readable(week: str, *, to_change: bool = False) -> Review:
    review = queries.review(str(week_named(week)), to_change=to_change)
    ensure(policy.may_read(me(), review))
    return review


def back(review: Review, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for(".show", week=review.week, _anchor=anchor), 303)


def open_to_me(week: str, *, to_change: bool = False) -> Review:
    ensure(policy.may_review(me()))
    return readable(week, to_change=to_change)
