"""Turns a list into a sheet: headings, the filter as text, and values as on screen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from tracker.actions.models import ActionItem
from tracker.core.fields import as_shown
from tracker.core.forms import FilterForm
from tracker.core.labels import ON_PAPER
from tracker.core.wording import either, gettext, label, language, long_day, moment, ngettext, number, short_day
from tracker.lists import queries
from tracker.lists.columns.description import Listing
from tracker.lists.formats import Row, Sheet, Value
from tracker.proposals.models import Proposal
from tracker.reviews import labels as reviews
from tracker.reviews.models import Review

#: Stands for a value that nobody set, where a legend says so.
DASH = "—"


def in_text(value: Value) -> str:
    if value is None:
        return gettext("not yet set")
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, date):
        return short_day(value)
    return number(value) if isinstance(value, int | Decimal) else value


def with_dashes(value: Value) -> str:
    """As in the file, with a dash on each line that says only what nobody set; the page has a legend."""
    missing = gettext("not yet set")
    unset = {missing: DASH, f"PIC: {missing}": f"PIC: {DASH}"}
    return "\n".join(unset.get(line, line) for line in in_text(value).split("\n"))


def filter_in_words(form: FilterForm) -> str:
    """“Status: Belum dimulai; Tahun: 2020”, or that there is no filter."""
    criteria = []
    for field in form:
        if field.data in (None, "", False, []):
            continue
        criteria.append(f"{field.label.text}: {as_shown(field)}")
    return "; ".join(criteria) or gettext("none, the whole list")


def cells(listing: Listing, batch: Sequence[Any], first: int = 1) -> Iterator[Row]:
    related = listing.related(batch)
    for position, row in enumerate(batch, first):
        values = [column.value(row, related) for column in listing.columns]
        yield [position, *values] if listing.is_numbered else values


def headings(listing: Listing) -> list[str]:
    words = [str(column.heading) for column in listing.columns]
    return [gettext("No."), *words] if listing.is_numbered else words


def _rows(listing: Listing, form: FilterForm, on_progress: Callable[[int], None]) -> Iterator[Row]:
    done = 0
    for batch in queries.batches(listing.query(form), listing.reads):
        yield from cells(listing, batch, done + 1)
        done += len(batch)
        on_progress(done)


def report_of(review: Review, content: Mapping[str, Any], *, by: str, at: datetime, is_example: bool) -> Sheet:
    parts = reviews.parts_of(content)
    return Sheet(
        language=language(),
        title=gettext("Weekly review %(week)s", week=review.week),
        about=_about_report(review, content, by=by, at=at, is_example=is_example),
        headings=[
            gettext("Code"), gettext("What"), gettext("Part"), gettext("Responsible unit"), gettext("PIC"),
            gettext("Due"), gettext("Decision"), gettext("Reason"), gettext("Weeks open"), gettext("Number of reviews"),
            gettext("Recorded by"),
        ],
        widths=[13, 42, 18, 26, 20, 13, 26, 26, 11, 11, 18],
        rows=[_row_of_report(part, row) for part in parts for row in parts[part]],
        notes_title=gettext("Notes"),
        as_text=in_text,
        cut_sentence=_cut,
        on_paper=ON_PAPER,
        nothing=gettext("Nothing was decided."),
    )  # fmt: skip


def _about_report(
    review: Review, content: Mapping[str, Any], *, by: str, at: datetime, is_example: bool
) -> list[tuple[str, str]]:
    return [
        *_example(is_example),
        (gettext("Held on"), long_day(review.held_on)),
        *([(gettext("Planned for"), long_day(review.planned_on))] if review.planned_on != review.held_on else []),
        (gettext("Decisions"), reviews.counts_of(content)),
        (gettext("Participants"), ", ".join(content["participants"]) or gettext("not yet set")),
        (gettext("Closed"), f"{moment(review.closed_at)}, {review.closed_by_name}" if review.closed_at else ""),
        ("SHA-256", review.content_hash or ""),
        (gettext("Made"), gettext("%(moment)s for %(name)s", moment=moment(at), name=by)),
        *_hidden_note(content["hidden"]),
    ]


def report_on_paper(
    review: Review, content: Mapping[str, Any], course: reviews.Course, *, by: str, at: datetime, is_example: bool
) -> dict[str, Any]:
    """What the page of the report shows: what is asked of whom, and the codes of the rest."""
    parts = reviews.parts_of(content)
    asked = parts.pop(reviews.Part.ASKED)
    return {
        "language": language(),
        "title": reviews.headline_of(content, course),
        "week": gettext("Weekly review %(week)s", week=review.week),
        "about": _about_report(review, content, by=by, at=at, is_example=is_example),
        "asked_title": f"{reviews.PARTS[reviews.Part.ASKED]} ({number(len(asked))})",
        "headings": [gettext("Code"), gettext("What"), gettext("PIC and decision"), gettext("Due")],
        "groups": [
            {"unit": unit or gettext("Unit not yet set"), "rows": [_asked_on_paper(row) for row in rows]}
            for unit, rows in reviews.by_unit(asked)
        ],
        "nothing": gettext("Nothing is asked of anybody."),
        "rest": [
            {"title": f"{reviews.PARTS[part]} ({number(len(rows))})", "codes": ", ".join(row["code"] for row in rows)}
            for part, rows in parts.items() if rows
        ],
        **{name: str(words) for name, words in ON_PAPER.items()},
    }  # fmt: skip


def _asked_on_paper(row: Mapping[str, Any]) -> dict[str, str]:
    due = reviews.due_of(row)
    who = row["pic"] or (gettext("nobody assigned") if row["kind"] == ActionItem.__tablename__ else "")
    words = [who, reviews.outcome_in(row), row["reason"], row["note"]]
    return {
        "code": row["code"], "text": either(row["text_id"], row["text_en"]) or "",
        "who": "; ".join(part for part in words if part), "due": short_day(due) if due else "–",
    }  # fmt: skip


def _row_of_report(part: reviews.Part, row: Mapping[str, Any]) -> Row:
    why = "; ".join(words for words in (row["reason"], row["note"]) if words)
    nothing = "–" if row["kind"] == Proposal.__tablename__ else None
    return [
        row["code"], either(row["text_id"], row["text_en"]), str(reviews.PARTS[part]),
        either(row["unit_id"], row["unit_en"]) or None, row["pic"] or nothing, reviews.due_of(row) or nothing,
        reviews.outcome_in(row) or "–", why or "–", row["weeks_open"], row["sittings"],
        row["decided_by_name"] or "–",
    ]  # fmt: skip


def _hidden_note(count: int) -> list[tuple[str, str]]:
    return [(gettext("Hidden"), ngettext("%(num)d item hidden", "%(num)d items hidden", count))] if count else []


def _example(is_example: bool) -> list[tuple[str, str]]:
    words = gettext("everything but the meeting of 21 October 2020 is invented for illustration")
    return [(gettext("Example data"), words)] if is_example else []


def _cut(cell: str, length: int) -> str:
    return gettext(
        "Cell %(cell)s: cut after 32,767 of %(length)s characters, more than a spreadsheet cell can hold.",
        cell=cell, length=number(length),
    )  # fmt: skip


def sheet_of(
    listing: Listing, form: FilterForm, *, by: str, at: datetime, is_example: bool, on_progress: Callable[[int], None]
) -> Sheet:
    """A sheet with the filtered rows. `on_progress` is called with the number of rows written so far."""
    widths = [column.width for column in listing.columns]
    return Sheet(
        language=language(),
        title=str(listing.title),
        about=[
            *_example(is_example),
            (gettext("Filter"), filter_in_words(form)),
            (gettext("Made"), gettext("%(moment)s for %(name)s", moment=moment(at), name=by)),
            *_hidden_note(queries.count_hidden(listing.hidden())),
        ],
        headings=headings(listing),
        widths=[5, *widths] if listing.is_numbered else widths,
        rows=_rows(listing, form, on_progress),
        notes_title=gettext("Notes"),
        as_text=lru_cache(maxsize=4096, typed=True)(in_text),
        cut_sentence=_cut,
        on_paper=ON_PAPER,
        nothing=gettext("No rows match this filter."),
    )  # fmt: skip
