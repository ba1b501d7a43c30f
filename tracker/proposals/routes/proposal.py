"""The register, and the page of a proposal."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.actions.changes import queries as changes
from tracker.attachments import queries as attachments
from tracker.audit.models import Event
from tracker.audit.queries import parts_in
from tracker.classification import policy as classification
from tracker.core import clock
from tracker.core.actor import Actor, Role
from tracker.core.pages import me
from tracker.core.paging import nothing_found
from tracker.core.together import together
from tracker.core.wording import gettext
from tracker.corrections import queries as corrections
from tracker.meetings import queries as meetings
from tracker.people import queries as people
from tracker.proposals import policy, queries, rules
from tracker.proposals.forms import ProposalFilterForm
from tracker.proposals.models import Proponent, Proposal, TargetLink
from tracker.proposals.routes.blueprint import bp
from tracker.proposals.routes.verbs import Allowed, Progress, verbs_of
from tracker.proposals.rules import Attribution, ProposalStatus
from tracker.reviews import queries as reviews
from tracker.status import queries as status_queries
from tracker.status.follows import queries as follows
from tracker.targets import queries as targets
from tracker.targets.rules import TargetKind


@bp.get("")
def index() -> ResponseReturnValue:
    form = ProposalFilterForm()
    form.proponent.offer(people.PERSONS, gettext("Anyone"))
    form.unit.offer(people.UNITS, gettext("Any"))
    form.target.offer(targets.TARGETS, gettext("Any"))
    status = form.validation_status()
    page = queries.matching(form.filter(), request.args.get("page")) if status is HTTPStatus.OK else nothing_found()
    may_edit = policy.may_edit(me())
    return render_template("proposals/index.html", form=form, page=page, may_edit=may_edit), status


@bp.get("/<code:code>")
def by_code(code: str) -> ResponseReturnValue:
    return redirect(url_for(".show", proposal_id=queries.id_of_code(code)))


@bp.get("/<row:proposal_id>")
def show(proposal_id: int) -> ResponseReturnValue:
    return render_template("proposals/show.html", **shown(proposal_id))


def shown(proposal_id: int) -> dict[str, Any]:
    """Everything that the page of a proposal shows, or a panel beside a list."""
    proposal = queries.in_full(proposal_id)
    answer, actor, today = status_queries.answers_about([proposal])[proposal_id], me(), clock.today()
    relations = queries.relations_of(proposal_id)
    merged = queries.merged_into(proposal, relations)
    escalations, follow_rows, file_rows = together(
        changes.escalations_of(proposal), follows.follow_rows_of(actor, proposal), attachments.file_rows_of(proposal)
    )
    escalations.reverse()
    follow_row = next(iter(follow_rows), None)
    answerable = changes.answerable(escalations, actor)
    is_mine = policy.is_proponent(actor, proposal)
    events = [event for event in answer.facts.events if event.subject == "proposal"]
    pending = corrections.pending(actor, proposal, events)
    hand_over = status_queries.hand_over_to_answer(answer.facts, proposal, actor)
    allowed = Allowed(
        steps=[
            to for to in ProposalStatus if to in rules.NEXT[proposal.status] and policy.may_move(actor, proposal, to)
        ],
        review_stop=reviews.open_stop(actor, proposal),
        hand_over_id=hand_over.id if hand_over else None,
        escalation_id=next((row_id for row_id, may_answer in answerable.items() if may_answer), None),
        answers={
            row.id: rules.answers_to(row.attribution)
            for row in proposal.proponents
            if policy.may_answer_attribution(actor, row)
        },
        may_edit=policy.may_edit(actor),
        may_classify=classification.may_classify(actor),
        may_manage=policy.may_manage(actor) and proposal.status in rules.OPEN,
        may_confirm_correction=pending is not None and pending.may_confirm,
        is_followed=bool(follow_row and follow_row.followed_at),
    )
    holder = answer.standing.responsibility
    progress = Progress(
        actions=answer.standing.actions,
        finished_actions=answer.standing.finished_actions,
        has_holder=holder is not None and holder.holder is not None,
    )
    return {
        "proposal": proposal,
        "answer": answer,
        "verbs": verbs_of(proposal, progress, actor, allowed),
        "steps": allowed.steps,
        "may_edit": allowed.may_edit,
        "may_classify": allowed.may_classify,
        "raised_in": meetings.meeting_or_none(proposal.raised_in_id),
        "relations": relations,
        "lineage": queries.lineage_of(proposal, relations),
        "merged": merged,
        "merged_actions": actions.open_of([row.id for row in merged]),
        "timeline": status_queries.timeline_of_proposal(answer.facts, today),
        "files": attachments.files_of(proposal, actor, file_rows),
        "changes": follows.changes_of_subject(proposal, follow_row, events) if follow_row or is_mine else None,
        "corrections": pending,
        "today": today,
        "disputes": _disputes(events),
        "in_force": targets.versions_in_force(
            [link.target_id for link in proposal.target_links if link.target.superseded_edition is not None]
        ),
        "measured": {
            link.target_id: link.target for link in proposal.target_links if link.target.kind is TargetKind.INDICATOR
        },
        "may_record_effect": policy.may_record_effect(actor),
        **_settleable(actor, proposal),
        "escalations": escalations,
        "answerable": answerable,
        "hand_over": hand_over,
        "blanks": _blanks(proposal),
    }


def _blanks(proposal: Proposal) -> list[str]:
    """Labels of facts that the secretariat could still fill in."""
    facts = {
        gettext("Who has to decide"): proposal.decision_authority_id,
        gettext("Responsible unit"): proposal.responsible_unit_id,
        gettext("Title in English"): proposal.title_en,
        gettext("Gist in English"): proposal.gist_en,
    }
    return [name for name, value in facts.items() if not value]


def _settleable(actor: Actor, proposal: Proposal) -> dict[str, object]:
    """Links and disputed names that the role of the user may settle: True, or False if the user had a part in them."""
    links = proposal.target_links if actor.has(Role.DECISION_MAKER) else []
    names = [row for row in proposal.proponents if row.attribution is Attribution.DISPUTED and policy.may_edit(actor)]
    parts_in_links = parts_in(actor, TargetLink, [link.id for link in links]) if links else {}
    parts_in_names = parts_in(actor, Proponent, [row.id for row in names]) if names else {}
    return {
        "link_steps": rules.LINK_STEPS,
        "settleable_links": {link.id: policy.may_settle_link(actor, parts_in_links[link.id]) for link in links},
        "settleable_names": {row.id: policy.may_settle_attribution(actor, parts_in_names[row.id]) for row in names},
    }


def _disputes(events: Sequence[Event]) -> dict[int, Event]:
    disputes = [event for event in reversed(events) if event.verb == "attribution_disputed"]
    return {event.details["proponent_id"]: event for event in disputes if "proponent_id" in event.details}
