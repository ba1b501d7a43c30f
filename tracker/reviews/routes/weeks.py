"""Pages that compare several weeks."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.core.pages import ensure
from tracker.core.replica import from_replica
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
        return render_template("reviews/compare.html", weeks=closed, pair=pair, sides=[], rows=[], movements=Movement)
    sides = [readable(week or "") for week in pair]
    ensure(all(review.status is ReviewStatus.CLOSED for review in sides))
    frozen = [{row["code"]: row for row in queries.frozen_content(side)["items"]} for side in sides]
    return render_template(
        "reviews/compare.html",
        weeks=closed,
        pair=pair,
        sides=[queries.figures(side.id) for side in sides],
        rows=[(code, *(side.get(code) for side in frozen)) for code in sorted(frozen[0] | frozen[1])],
        movements=Movement,
        state_of=labels.state_of,
        act_in=labels.act_in,
    )
