"""Pages of reorganisations: the decree, its lines, the preview, and putting it in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audit.queries import events_of
from tracker.core import clock
from tracker.core.errors import NotFound, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import CHANGED_MEANWHILE, take_back, transactional
from tracker.core.uploads import takes_files
from tracker.core.wording import either, gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.people import queries as people
from tracker.reorganisation import commands, policy, queries
from tracker.reorganisation.forms import DecreeForm, LineForm, SheetForm
from tracker.reorganisation.models import Reorganisation, ReorganisationItem, ReorganisationLine
from tracker.reorganisation.queries import Fault, Reader
from tracker.reorganisation.rules import COLUMNS, MOST_ROWS, LineKind, SheetFault, read_sheet

reorganisations = Blueprint("reorganisations", __name__, url_prefix="/reorganisations")
blueprints = (reorganisations,)

#: So many items are named for each pair of units; the others are counted.
MOST_CODES = 20
#: Rows of each part of a preview beside the others, and of one part alone.
SHOWN_OF_EACH, SHOWN_ALONE = 20, 100
LONGEST_PAGE = 6
PARTS = ("units", "posts", "persons", "items", "lines")
#: So many faults of a sheet are listed; the others are counted.
MOST_FAULTS = 30
_MANY = _l("A sheet has at most %(most)d rows. Divide it.", most=MOST_ROWS)


Rows = TypeVar("Rows")


@dataclass(frozen=True)
class Window:
    """The part of a preview that is asked for and its page; without one, the beginning of each part."""

    part: str | None
    page: int

    @classmethod
    def asked_for(cls) -> "Window":
        part, page = request.args.get("part"), request.args.get("page", "")
        return cls(
            part if part in PARTS else None, int(page) if page.isdecimal() and 0 < len(page) < LONGEST_PAGE else 1
        )

    def has(self, part: str) -> bool:
        return self.part in (None, part)

    def of(self, rows: Sequence[Rows]) -> Sequence[Rows]:
        return rows[(self.page - 1) * SHOWN_ALONE : self.page * SHOWN_ALONE] if self.part else rows[:SHOWN_OF_EACH]

    def is_cut(self, count: int) -> bool:
        """Whether there are rows after those shown."""
        return count > (self.page * SHOWN_ALONE if self.part else SHOWN_OF_EACH)


@reorganisations.get("")
def index() -> ResponseReturnValue:
    may_draft = policy.may_draft(me())
    decrees = queries.all_records(with_drafts=may_draft)
    return render_template("reorganisation/index.html", decrees=decrees, may_draft=may_draft)


@reorganisations.get("/new")
def new() -> ResponseReturnValue:
    ensure(policy.may_draft(me()))
    return render_template("reorganisation/new.html", form=DecreeForm(formdata=None))


@reorganisations.post("/new")
@transactional
def create() -> ResponseReturnValue:
    ensure(policy.may_draft(me()))
    form = DecreeForm()
    try:
        form.check()
        decree = commands.draft_decree(form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("reorganisation/new.html", form=form), status
    flash(gettext("The draft is saved. Now enter its lines."))
    return redirect(url_for("reorganisations.edit_sheet", decree_id=decree.id), 303)


@reorganisations.get("/<row:decree_id>")
def show(decree_id: int) -> ResponseReturnValue:
    may_draft = policy.may_draft(me())
    decree = queries.record_of(decree_id, with_drafts=may_draft)
    items = queries.item_lines(decree)
    if decree.is_in_force:
        eve = decree.in_force_on - timedelta(days=1)
        units = people.units_on(eve)
        return render_template(
            "reorganisation/in_force.html",
            decree=decree,
            may_correct=may_draft,
            items=items,
            eve=eve,
            before=(
                units,
                people.posts_on(eve, [line.position_id for line in decree.lines if line.position_id], units),
            ),
            events=events_of(decree),
        )
    preview = queries.preview(decree, items)
    return render_template(
        "reorganisation/draft.html",
        decree=decree,
        items=items,
        preview=preview,
        lines={(line.kind.value, line.unit_id or line.position_id, queries.to_of(line)): line for line in decree.lines},
        most_codes=MOST_CODES,
        window=Window.asked_for(),
        refusal=commands.refusal(
            decree, preview.plan, has_items=bool(items), last_on=queries.last_in_force_on(), by=me(), at=clock.now()
        ),
        events=events_of(decree),
    )  # fmt: skip


@reorganisations.get("/<row:decree_id>/edit")
def edit(decree_id: int) -> ResponseReturnValue:
    decree = _record(decree_id)
    return render_template("reorganisation/edit.html", form=DecreeForm.of(decree), decree=decree)


@reorganisations.post("/<row:decree_id>/edit")
@transactional
def update(decree_id: int) -> ResponseReturnValue:
    decree = _record(decree_id, to_change=True)
    form = DecreeForm().only_for(decree)
    try:
        form.check(DecreeForm.of(decree))
        commands.edit_decree(decree, form.draft(decree), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("reorganisation/edit.html", form=form, decree=decree), status
    flash(gettext("Saved."))
    return _to(decree)


@reorganisations.get("/<row:decree_id>/sheet")
def edit_sheet(decree_id: int) -> ResponseReturnValue:
    decree = _draft(decree_id)
    return render_template(
        "reorganisation/sheet.html", form=_sheet_of(decree), decree=decree, headings=_headings(), faults=[]
    )


@reorganisations.post("/<row:decree_id>/sheet")
@takes_files
@transactional
def update_sheet(decree_id: int) -> ResponseReturnValue:
    decree = _draft(decree_id, to_change=True)
    form = SheetForm()
    faults: list[str] = []
    try:
        form.check(_sheet_of(decree))
        rows, unread = read_sheet(form.rows())
        if len(rows) > MOST_ROWS:
            raise NotPossible(_MANY, field="cells")
        reader = Reader(decree.in_force_on)
        lines, items = reader.read(rows)
        faults = _sentences(unread, reader.faults)
        if faults:
            raise NotPossible(_l("Nothing is saved: the cells listed here cannot be used."), field="cells")
        commands.replace_lines(decree, lines, items, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        take_back()
        page = render_template(
            "reorganisation/sheet.html", form=form, decree=_draft(decree_id), headings=_headings(), faults=faults
        )
        return page, status
    flash(gettext("Saved. Below is what would change."))
    return _to(decree)


def _sheet_of(decree: Reorganisation) -> SheetForm:
    items = queries.item_lines(decree)
    return SheetForm.of(decree, Reader(decree.in_force_on).write(decree, items) if decree.lines or items else None)


def _headings() -> dict[str, str]:
    return {name: either(words[0], words[1]) for name, words in COLUMNS.items()}


def _sentences(unread: Sequence[SheetFault], faults: Sequence[Fault]) -> list[str]:
    """What is wrong with which cell, in the order of the rows."""
    headings = _headings()
    found = [(fault.row, headings[fault.column], gettext("“%(written)s” cannot be read.", written=fault.written))
             for fault in unread]  # fmt: skip
    found += [(fault.row, headings[fault.column], str(fault.sentence)) for fault in faults]
    sentences = [gettext("Row %(row)s, %(column)s: %(sentence)s", row=row, column=column, sentence=sentence)
                 for row, column, sentence in sorted(found)]  # fmt: skip
    more = len(sentences) - MOST_FAULTS
    return [*sentences[:MOST_FAULTS], gettext("… and %(count)d more.", count=more)] if more > 0 else sentences


@reorganisations.get("/<row:decree_id>/lines/new")
def new_line(decree_id: int) -> ResponseReturnValue:
    """The line may begin with what has to be settled: `kind` and the name of the predecessor."""
    decree = _draft(decree_id)
    form = LineForm(formdata=None, data={"kind": _kind_asked(), "predecessor": request.args.get("predecessor")})
    return _line_page(form, decree, None)


def _kind_asked() -> LineKind | None:
    kind = request.args.get("kind", "")
    return LineKind(kind) if kind in set(LineKind) else None


@reorganisations.post("/<row:decree_id>/lines/new")
@transactional
def create_line(decree_id: int) -> ResponseReturnValue:
    return _store_line(decree_id, None)


@reorganisations.get("/<row:decree_id>/lines/<row:line_id>/edit")
def edit_line(decree_id: int, line_id: int) -> ResponseReturnValue:
    decree = _draft(decree_id)
    line = _line_of(decree, line_id)
    return _line_page(LineForm.of(decree, line, Reader(decree.in_force_on).cells(line)), decree, line)


@reorganisations.post("/<row:decree_id>/lines/<row:line_id>/edit")
@transactional
def update_line(decree_id: int, line_id: int) -> ResponseReturnValue:
    return _store_line(decree_id, line_id)


def _store_line(decree_id: int, line_id: int | None) -> ResponseReturnValue:
    decree = _draft(decree_id, to_change=True)
    old = _line_of(decree, line_id) if line_id else None
    form = LineForm()
    try:
        reader = Reader(decree.in_force_on)
        form.check(LineForm.of(decree, old, reader.cells(old)) if old else None)
        lines, items = reader.read([form.row()])
        if reader.faults:
            raise NotPossible(reader.faults[0].sentence, field=reader.faults[0].column)
        commands.change_line(decree, old, lines[0] if lines else items[0], by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _line_page(form, decree, old), status
    flash(gettext("Saved. Below is what would change."))
    return _to(decree)


def _line_page(form: LineForm, decree: Reorganisation, line: ReorganisationLine | None) -> str:
    """Names that the decree makes are suggested as successors and as what is above."""
    names = dict.fromkeys(row.successor_name for row in decree.lines if row.successor_name)
    units = dict.fromkeys(
        row.successor_name for row in decree.lines if row.successor_name and row.kind is LineKind.UNIT
    )
    return render_template(
        "reorganisation/line.html", form=form, decree=decree, line=line, names=list(names), units=list(units)
    )


@reorganisations.post("/<row:decree_id>/lines/<row:line_id>/remove")
@transactional
def remove_line(decree_id: int, line_id: int) -> ResponseReturnValue:
    decree = _draft(decree_id, to_change=True)
    commands.remove_line(decree, _line_of(decree, line_id), by=me(), at=clock.now())
    flash(gettext("Removed."))
    return _to(decree)


@reorganisations.post("/<row:decree_id>/lines/<row:line_id>/rest")
@transactional
def take_rest(decree_id: int, line_id: int) -> ResponseReturnValue:
    decree = _draft(decree_id, to_change=True)
    commands.take_the_rest(decree, _line_of(decree, line_id), by=me(), at=clock.now())
    flash(gettext("Saved. Below is what would change."))
    return _to(decree)


@reorganisations.post("/<row:decree_id>/items/<row:item_id>/remove")
@transactional
def remove_item(decree_id: int, item_id: int) -> ResponseReturnValue:
    decree = _draft(decree_id, to_change=True)
    commands.remove_line(decree, _item_of(decree, item_id), by=me(), at=clock.now())
    flash(gettext("Removed."))
    return _to(decree)


@reorganisations.post("/<row:decree_id>/enter")
@transactional
def enter(decree_id: int) -> ResponseReturnValue:
    decree = _draft(decree_id, to_change=True)
    if str(decree.version) != request.form.get("version"):
        raise NotPossible(CHANGED_MEANWHILE)
    commands.put_in_force(decree, by=me(), at=clock.now())
    flash(gettext("The reorganisation is in force."))
    return _to(decree)


@reorganisations.post("/<row:decree_id>/remove")
@transactional
def remove(decree_id: int) -> ResponseReturnValue:
    commands.remove_draft(_draft(decree_id, to_change=True), by=me(), at=clock.now())
    flash(gettext("The draft is removed."))
    return redirect(url_for("reorganisations.index"), 303)


def _record(decree_id: int, *, to_change: bool = False) -> Reorganisation:
    ensure(policy.may_draft(me()))
    return queries.record_of(decree_id, with_drafts=True, to_change=to_change)


def _draft(decree_id: int, *, to_change: bool = False) -> Reorganisation:
    decree = _record(decree_id, to_change=to_change)
    if decree.is_in_force:
        raise NotFound
    return decree


def _line_of(decree: Reorganisation, line_id: int) -> ReorganisationLine:
    line = next((line for line in decree.lines if line.id == line_id), None)
    if line is None:
        raise NotFound
    return line


def _item_of(decree: Reorganisation, item_id: int) -> ReorganisationItem:
    item = next((item for item in queries.item_lines(decree) if item.id == item_id), None)
    if item is None:
        raise NotFound
    return item


def _to(decree: Reorganisation) -> ResponseReturnValue:
    return redirect(url_for("reorganisations.show", decree_id=decree.id), 303)
