"""Pages for merging two entries of a register and for undoing a merge."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as accounts
from tracker.audit.queries import oneself
from tracker.core import clock
from tracker.core.choices import Source
from tracker.core.errors import NotFound, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import ensure_storable, take_back, transactional
from tracker.core.wording import gettext, ngettext
from tracker.core.wording import lazy_gettext as _l
from tracker.people import commands, labels, policy, queries
from tracker.people.forms import MergeForm, OtherForm
from tracker.people.models import Person, Position
from tracker.people.queries import Twin
from tracker.people.routes.persons import people
from tracker.people.routes.posts import posts
from tracker.people.rules import Keep

_FLIPPED = {Keep.FIRST: Keep.SECOND, Keep.SECOND: Keep.FIRST, Keep.BOTH: Keep.BOTH}
ASK_AN_ADMINISTRATOR = _l(
    "Merging these two would change what an account may read or do. Ask an administrator to merge them."
)
ASK_ANOTHER = _l(
    "One of these two is you, and an account sees what its person took part in. Another administrator merges them."
)


@dataclass(frozen=True)
class Register:
    kind: type[Any]
    find: Callable[..., Any]
    source: Source
    blueprint: str
    argument: str

    def address(self, endpoint: str, number: int, **more: Any) -> str:
        more[self.argument] = number
        return url_for(f"{self.blueprint}.{endpoint}", **more)


PERSONS = Register(Person, queries.person, queries.PERSONS, "people", "person_id")
POSTS = Register(Position, queries.position, queries.POSTS, "posts", "position_id")


@people.get("/<row:person_id>/merge", endpoint="choose_other")
def choose_other_person(person_id: int) -> ResponseReturnValue:
    return _choose_other(PERSONS, person_id)


@people.get("/<row:person_id>/merge/<row:other>", endpoint="compare")
def compare_persons(person_id: int, other: int) -> ResponseReturnValue:
    return _compare(PERSONS, person_id, other)


@people.post("/<row:person_id>/merge/<row:other>", endpoint="merge")
@transactional
def merge_persons(person_id: int, other: int) -> ResponseReturnValue:
    return _merge(PERSONS, person_id, other)


@people.post("/merges/<row:merge_id>/undo", endpoint="undo_merge")
@transactional
def undo_merge_of_persons(merge_id: int) -> ResponseReturnValue:
    return _undo(PERSONS, merge_id)


@posts.get("/<row:position_id>/merge", endpoint="choose_other")
def choose_other_post(position_id: int) -> ResponseReturnValue:
    return _choose_other(POSTS, position_id)


@posts.get("/<row:position_id>/merge/<row:other>", endpoint="compare")
def compare_posts(position_id: int, other: int) -> ResponseReturnValue:
    return _compare(POSTS, position_id, other)


@posts.post("/<row:position_id>/merge/<row:other>", endpoint="merge")
@transactional
def merge_posts(position_id: int, other: int) -> ResponseReturnValue:
    return _merge(POSTS, position_id, other)


@posts.post("/merges/<row:merge_id>/undo", endpoint="undo_merge")
@transactional
def undo_merge_of_posts(merge_id: int) -> ResponseReturnValue:
    return _undo(POSTS, merge_id)


def _choose_other(register: Register, number: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    row = _listed(register, number)
    form = OtherForm()
    form.other.offer(register.source, without=number)
    if form.validate() and form.other.data:
        return redirect(register.address("compare", number, other=form.other.data), 303)
    near = queries.persons_named([row.full_name, *row.aliases], except_id=number) if register is PERSONS else []
    return render_template("people/merge_choose.html", form=form, row=row, near=near, register=register)


def _compare(register: Register, number: int, other: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    first, second = _two(register, number, other)
    return _comparison(register, _proposing(first, second), first, second)


def _merge(register: Register, number: int, other: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    first, second = _two(register, number, other, to_change=True)
    form = MergeForm()
    form.numbers_differ = _numbers_differ(first, second)
    answers = form.answers(_askable(queries.twins(first, second)))
    try:
        form.check()
        if answers is None:
            form = _proposing(first, second)
            raise NotPossible(_l("Both have since been recorded elsewhere as well. Check the choices again."))
        refusal = _refusal(register, first.id, second.id)
        if refusal:
            raise NotPossible(refusal)
        keeps, of_accounts = Keep(form.keeps.data), Keep(form.accounts.data)
        kept, gone = (first, second) if keeps is Keep.FIRST else (second, first)
        of_accounts = of_accounts if keeps is Keep.FIRST else _FLIPPED[of_accounts]
        commands.merge(kept, gone, answers, of_accounts, by=me(), at=clock.now())
        ensure_storable()
    except NotPossible as refused:
        status = form.show_refusal(refused)
        take_back()
        return _comparison(register, form, *_two(register, number, other)), status
    flash(gettext("Merged. It can be undone below."))
    return redirect(register.address("show", kept.id), 303)


def _undo(register: Register, merge_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    merge_record = queries.find_merge(register.kind, merge_id, to_change=True)
    refusal = _refusal(register, merge_record.kept_id, merge_record.gone_id)
    if refusal:
        raise NotPossible(refusal)
    skipped = commands.undo_merge(merge_record, by=me(), at=clock.now())
    flash(gettext("Undone: these are two entries again."))
    if skipped:
        flash(ngettext("One detail has since been changed and stays as it is.",
                       "%(num)d details have since been changed and stay as they are.", skipped))  # fmt: skip
    return redirect(register.address("show", merge_record.gone_id), 303)


def _listed(register: Register, number: int, *, to_change: bool = False) -> Any:
    row = register.find(number, to_change=to_change)
    if not row.is_listed:
        raise NotFound
    return row


def _two(register: Register, number: int, other: int, *, to_change: bool = False) -> tuple[Any, Any]:
    if number == other:
        raise NotFound
    # Locked in the order of their ids, so that two users merging the same pair cannot deadlock.
    rows = {row_number: _listed(register, row_number, to_change=to_change) for row_number in sorted((number, other))}
    return rows[number], rows[other]


def _may_merge(register: Register, *numbers: int) -> bool:
    if register is not PERSONS:
        return policy.may_edit(me())
    return policy.may_merge_persons(
        me(), numbers, accounts.clearances_of(numbers), is_oneself=_is_oneself(register, *numbers)
    )


def _is_oneself(register: Register, *numbers: int) -> bool:
    return register is PERSONS and not oneself(me()).persons.isdisjoint(numbers)


def _refusal(register: Register, *numbers: int) -> object:
    """Why the actor may not merge these two; None where they may."""
    if _may_merge(register, *numbers):
        return None
    return ASK_ANOTHER if _is_oneself(register, *numbers) else ASK_AN_ADMINISTRATOR


def _comparison(register: Register, form: MergeForm, first: Any, second: Any) -> str:
    twins = {twin.key: twin for twin in queries.twins(first, second)}
    uses = queries.uses(first), queries.uses(second)
    linked = accounts.of_persons([first.id, second.id]) if register is PERSONS else []
    return render_template(
        "people/merge.html",
        form=form,
        register=register,
        rows=(first, second),
        follows=[(words, [counted.get(name, 0) for counted in uses])
                 for name, words in labels.FOLLOWS.items() if any(name in counted for counted in uses)],
        twins=[(part, twins[part.form.key.data]) for part in form.twins if part.form.key.data in twins],
        fixed=[twin for twin in twins.values() if twin not in _askable([twin])],
        accounts=[[account for account in linked if account.person_id == row.id] for row in (first, second)],
        numbers_differ=_numbers_differ(first, second),
        refusal=_refusal(register, first.id, second.id),
    )  # fmt: skip


def _proposing(first: Any, second: Any) -> MergeForm:
    keeps = _proposed(first, second)
    twins = _askable(queries.twins(first, second))
    return MergeForm.proposing(keeps, {twin.key: _fuller(twin, keeps) for twin in twins})


def _proposed(first: Any, second: Any) -> Keep:
    """Suggest keeping a confirmed person over a provisional one, then the row with more references, then the first."""
    if getattr(first, "is_provisional", False) != getattr(second, "is_provisional", False):
        return Keep.SECOND if first.is_provisional else Keep.FIRST
    weight = [sum(queries.uses(row).values()) for row in (first, second)]
    return Keep.SECOND if weight[1] > weight[0] else Keep.FIRST


def _fuller(twin: Twin, otherwise: Keep) -> Keep:
    first, second = (
        sum(getattr(row, column.key) is not None for column in row.__table__.columns)
        for row in (twin.first, twin.second)
    )
    return otherwise if first == second else Keep.FIRST if first > second else Keep.SECOND


def _askable(twins: Sequence[Twin]) -> list[Twin]:
    """Twins that may still change: attendance of a meeting whose minutes are submitted or approved may not."""
    return [twin for twin in twins if getattr(twin.matter, "locked_at", None) is None]


def _numbers_differ(first: Any, second: Any) -> bool:
    return isinstance(first, Person) and bool(first.nip and second.nip and first.nip != second.nip)
