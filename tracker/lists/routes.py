"""Lists to download, and the follow-up matrix on screen."""

import io
import re
import tempfile
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import IO

from flask import Blueprint, Response, current_app, jsonify, render_template, request, send_file
from flask.typing import ResponseReturnValue

from tracker.core import clock, ownership
from tracker.core.errors import NotFound, NotPossible
from tracker.core.forms import FilterForm
from tracker.core.pages import ensure, me
from tracker.core.paging import nothing_found, page_of
from tracker.core.replica import from_replica
from tracker.core.visibility import unrestricted
from tracker.core.wording import language, number, say, speaking
from tracker.core.wording import lazy as _l
from tracker.lists import formats, labels, queries
from tracker.lists.columns import LISTS
from tracker.lists.columns.description import Listing
from tracker.lists.formats import Sheet
from tracker.meetings import queries as meetings
from tracker.reviews import formats as review_formats
from tracker.reviews import labels as review_labels
from tracker.reviews import queries as reviews
from tracker.reviews.models import Review
from tracker.reviews.rules import ReviewStatus

bp = Blueprint("exchange", __name__)
blueprints = (bp,)

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: More rows than anybody reads on paper; the typesetter holds all of them at once.
MOST_ROWS_ON_PAPER = 2000
_TOKEN = re.compile(r"[0-9a-f]{32}")


def _listing(name: str) -> Listing:
    if name not in LISTS:
        raise NotFound
    ensure(LISTS[name].may(me()))
    return LISTS[name]


def _progress_file(token: str) -> Path | None:
    """Where one reader's download tells how far it is; beside the database, so that every worker sees it."""
    if not _TOKEN.fullmatch(token):
        return None
    folder: Path = current_app.extensions["settings"].instance / "progress"
    folder.mkdir(exist_ok=True)
    ownership.hand_over(folder)
    return folder / f"{me().account_id}-{token}"


def _asked(name: str) -> tuple[Listing, FilterForm]:
    """A list and the filter in the address, as its page would ask it."""
    listing = _listing(name)
    form = listing.filter()
    form.ensure_understood()
    return listing, form


def _sheet(listing: Listing, form: FilterForm, tell: Callable[[int], None]) -> Sheet:
    return labels.sheet_of(listing, form, by=me().real.name, at=clock.now(), is_example=_is_example(), tell=tell)


def _is_example() -> bool:
    with unrestricted():
        return meetings.has_illustration()


def _download(name: str, extension: str, kind: str, write: Callable[[Sheet, IO[bytes]], None]) -> Response:
    """Write the list into a file without a name and send it: it arrives whole or not at all."""
    listing, form = _asked(name)
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the answer closes it
    told = _progress_file(request.args.get("progress", ""))
    try:
        with speaking(language()):  # one language throughout: words are looked up once
            write(_sheet(listing, form, _telling(told, listing, form) if told else lambda _: None), file)
    except BaseException:
        file.close()
        raise
    finally:
        if told:
            told.unlink(missing_ok=True)
    file.seek(0)
    return send_file(file, kind, as_attachment=True, download_name=f"{name}-{clock.today()}.{extension}")


def _telling(file: Path, listing: Listing, form: FilterForm) -> Callable[[int], None]:
    """Tell in this file how many rows of how many are written."""
    of = queries.count(listing.question(form))
    return lambda done: _tell(file, done, of)


def _tell(file: Path, done: int, of: int) -> None:
    file.write_text(f"{done} {of}")


@bp.get("/<name>.csv")
@from_replica
def csv(name: str) -> ResponseReturnValue:
    return _download(name, "csv", "text/csv", formats.write_csv)


@bp.get("/<name>.xlsx")
@from_replica
def xlsx(name: str) -> ResponseReturnValue:
    return _download(name, "xlsx", XLSX, formats.write_xlsx)


@bp.get("/<name>.pdf")
@from_replica
def pdf(name: str) -> ResponseReturnValue:
    listing, form = _asked(name)
    if queries.count(listing.question(form)) > MOST_ROWS_ON_PAPER:
        raise NotPossible(_l("More than 2,000 rows cannot be printed. Narrow the filter, or download the XLSX."))
    return _download(name, "pdf", PDF, lambda sheet, file: _write(file, formats.pdf(sheet)))


def _write(file: IO[bytes], made: bytes) -> None:
    file.write(made)


def _report(week: str, *, on_paper: bool) -> Sheet:
    """The report of a closed review, of what the viewer may see. Only the PDF has the chart."""
    review = reviews.review(week)
    ensure(review.status is ReviewStatus.CLOSED)
    return labels.report_of(
        review, reviews.frozen_content(review), by=me().real.name, at=clock.now(), is_example=_is_example(),
        picture=_picture_of(review) if on_paper else None,
    )  # fmt: skip


def _picture_of(review: Review) -> tuple[str, str] | None:
    """The figures of the weeks up to this sitting, drawn, and those of the sitting in words."""
    weeks = reviews.trend(review_formats.WEEKS_REPORTED, until=review.week)
    chart = review_formats.chart_of(weeks)
    if chart is None:
        return None
    title = say("The weeks up to this review")
    told = "; ".join(
        f"{review_labels.SERIES[name]}: {number(getattr(weeks[-1], name))}" for name in review_formats.DRAWN
    )
    words = f"{title}. {review.week}: {told}."
    svg = render_template(
        "reviews/weeks.svg", chart=chart, names=review_labels.SERIES, drawn=review_formats.DRAWN, title=title,
        description=words,
    )  # fmt: skip
    return svg, words


def _report_file(week: str, extension: str, kind: str, write: Callable[[Sheet, IO[bytes]], None]) -> Response:
    file = io.BytesIO()
    write(_report(week, on_paper=kind == PDF), file)
    file.seek(0)
    return send_file(file, kind, as_attachment=True, download_name=f"{week}.{extension}")


@bp.get("/reviews/<week>/report.xlsx")
@from_replica
def report_xlsx(week: str) -> ResponseReturnValue:
    return _report_file(week, "xlsx", XLSX, formats.write_xlsx)


@bp.get("/reviews/<week>/report.pdf")
@from_replica
def report_pdf(week: str) -> ResponseReturnValue:
    return _report_file(week, "pdf", PDF, lambda sheet, file: _write(file, formats.pdf(sheet)))


@bp.get("/progress/<token>")
def progress(token: str) -> ResponseReturnValue:
    file = _progress_file(token)
    if file is None:
        raise NotFound
    try:
        done, of = map(int, file.read_text().split())
    except (FileNotFoundError, ValueError):  # not begun, just being written, or already done
        return jsonify(done=None)
    return jsonify(done=done, of=of)


@bp.get("/actions/matrix")
def matrix() -> ResponseReturnValue:
    listing = LISTS["actions"]
    form = listing.filter()
    status = form.verdict()
    page = page_of(listing.question(form), request.args.get("page")) if status is HTTPStatus.OK else nothing_found()
    return render_template(
        "lists/matrix.html",
        form=form,
        page=page,
        headings=[str(column.heading) for column in listing.columns],
        rows=[[labels.in_text(value) for value in row[1:]] for row in labels.cells(listing, page.rows)],
        about=labels.filter_in_words(form),
        hidden=listing.hidden(),
        today=clock.today(),
    ), status
