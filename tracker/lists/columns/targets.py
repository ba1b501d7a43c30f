"""Targets of all kinds, with the last period of each indicator."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectin_polymorphic, selectinload

from tracker.core.wording import in_words, number
from tracker.core.wording import lazy_gettext as _l
from tracker.lists.columns.description import Column, Listing, Related, Tab
from tracker.lists.formats import Value
from tracker.people import queries as people
from tracker.proposals import queries as proposals
from tracker.targets import queries
from tracker.targets.forms import TargetFilterForm
from tracker.targets.labels import deviation_words
from tracker.targets.models import Indicator, IndicatorValue, Objective, Target, TargetDocument
from tracker.targets.rules import Editions, Polarity, TargetState


def _query(form: TargetFilterForm) -> Select[Any]:
    query = select(Target).options(
        selectin_polymorphic(Target, [TargetDocument, Objective, Indicator]),
        joinedload(Target.owner_unit),
        selectinload(Objective.document),
        selectinload(Indicator.document),
        selectinload(Indicator.values).joinedload(IndicatorValue.period),
    )
    if form.is_active():
        all_targets = queries.everything()
        only = queries.orphans(all_targets, proposals.count_by_target()) if form.orphans.data else None
        query = query.where(Target.id.in_(queries.cascade(all_targets, form.filter(), only=only).ids))
    return query.order_by(Target.id)


def _document(target: Target, _: Related) -> Value:
    document = queries.document_of(target)
    return in_words(document, "name") if document else None


def _state(target: Target, _: Related) -> Value:
    """All targets of a superseded edition count as superseded."""
    return TargetState.SUPERSEDED if target.superseded_edition is not None else target.state


def _edition(target: Target, _: Related) -> Value:
    document = queries.document_of(target)
    return document.edition if document else None


def _of_indicator(value_of: Callable[[Indicator], Value]) -> Callable[[Target, Related], Value]:
    """A column that only indicators have; empty for other targets."""
    return lambda target, _: value_of(target) if isinstance(target, Indicator) else ""


def _of_latest(value_of: Callable[[Indicator, IndicatorValue], Value]) -> Callable[[Target, Related], Value]:
    return _of_indicator(lambda indicator: value_of(indicator, indicator.latest) if indicator.latest else None)


def _target_value(_: Indicator, value: IndicatorValue) -> Value:
    if value.target_value is None or value.target_upper is None:
        return value.target_value
    return f"{number(value.target_value)}–{number(value.target_upper)}"


def _against(indicator: Indicator, value: IndicatorValue) -> Value:
    deviation = value.deviation(indicator.polarity)
    if deviation is None:
        return None
    is_range = indicator.polarity is Polarity.RANGE and value.target_upper is not None
    return deviation_words(deviation, indicator.unit_of_measure, is_range=is_range)


TARGETS = Listing(
    name="targets",
    title=_l("Targets"),
    form=TargetFilterForm,
    sources={"unit": people.UNITS},
    choices={"document": queries.every_document_choice},
    query=_query,
    opens_with="editions=in_force",
    tabs=(
        Tab(_l("In force"), "editions=in_force", lambda: queries.indicators(Editions.IN_FORCE)),
        Tab(
            _l("Without proposals"),
            "editions=in_force&orphans=y",
            lambda: proposals.without_proposals(queries.indicators(Editions.IN_FORCE)),
        ),
        Tab(_l("Drafts"), "editions=draft", lambda: queries.indicators(Editions.DRAFT)),
        Tab(_l("Superseded"), "editions=superseded", lambda: queries.indicators(Editions.SUPERSEDED)),
    ),
    columns=(
        Column(_l("Code"), lambda target, _: target.code, 14),
        Column(_l("Target"), lambda target, _: in_words(target, "name"), 70),
        Column(_l("Kind"), lambda target, _: target.kind, 22),
        Column(_l("Document"), _document, 50),
        Column(_l("Unit"), lambda target, _: target.owner_unit and in_words(target.owner_unit, "name"), 40),
        Column(_l("State"), _state, 16),
        Column(_l("Edition"), _edition, 9),
        Column(_l("Unit of measure"), _of_indicator(lambda indicator: indicator.unit_of_measure), 16),
        Column(_l("Period"), _of_latest(lambda _, value: f"{value.period.code} {value.year}"), 14),
        Column(_l("Target value"), _of_latest(_target_value), 14),
        Column(_l("Actual value"), _of_latest(lambda _, value: value.actual_value), 14),
        Column(_l("Achievement"), _of_latest(lambda indicator, value: value.achievement(indicator.polarity)), 14),
        Column(_l("Against the target"), _of_latest(_against), 30),
    ),
)
