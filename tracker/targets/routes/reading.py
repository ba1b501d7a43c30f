"""The cascade, a target, and the comparison of two versions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.audit.models import Event
from tracker.audit.queries import events_of
from tracker.core import clock
from tracker.core.clock import day_at
from tracker.core.errors import NotFound
from tracker.core.pages import me
from tracker.core.pictures import Mark, Period
from tracker.core.request import row_named
from tracker.core.wording import gettext, in_words
from tracker.meetings import queries as meetings
from tracker.people import queries as people
from tracker.proposals import queries as proposals
from tracker.status import queries as status_queries
from tracker.status.follows import queries as follows
from tracker.targets import policy, queries, rules
from tracker.targets.forms import TargetFilterForm
from tracker.targets.labels import FACTS
from tracker.targets.models import Indicator, Target
from tracker.targets.routes.blueprint import bp


@bp.get("")
def index() -> ResponseReturnValue:
    form = TargetFilterForm()
    form.unit.offer(people.UNITS, gettext("Any"))
    form.document.offer(queries.every_document_choice(), gettext("Any"))
    status = form.validation_status()
    if status is not HTTPStatus.OK:
        has_any, cascade, touching = True, queries.Cascade(years={}, loose=[]), {}
    else:
        targets, touching = queries.everything(), proposals.count_by_target()
        has_any = bool(targets)
        only = queries.orphans(targets, touching) if form.orphans.data else None
        cascade = queries.cascade(targets, form.filter(), only=only)
    serving = actions.count_by_target(clock.today()) if touching else {}
    counts = {
        "proposals": touching,
        "actions": {lineage: count.all for lineage, count in serving.items()},
        "late": {lineage: count.overdue for lineage, count in serving.items()},
    }
    page = render_template(
        "targets/index.html",
        form=form,
        cascade=cascade,
        has_any=has_any,
        groups=queries.in_order(cascade.groups, form.order, counts),
        proposals=touching,
        actions=serving,
        nothing=actions.ServingTarget(),
        may_edit=policy.may_edit(me()),
    )
    return page, status


@bp.get("/<row:target_id>")
def show(target_id: int) -> ResponseReturnValue:
    target = queries.target(target_id)
    document = queries.document_of(target)
    relatives = queries.relatives(target)
    versions = [other for other in relatives if other.lineage == target.lineage]
    in_force = queries.in_force_instead_of(target, versions)
    if in_force and document and row_named("edition") != document.edition:
        # A link from before a change of edition opens the version in force; only the URL with the edition opens the
        # old one.
        return redirect(url_for("targets.show", target_id=in_force.id, linked=target.id))
    below = queries.below(target)
    lineages = {other.lineage for other in below}
    links = proposals.links_of_targets([other.id for other in versions])
    links_below = proposals.links_below(lineages) if lineages else []
    follow_row, events = follows.follow_row(me(), target), events_of(target)
    promised = actions.of_proposals([link.proposal_id for link in [*links, *links_below]])
    is_indicator = isinstance(target, Indicator)
    effects = _effects(links, links_below)
    periods = _periods(target)
    # Without a value there is no picture to mark.
    marks = _realised(links) if any(period.is_known for period in periods) else []
    return render_template(
        "targets/show.html",
        target=target,
        document=document,
        versions={other.id: other for other in versions},
        is_superseded=queries.is_superseded(target),
        in_force=in_force,
        linked=next((other for other in versions if other.id == row_named("linked")), None),
        parts=[other for other in relatives if other.lineage != target.lineage],
        periods=periods,
        links=links,
        links_below=links_below,
        effects=effects,
        amounts=[amount for effect in effects for amount in (effect.expected, effect.realised)],
        marks=marks,
        pins={mark.about: number for number, mark in enumerate(marks, 1)},
        changes_of_edition=_changes_of_edition(events),
        touched_below={link.target_id for link in links_below},
        actions=promised,
        actions_of=_by_proposal(promised),
        standing=status_queries.about_indicator(target, links, promised) if isinstance(target, Indicator) else None,
        meetings=meetings.with_ids([link.proposal.raised_in_id for link in links]) if is_indicator else [],
        today=clock.today(),
        statements=meetings.statements_about_targets([other.id for other in versions]),
        steps=[
            to
            for to in rules.STATES[target.kind]
            if to in rules.NEXT[target.kind][target.state] and policy.may_move(me(), target, document, to)
        ],
        may_edit=policy.may_edit(me()) and not policy.is_fixed(document),
        may_measure=policy.may_edit(me()) and policy.takes_actuals(document),
        may_open_version=target is document and document is not None and policy.may_open_version(me(), document),
        may_fill=policy.may_fill_gaps(me()),
        doubts={doubt.value: doubt for doubt in rules.Doubt},
        may_record_effect=policy.may_record_effect(me()),
        follow_row=follow_row,
        changes=follows.changes_of_subject(target, follow_row, events) if follow_row else None,
        events=events,
    )


def _by_proposal(promised: Iterable[Any]) -> Mapping[int | None, Sequence[Any]]:
    by_proposal: defaultdict[int | None, list[Any]] = defaultdict(list)
    for action in promised:
        by_proposal[action.proposal_id].append(action)
    return by_proposal


@dataclass(frozen=True)
class Effect:
    """What a proposal was expected to do to a target, and did."""

    link: Any
    #: Whether it affects something below the target.
    is_below: bool
    expected: Decimal | None
    realised: Decimal | None

    @property
    def is_stated(self) -> bool:
        return bool(self.link.expected_effect or self.link.realised_by_name)

    @property
    def size(self) -> Decimal:
        return max(abs(amount or Decimal()) for amount in (self.expected, self.realised))


def _effects(links: Iterable[Any], links_below: Iterable[Any]) -> list[Effect]:
    """The largest first, then what is realised."""
    effects = [
        Effect(
            link, is_below, rules.stated_change(link.expected_effect, link.old_value, link.new_value),
            link.realised_value,
        )
        for links_there, is_below in ((links, False), (links_below, True))
        for link in links_there
    ]  # fmt: skip
    return sorted(effects, key=lambda effect: (-effect.size, effect.link.realised_by_name is None))


def _realised(links: Iterable[Any]) -> list[Mark]:
    """A mark in the chart for each proposal, on the day on which it was realised."""
    realised = {link.proposal_id: link.proposal for link in links if link.proposal.status == "realised"}
    return sorted(
        (
            Mark(
                on=proposal.status_since, label=f"{proposal.code} {in_words(proposal, 'title')}",
                href=url_for("proposals.show", proposal_id=proposal.id), about=proposal.id,
            )
            for proposal in realised.values()
        ),
        key=lambda mark: mark.on,
    )  # fmt: skip


def _changes_of_edition(events: Iterable[Event]) -> list[Mark]:
    return [
        Mark(on=day_at(event.at), label=gettext("edition %(number)s", number=event.details["edition"]))
        for event in events
        if event.verb == "took_over"
    ]


def _periods(target: Target) -> list[Period]:
    if not isinstance(target, Indicator):
        return []
    periods = []
    for value in target.by_period:
        at_least, at_most = rules.limits(value.target_value, value.target_upper, target.polarity)
        periods.append(
            Period(
                on=rules.period_end(value.year, value.period.last_month), label=value.period.code,
                actual=value.actual_value, at_least=at_least, at_most=at_most,
            )
        )  # fmt: skip
    return periods


@bp.get("/<row:target_id>/compare")
def compare(target_id: int) -> ResponseReturnValue:
    document = queries.document(target_id)
    earlier = queries.document(row_named("with") or document.supersedes_id or 0)
    if earlier.lineage != document.lineage or earlier.id == document.id:
        raise NotFound
    changes = rules.differences(queries.sayings(earlier), queries.sayings(document))
    return render_template("targets/compare.html", document=document, earlier=earlier, changes=changes, facts=FACTS)
