"""Downloads of lists, and the page of the follow-up matrix."""

import io
import re
import tempfile
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

from flask import Blueprint, Response, jsonify, render_template, request, send_file
from flask.typing import ResponseReturnValue

from tracker.core import clock, ownership, pictures
from tracker.core.errors import NotFound, NotPossible
from tracker.core.forms import FilterForm
from tracker.core.media_types import PDF, XLSX
from tracker.core.pages import ensure, me
from tracker.core.paging import nothing_found, page_of
from tracker.core.replica import from_replica
from tracker.core.settings import current_settings
from tracker.core.visibility import unrestricted
from tracker.core.wording import label, language, ngettext, number, speaking
from tracker.core.wording import lazy_gettext as _l
from tracker.lists import formats, labels, queries
from tracker.lists.columns import LISTS
from tracker.lists.columns.description import Listing
from tracker.lists.formats import Sheet
from tracker.meetings import queries as meetings
from tracker.reviews import labels as review_labels
from tracker.reviews import queries as reviews
from tracker.reviews.labels import Course
from tracker.reviews.models import Review
from tracker.reviews.rules import ReviewStatus, Standing

bp = Blueprint("lists", __name__)
blueprints = (bp,)

#: The typesetter holds all rows in memory, and nobody reads more on paper.
MOST_ROWS_ON_PAPER = 2000
_TOKEN = re.compile(r"[0-9a-f]{32}")


def _listing(name: str) -> Listing:
    if name not in LISTS:
        raise NotFound
    ensure(LISTS[name].may(me()))
    return LISTS[name]


def _progress_file(token: str) -> Path | None:
    """The file with the progress of one download; in the instance folder, so that every worker can read it."""
    if not _TOKEN.fullmatch(token):
        return None
    folder: Path = current_settings().instance / "progress"
    folder.mkdir(exist_ok=True)
    ownership.give_to_owner(folder)
    return folder / f"{me().account_id}-{token}"


def _listing_and_filter(name: str) -> tuple[Listing, FilterForm]:
    listing = _listing(name)
    form = listing.filter()
    form.ensure_understood()
    return listing, form


def _sheet(listing: Listing, form: FilterForm, on_progress: Callable[[int], None]) -> Sheet:
    by = me().real.name
    return labels.sheet_of(listing, form, by=by, at=clock.now(), is_example=_is_example(), on_progress=on_progress)


def _is_example() -> bool:
    with unrestricted():
        return meetings.has_illustration()


def _download(name: str, extension: str, kind: str, write: Callable[[Sheet, IO[bytes]], None]) -> Response:
    """Write the list to a temporary file first, so that the download is either complete or fails."""
    listing, form = _listing_and_filter(name)
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the response
    progress_file = _progress_file(request.args.get("progress", ""))
    try:
        with speaking(language()):  # look the language up once instead of for each label
            on_progress = _progress_writer(progress_file, listing, form) if progress_file else lambda _: None
            write(_sheet(listing, form, on_progress), file)
    except BaseException:
        file.close()
        raise
    finally:
        if progress_file:
            progress_file.unlink(missing_ok=True)
    file.seek(0)
    return send_file(file, kind, as_attachment=True, download_name=f"{name}-{clock.today()}.{extension}")


def _progress_writer(file: Path, listing: Listing, form: FilterForm) -> Callable[[int], None]:
    total = queries.count(listing.query(form))
    return lambda done: _write_progress(file, done, total)


def _write_progress(file: Path, done: int, total: int) -> None:
    file.write_text(f"{done} {total}")


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
    listing, form = _listing_and_filter(name)
    if queries.count(listing.query(form)) > MOST_ROWS_ON_PAPER:
        raise NotPossible(_l("More than 2,000 rows cannot be printed. Narrow the filter, or download the XLSX."))
    return _download(name, "pdf", PDF, lambda sheet, file: _write(file, formats.pdf(sheet)))


def _write(file: IO[bytes], content: bytes) -> None:
    file.write(content)


def _report(week: str) -> tuple[Review, dict[str, Any]]:
    """A closed review, and of its report what the viewer may see."""
    review = reviews.review(week)
    ensure(review.status is ReviewStatus.CLOSED)
    return review, reviews.frozen_content(review)


def _picture_of(review: Review, course: Course) -> tuple[str, str, str] | None:
    """Where the actions went since the review before: title, SVG, and the same in words."""
    drawn = pictures.flow(course.moves, course.before, course.after)
    if review.previous is None or drawn is None:
        return None
    title = ngettext("Where %(num)d action went", "Where %(num)d actions went", course.total)
    words = "; ".join(
        f"{label(Standing(one))} → {label(Standing(other))}: {number(count)}"
        for (one, other), count in course.moves.items()
    )
    titles = [review_labels.week_title(side) for side in (review.previous, review)]
    svg = render_template(
        "reviews/flow.svg", drawn=drawn, title=title, description=words, before_title=titles[0], after_title=titles[1]
    )
    return title, svg, f"{title}. {words}"


def _report_file(week: str, extension: str, kind: str, file: IO[bytes]) -> Response:
    file.seek(0)
    return send_file(file, kind, as_attachment=True, download_name=f"{week}.{extension}")


@bp.get("/reviews/<week>/report.xlsx")
@from_replica
def report_xlsx(week: str) -> ResponseReturnValue:
    review, content = _report(week)
    file = io.BytesIO()
    sheet = labels.report_of(review, content, by=me().real.name, at=clock.now(), is_example=_is_example())
    formats.write_xlsx(sheet, file)
    return _report_file(week, "xlsx", XLSX, file)


@bp.get("/reviews/<week>/report.pdf")
@from_replica
def report_pdf(week: str) -> ResponseReturnValue:
    review, content = _report(week)
    before = reviews.standings_after(review.previous) if review.previous else {}
    course = review_labels.course_of(content, before)
    sheet = labels.report_on_paper(review, content, course, by=me().real.name, at=clock.now(), is_example=_is_example())
    return _report_file(week, "pdf", PDF, io.BytesIO(formats.report_pdf(sheet, _picture_of(review, course))))


@bp.get("/progress/<token>")
def progress(token: str) -> ResponseReturnValue:
    file = _progress_file(token)
    if file is None:
        raise NotFound
    try:
        done, total = map(int, file.read_text().split())
    except (FileNotFoundError, ValueError):  # not started, just being written, or finished
        return jsonify(done=None)
    return jsonify(done=done, of=total)


@bp.get("/actions/matrix")
def matrix() -> ResponseReturnValue:
    listing = LISTS["actions"]
    form = listing.filter()
    status = form.validation_status()
    page = page_of(listing.query(form), request.args.get("page")) if status is HTTPStatus.OK else nothing_found()
    return render_template(
        "lists/matrix.html",
        form=form,
        page=page,
        columns=listing.columns,
        rows=[[labels.with_dashes(value) for value in row[1:]] for row in labels.cells(listing, page.rows)],
        dash=labels.DASH,
        about=labels.filter_in_words(form),
        today=clock.today(),
    ), status
