"""Targets, and the values of indicators."""

from typing import Any

from tracker.accounts.rules import ApiFeature
from tracker.api.bodies import filled, refusing
from tracker.api.operations import ensure_unchanged, ensure_understood, whole
from tracker.api.routes.blueprint import operation
from tracker.api.schemas import Listing
from tracker.api.schemas.targets import Target, TargetItem, Value
from tracker.calendar.periods import queries as periods
from tracker.core import clock
from tracker.core.occurrence import recording_history
from tracker.core.pages import ensure, me
from tracker.core.wording import lazy_gettext as _l
from tracker.people import queries as people
from tracker.proposals import queries as proposals
from tracker.targets import commands, policy, queries
from tracker.targets.forms import EditValueForm, NewValueForm, TargetFilterForm
from tracker.targets.models import Indicator

T = ApiFeature.TARGETS


@operation("GET", "/targets", summary=_l("Target documents, objectives and indicators"), feature=T,
           answers=TargetItem, is_list=True, filters=TargetFilterForm)  # fmt: skip
def list_targets() -> Listing[TargetItem]:
    form = TargetFilterForm()
    form.unit.offer(people.UNITS)
    form.document.offer(queries.every_document_choice())
    ensure_understood(form)
    every = queries.everything()
    only = queries.orphans(every, proposals.count_by_target()) if form.orphans.data else None
    shown = queries.cascade(every, form.filter(), only=only).ids
    return whole([TargetItem.of(row) for row in every if row.id in shown])


@operation("GET", "/targets/<row:target_id>", summary=_l("A target; of an indicator, with its values"), feature=T,
           answers=Target)  # fmt: skip
def show_target(target_id: int) -> Target:
    row = queries.target(target_id)
    more: dict[str, Any] = {
        name: getattr(row, name, field.default)
        for name, field in Target.model_fields.items()
        if not field.is_required()
    }
    return Target.of(row, **more | ({"values": row.by_period} if isinstance(row, Indicator) else {}))


@operation("GET", "/values/<row:value_id>", summary=_l("The values of an indicator in a period"), feature=T,
           answers=Value)  # fmt: skip
def show_value(value_id: int) -> Value:
    return Value.of(queries.value(value_id))


@operation(
    "POST", "/targets/<row:target_id>/values", summary=_l("Record the values of a period"), feature=T, answers=Value,
    takes=NewValueForm, shown_by=show_value, example={"year": 2026, "period": 1, "actual_value": 82.5},
)  # fmt: skip
def add_value(target_id: int) -> dict[str, int]:
    ensure(policy.may_edit(me()))
    indicator = queries.indicator(target_id, to_change=True)
    form = filled(NewValueForm).offer_periods_of(indicator)
    with refusing(form):
        form.check_with_hints(lambda: form.hints_of(form.doubts(indicator)))
        confirmed = {doubt for _, doubt in form.doubts(indicator)}
        draft = form.draft()
        with recording_history(if_so=form.is_history.data, since=periods.end_of(draft.period_id, draft.year)):
            value = commands.set_value(indicator, draft, by=me(), at=clock.now(), confirmed=confirmed)
    return {"value_id": value.id}


@operation(
    "PATCH", "/values/<row:value_id>", summary=_l("Correct the values of a period"), feature=T, answers=Value,
    takes=EditValueForm, shown_by=show_value, is_guarded=True,
    example={"actual_value": 83, "correction_reason": "Salah ketik"},
)  # fmt: skip
def change_value(value_id: int) -> dict[str, int]:
    ensure(policy.may_edit(me()))
    value = queries.value(value_id, to_change=True)
    ensure_unchanged(show_value(value_id))
    indicator = queries.indicator(value.indicator_id, to_change=True)
    stored = EditValueForm.of(value).offer_periods_of(indicator)
    form = filled(EditValueForm, stored).offer_periods_of(indicator)
    with refusing(form):
        form.check_with_hints(lambda: form.hints_of(form.doubts(indicator, stored)))
        confirmed = {doubt for _, doubt in form.doubts(indicator, stored)}
        commands.edit_value(
            indicator, value, form.draft(), reason=form.correction_reason.data, by=me(), at=clock.now(),
            confirmed=confirmed,
        )  # fmt: skip
    return {"value_id": value_id}
