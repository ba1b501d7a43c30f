"""Proponents of a proposal, and its links to targets, after it was recorded."""

from tracker.accounts.rules import ApiFeature
from tracker.api.bodies import filled, refusing
from tracker.api.operations import ensure_unchanged
from tracker.api.routes.blueprint import operation
from tracker.api.routes.proposals import show_proposal
from tracker.api.schemas.proposals import Proposal
from tracker.audit.queries import parts_of
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.people import queries as people
from tracker.proposals import commands, policy, queries
from tracker.proposals.forms import EffectForm, LinkForm, ProponentForm, RemoveProponentForm, SettleForm
from tracker.proposals.rules import LinkState
from tracker.targets import queries as targets

P = ApiFeature.PROPOSALS
OF_PROPOSAL = "/proposals/<row:proposal_id>"
LINK = f"{OF_PROPOSAL}/targets/<row:link_id>"


@operation(
    "POST", f"{OF_PROPOSAL}/proponents", summary=_l("Add a proponent"), feature=P, answers=Proposal,
    takes=ProponentForm, shown_by=show_proposal, is_guarded=True,
    example={"person": 1, "role": "proponent", "attribution": "unconfirmed"},
)  # fmt: skip
def add_proponent(proposal_id: int) -> dict[str, int]:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    ensure_unchanged(show_proposal(proposal_id))
    form = filled(ProponentForm)
    form.person.offer(people.PERSONS)
    form.position.offer(people.POSTS)
    with refusing(form):
        form.check()
        held = people.posts_held([form.person.data], proposal.raised_on) if form.person.data else {}
        if form.asks_post(held.get(form.person.data or 0, [])):
            raise NotPossible(gettext("This person held more than one post on that day. Choose one."), field="position")
        commands.add_proponent(proposal, form.draft(), reason=form.correction_reason.data, by=me(), at=clock.now())
    return {"proposal_id": proposal_id}


@operation(
    "POST", f"{OF_PROPOSAL}/proponents/<row:proponent_id>/removal", summary=_l("Remove a proponent"), feature=P,
    answers=Proposal, takes=RemoveProponentForm, shown_by=show_proposal, is_guarded=True,
    example={"correction_reason": "Salah catat"},
)  # fmt: skip
def remove_proponent(proposal_id: int, proponent_id: int) -> dict[str, int]:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    proponent = queries.proponent(proposal, proponent_id)
    ensure_unchanged(show_proposal(proposal_id))
    form = filled(RemoveProponentForm)
    with refusing(form):
        form.check()
        commands.remove_proponent(proposal, proponent, reason=form.correction_reason.data, by=me(), at=clock.now())
    return {"proposal_id": proposal_id}


@operation(
    "POST", f"{OF_PROPOSAL}/targets", summary=_l("Link it to a target"), feature=P, answers=Proposal, takes=LinkForm,
    shown_by=show_proposal, is_guarded=True, example={"target": 1, "effect": "supports"},
)  # fmt: skip
def link_to_target(proposal_id: int) -> dict[str, int]:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    ensure_unchanged(show_proposal(proposal_id))
    form = filled(LinkForm)
    form.target.offer(targets.TARGETS)
    with refusing(form):
        form.check()
        commands.link_target(proposal, form.draft(), reason=form.correction_reason.data, by=me(), at=clock.now())
    return {"proposal_id": proposal_id}


@operation(
    "POST", f"{LINK}/steps/<any({', '.join(LinkState)}):to>", summary=_l("Confirm or reject a link to a target"),
    feature=P, answers=Proposal, takes=SettleForm, shown_by=show_proposal, is_guarded=True,
    example={"note": "Sesuai dokumen target."},
)  # fmt: skip
def settle_link(proposal_id: int, link_id: int, to: str) -> dict[str, int]:
    proposal = queries.in_full(proposal_id, to_change=True)
    link = queries.link(proposal, link_id)
    ensure(policy.may_settle_link(me(), parts_of(me(), link)))
    ensure_unchanged(show_proposal(proposal_id))
    form = filled(SettleForm)
    with refusing(form):
        form.check()
        commands.settle_link(proposal, link, LinkState(to), form.note.data, by=me(), at=clock.now())
    return {"proposal_id": proposal_id}


@operation(
    "POST", f"{LINK}/effect", summary=_l("Record the effect on a target"), feature=P, answers=Proposal,
    takes=EffectForm, shown_by=show_proposal, is_guarded=True,
    example={"on": "2026-11-30", "value": 82.5, "period": "B09 2026"},
)  # fmt: skip
def record_effect(proposal_id: int, link_id: int) -> dict[str, int]:
    ensure(policy.may_record_effect(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    link = queries.link(proposal, link_id)
    ensure_unchanged(show_proposal(proposal_id))
    form = filled(EffectForm)
    with refusing(form):
        form.check()
        commands.record_effect(proposal, link, form.realised(), by=me(), at=clock.now())
    return {"proposal_id": proposal_id}
