"""Pages that compare several weeks."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.core.pages import ensure
from tracker.core.replica import from_replica
from tracker.core.wording import either
from tracker.reviews import formats, labels, queries
from tracker.reviews.routes.blueprint import bp, readable
from tracker.reviews.rules import Movement, ReviewStatus

#: Number of weeks shown: a year.
WEEKS_SHOWN = 53


@bp.get("/trends")
@from_replica
def trends() -> ResponseReturnValue:
    weeks = queries.trend(WEEKS_SHOWN)
    return render_template(
        "reviews/trends.html",
        weeks=weeks,
        series=formats.series_of(weeks),
        names=labels.SERIES,
    )


@bp.get("/compare")
@from_replica
def compare() -> ResponseReturnValue:
    closed = [row.week for row in queries.trend(WEEKS_SHOWN)]
    pair = [request.args.get("one") or (closed[-2] if len(closed) > 1 else None),
            request.args.get("other") or (closed[-1] if closed else None)]  # fmt: skip
    if None in pair:
        return render_template("reviews/compare.html", sides=[])
    sides = [readable(week or "") for week in pair]
    ensure(all(review.status is ReviewStatus.CLOSED for review in sides))
    frozen = [{row["code"]: row for row in queries.frozen_content(side)["items"]} for side in sides]
    changed: list[tuple[Any, ...]] = []
    unchanged: list[tuple[Any, ...]] = []
    for code, shown in sorted((frozen[0] | frozen[1]).items()):
        one, other = (side.get(code) for side in frozen)
        rows = unchanged if _is_same(one, other) else changed
        rows.append((either(shown["text_id"], shown["text_en"]), one, other))
    return render_template(
        "reviews/compare.html",
        weeks=closed,
        pair=pair,
        sides=[queries.figures(side.id) for side in sides],
        changed=changed,
        unchanged=unchanged,
        movements=Movement,
        state_of=labels.state_of,
        act_in=labels.act_in,
    )


def _is_same(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> bool:
    """Whether both reviews show an item in the same state and decided the same about it."""
    if one is None or other is None:
        return False
    return (labels.state_of(one), labels.act_in(one)) == (labels.state_of(other), labels.act_in(other))
