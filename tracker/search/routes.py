"""The search page, its suggestions while typing, and the synonym list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any, NamedTuple

from flask import Blueprint, flash, get_template_attribute, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import policy as action_policy
from tracker.actions import queries as actions
from tracker.actions import rules as action_rules
from tracker.actions.changes import policy as change_policy
from tracker.actions.models import ActionItem
from tracker.attachments import queries as attachments
from tracker.audit.queries import parts_of
from tracker.core import clock
from tracker.core.choices import SHOWN
from tracker.core.choices import source as source_of
from tracker.core.errors import NotFound, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.paging import Page
from tracker.core.request import row_named
from tracker.core.running_codes import codes_in
from tracker.core.transactions import transactional
from tracker.core.wording import gettext, label, step
from tracker.meetings.policy import may_log
from tracker.proposals import policy as proposal_policy
from tracker.proposals import queries as proposals
from tracker.proposals import rules as proposal_rules
from tracker.proposals.models import Proposal
from tracker.search import commands, policy, queries
from tracker.search.forms import SearchForm, SynonymForm
from tracker.search.labels import filter_words, number_of_choices, stage_words
from tracker.search.queries import Hit
from tracker.search.rules import LONGEST_QUESTION, MOST_PARTS, Found, SearchFilter, SearchKind, SearchState

bp = Blueprint("search", __name__, url_prefix="/search")
#: The choices of fields that search while somebody types.
choices = Blueprint("choices", __name__, url_prefix="/choices")
blueprints = (bp, choices)
bp.add_app_template_filter(filter_words, "read_as")
WHILE_TYPING = 8

ADDRESSES = {
    SearchKind.PROPOSAL: ("proposals.show", "proposal_id"),
    SearchKind.ACTION: ("actions.show", "action_id"),
    SearchKind.MEETING: ("meetings.show", "meeting_id"),
    SearchKind.TARGET: ("targets.show", "target_id"),
    SearchKind.PERSON: ("people.show", "person_id"),
    SearchKind.POST: ("posts.show", "position_id"),
    SearchKind.UNIT: ("units.show", "unit_id"),
}


def _address(kind: SearchKind, row_id: int) -> str:
    endpoint, name = ADDRESSES[kind]
    number: dict[str, Any] = {name: row_id}
    return url_for(endpoint, **number)


def _leads_to(hit: Hit) -> str:
    """URL of a result: a statement opens in its meeting, a file in its list."""
    if hit.kind is SearchKind.STATEMENT:
        return url_for("meetings.show", meeting_id=hit.row.meeting_id, _anchor=f"statement-{hit.row.id}")
    if hit.in_force:
        return _address(hit.kind, hit.in_force.id)
    if hit.kind is SearchKind.ATTACHMENT:
        endpoint, values = attachments.page_of(hit.row.parent)
        return url_for(endpoint, **values)
    return _address(hit.kind, hit.row.id)


@bp.get("")
def index() -> ResponseReturnValue:
    form = SearchForm()
    status = form.validation_status()
    filters = form.filter() if status is HTTPStatus.OK else SearchFilter(q="")
    coded = queries.with_code(filters.q)
    if len(coded) == 1:
        return redirect(_address(coded[0].kind, coded[0].row_id))
    page = row_named("page") or 1
    result = queries.search(filters, clock.today(), page=page, coded=coded, is_exact=form.exact.data)
    return render_template(
        "search/index.html",
        form=form,
        asked=filters.q,
        filters=filters,
        found=result,
        results=_results(result.hits),
        page=_pages(result),
        chips=_chips(result, filters),
        kinds=_kinds(result, filters),
        undecided=_undecided(result, filters),
        address=partial(_narrowed, filters),
        leads_to=_leads_to,
        related=_related(result, filters),
        today=clock.today(),
        may_edit=policy.may_edit_synonyms(me()),
    ), status


def _related(result: Found, filters: SearchFilter) -> list[Proposal]:
    """Proposals of similar meaning where the words find nothing, or only some of them do."""
    has_enough = bool(result.hits) and not result.is_loose
    return [] if has_enough or filters.kind else queries.related(filters.q, besides=result.proposal_ids)


@dataclass(frozen=True)
class Chip:
    words: str
    without: str
    #: The words of the query recognised as this filter; empty for filters of the form.
    text: str = ""


def _narrowed(filters: SearchFilter, **changes: str | None) -> str:
    values = {"q": filters.q, "kind": filters.kind, "year": filters.year, "stage": filters.stage, **changes}
    given: dict[str, Any] = {name: value for name, value in values.items() if value}
    return url_for(".index", **given)


def _chips(result: Found, filters: SearchFilter) -> list[Chip]:
    """Every active filter once. Removing one of the form also removes words that mean the same."""
    read = [] if result.is_as_words else list(result.understood)
    chips = [
        Chip(
            words,
            _narrowed(filters, **{name: None}, q=result.question.quoting(term for term in read if term.field == name)),
        )
        for name, words in (
            ("kind", filters.kind and label(filters.kind)),
            ("year", filters.year and str(filters.year)),
            ("stage", filters.stage and stage_words(filters.stage)),
        )
        if words
    ]
    others = [term for term in read if not getattr(filters, term.field)]
    return chips + [
        Chip(filter_words(term), _narrowed(filters, q=result.question.quoting([term])), term.text) for term in others
    ]


@dataclass(frozen=True)
class Result:
    hit: Hit
    #: What was found of what was said about this proposal.
    statements: list[Hit]


def _results(hits: Sequence[Hit]) -> list[Result]:
    """Statements of the page stand under the best proposal that they are about."""
    results = {hit.row.id: Result(hit, []) for hit in hits if hit.kind is SearchKind.PROPOSAL}
    rows = []
    for hit in hits:
        about = hit.proposal_ids if hit.kind is SearchKind.STATEMENT else ()
        proposal = next((results[number] for number in results if number in about), None)
        if proposal:
            proposal.statements.append(hit)
        else:
            rows.append(results[hit.row.id] if hit.kind is SearchKind.PROPOSAL else Result(hit, []))
    return rows


def _kinds(result: Found, filters: SearchFilter) -> list[tuple[SearchKind, int]]:
    of_each = [(kind, result.by_kind[kind]) for kind in SearchKind if result.by_kind.get(kind)]
    return of_each if len(of_each) > 1 or (filters.kind and of_each) else []


def _undecided(result: Found, filters: SearchFilter) -> tuple[int, str] | None:
    """How many of the proposals found nobody decided, and where they are; None if the search says a state already."""
    words = label(SearchState.UNDECIDED).lower()
    asked = result.did_you_mean if result.is_corrected else filters.q
    said = result.is_as_words or result.is_loose or any(term.field == "state" for term in result.understood)
    has_room = len(result.question.parts) + len(words.split()) <= MOST_PARTS
    count = 0 if said or not has_room else queries.count_undecided(result.proposal_ids)
    return (count, _narrowed(filters, q=f"{asked} {words}", kind=None)) if count else None


def _pages(result: Found) -> Page[Hit]:
    """Pagination. Of very common words only the newest matches are ranked."""
    return Page(
        rows=result.hits, count=result.count, is_counted_out=not result.is_capped,
        newer=str(result.page - 1) if result.page > 1 else None,
        older=str(result.page + 1) if result.page < result.pages else None,
    )  # fmt: skip


@bp.get("/suggestions")
def suggestions() -> ResponseReturnValue:
    typed = request.args.get("q", "")[:LONGEST_QUESTION]
    today = clock.today()
    result = queries.search(SearchFilter(q=typed), today, WHILE_TYPING)
    return render_template("search/_suggestions.html", asked=typed, found=result, leads_to=_leads_to, today=today)


@choices.get("/<kind>")
def found(kind: str) -> ResponseReturnValue:
    """Rows that fit what is typed into a field, and the sentence that a screen reader says about them."""
    source = source_of(kind)
    if source is None:
        raise NotFound
    narrowed = {name: row_named(name) or 0 for name in source.narrows if name in request.args}
    rows = source.search(request.args.get("q", ""), **narrowed)
    shown = [
        {"id": choice.id, "name": choice.name, "detail": choice.detail, "words": choice.words}
        for choice in rows[:SHOWN]
    ]
    return jsonify(choices=shown, said=number_of_choices(len(rows)))


@bp.get("/jump")
def jump() -> ResponseReturnValue:
    """What the command palette offers: what may be done with the record of a code, then what the search finds."""
    typed = request.args.get("q", "")[:LONGEST_QUESTION]
    code = next(codes_in(typed), None)
    record = queries.by_code(code.code) if code else None
    rest = f"{typed[: code.start]} {typed[code.end :]}" if code else typed
    deeds = [deed for deed in _deeds(*record) if _fits(rest, deed.words)] if record else []
    question = code.code if code and record else typed
    result = queries.search(SearchFilter(q=question), clock.today(), WHILE_TYPING)
    hit_name = get_template_attribute("search/_hit.html", "hit_name")
    shown = [
        *({"id": deed.href, "name": deed.words, "detail": code.code if code else ""} for deed in deeds),
        *({"id": _leads_to(hit), "name": hit_name(hit).striptags(), "detail": label(hit.kind)} for hit in result.hits),
    ]
    everything = {"id": url_for(".index", q=typed), "name": gettext("All results and filters"), "detail": ""}
    return jsonify(choices=[*shown, everything] if typed.strip() else shown, said=number_of_choices(len(shown)))


class Deed(NamedTuple):
    words: str
    href: str


def _fits(typed: str, words: str) -> bool:
    """Whether each typed word begins a word of the deed."""
    begun = words.casefold().split()
    return all(any(word.startswith(start) for word in begun) for start in typed.casefold().split())


def _deeds(kind: SearchKind, row_id: int) -> Iterator[Deed]:
    """The forms about a record that the reader may open."""
    if kind is SearchKind.ACTION:
        yield from _deeds_about_action(actions.in_full(row_id))
    elif kind is SearchKind.PROPOSAL:
        yield from _deeds_about_proposal(proposals.in_full(row_id))
    elif kind is SearchKind.MEETING and may_log(me()):
        yield Deed(gettext("Minutes"), url_for("live.show", meeting_id=row_id))
        yield Deed(gettext("Edit"), url_for("meetings.edit", meeting_id=row_id))


def _deeds_about_action(action: ActionItem) -> Iterator[Deed]:
    actor, parts = me(), parts_of(me(), action)
    number: dict[str, Any] = {"action_id": action.id}
    is_open = action.status in action_rules.OPEN
    if is_open and action_policy.may_move_due_date(actor, action, parts):
        yield Deed(gettext("Extend or move the due date"), url_for("actions.promise", **number))
    elif is_open and change_policy.may_ask(actor, action):
        yield Deed(gettext("Extend: request another due date"), url_for("changes.asking", **number))
    if is_open and action_policy.may_report(actor, action):
        yield Deed(gettext("Report progress"), url_for("reports.new_report", **number))
    if is_open and change_policy.may_manage(actor):
        yield Deed(gettext("Reassign"), url_for("changes.reassigning", **number))
        yield Deed(gettext("Escalate"), url_for("escalations.escalating", kind="actions", row_id=action.id))
    for to in action_rules.ActionStatus:
        if to in action_rules.NEXT[action.status] and action_policy.may_move(actor, action, to, parts):
            yield Deed(step(to), url_for("actions.move", **number, to=to))
    if action_policy.may_edit(actor):
        yield Deed(gettext("Edit"), url_for("actions.edit", **number))


def _deeds_about_proposal(proposal: Proposal) -> Iterator[Deed]:
    actor = me()
    number: dict[str, Any] = {"proposal_id": proposal.id}
    for to in proposal_rules.ProposalStatus:
        if proposal_rules.can_move(proposal.status, to) and proposal_policy.may_move(actor, proposal, to):
            yield Deed(step(to), url_for("proposals.move", **number, to=to))
    if proposal_policy.may_edit(actor):
        yield Deed(gettext("Edit"), url_for("proposals.edit", **number))


@bp.get("/synonyms")
def synonyms() -> ResponseReturnValue:
    may_edit = policy.may_edit_synonyms(me())
    return render_template("search/synonyms.html", groups=queries.synonym_groups(), may_edit=may_edit)


@bp.get("/synonyms/new")
def new_synonyms() -> ResponseReturnValue:
    ensure(policy.may_edit_synonyms(me()))
    return render_template("search/synonyms_new.html", form=SynonymForm(formdata=None))


@bp.post("/synonyms/new")
@transactional
def create_synonyms() -> ResponseReturnValue:
    ensure(policy.may_edit_synonyms(me()))
    form = SynonymForm()
    try:
        form.check()
        commands.add_synonyms(form.words.entries(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("search/synonyms_new.html", form=form), status
    return _saved()


@bp.get("/synonyms/<row:group_id>/edit")
def edit_synonyms(group_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit_synonyms(me()))
    group = queries.synonym_group(group_id)
    return render_template("search/synonyms_edit.html", form=SynonymForm.of(group), group=group)


@bp.post("/synonyms/<row:group_id>/edit")
@transactional
def update_synonyms(group_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit_synonyms(me()))
    group = queries.synonym_group(group_id, to_change=True)
    form = SynonymForm()
    try:
        form.check(SynonymForm.of(group))
        commands.edit_synonyms(group, form.words.entries(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("search/synonyms_edit.html", form=form, group=group), status
    return _saved()


@bp.post("/synonyms/<row:group_id>/remove")
@transactional
def remove_synonyms(group_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit_synonyms(me()))
    commands.remove_synonyms(queries.synonym_group(group_id, to_change=True), by=me(), at=clock.now())
    return _saved()


def _saved() -> ResponseReturnValue:
    flash(gettext("Saved."))
    return redirect(url_for(".synonyms"), 303)
