"""Add and remove proponents; answer and settle attributions. Callers commit."""

from contextlib import nullcontext
from dataclasses import asdict, replace
from datetime import date, datetime

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.people import queries as people
from tracker.proposals import queries, rules
from tracker.proposals.commands.decided import PROPOSED_BY, correcting, ensure_may_end
from tracker.proposals.commands.drafts import ProponentDraft, SettlementDraft
from tracker.proposals.models import Proponent, Proposal
from tracker.proposals.rules import Answer, Attribution, Settlement


def add_proponent(
    proposal: Proposal, draft: ProponentDraft, *, reason: str | None = None, by: Actor, at: datetime
) -> Proponent:
    """If no post is given and the person held exactly one on the day of the proposal, it is filled in."""
    proponent = Proponent(**asdict(_with_post_of_the_day(draft, proposal.raised_on)))
    with correcting(proposal, PROPOSED_BY, reason=reason, by=by, at=at):
        proposal.proponents.append(proponent)
        record(proposal, "proponent_added", by=by, at=at)
    return proponent


def _with_post_of_the_day(draft: ProponentDraft, day: date) -> ProponentDraft:
    """Add the title of the post as of that day: of the chosen post, or of the only one the person held."""
    if draft.person_id is None or draft.post_as_written:
        return draft
    posts = people.posts_held([draft.person_id], day).get(draft.person_id, [])
    matching = [post for post in posts if draft.position_id in {None, post.position_id}]
    return (
        replace(draft, position_id=matching[0].position_id, post_as_written=matching[0].words)
        if len(matching) == 1
        else draft
    )


def remove_proponent(
    proposal: Proposal, proponent: Proponent, *, reason: str | None = None, by: Actor, at: datetime
) -> None:
    """Removing a disputed proponent settles the dispute, so the person named cannot do it."""
    ensure_may_end(proponent, by)
    with correcting(proposal, PROPOSED_BY, reason=reason, by=by, at=at):
        _take_off(proposal, proponent)
        record(proposal, "proponent_removed", by=by, at=at)


def _take_off(proposal: Proposal, proponent: Proponent) -> None:
    proposal.proponents.remove(proponent)
    db.session.delete(proponent)


def answer_attribution(
    proposal: Proposal, proponent: Proponent, answer: Answer, note: str | None, *, by: Actor, at: datetime
) -> None:
    if answer not in rules.answers_to(proponent.attribution):
        raise NotPossible(_l("This has been answered already. Withdraw that answer first."))
    if answer is Answer.DISPUTED and not note:
        raise NotPossible(_l("Describe what is not correct."), field="note")
    before = proponent.attribution
    if answer is Answer.TAKEN_BACK:
        proponent.attribution = queries.attribution_before(proponent)
    else:
        proponent.attribution = Attribution(answer.value)
    record(
        proposal, f"attribution_{answer}", by=by, at=at, from_state=before, to_state=proponent.attribution, reason=note,
        proponent_id=proponent.id,
    )  # fmt: skip


def settle_attribution(
    proposal: Proposal, proponent: Proponent, draft: SettlementDraft, *, by: Actor, at: datetime
) -> None:
    """Settle a dispute. Minutes stay as they are; the event keeps the former role."""
    if proponent.attribution is not Attribution.DISPUTED:
        raise NotPossible(_l("This attribution is not disputed."))
    ensure_may_end(proponent, by)
    is_removed = draft.settlement is Settlement.COMES_OFF
    before = {"person_id": proponent.person_id, "role": proponent.role.value}
    after = None if is_removed else {**before, "role": draft.role.value}
    if not is_removed and draft.attribution not in rules.SETTLED_AS:
        raise NotPossible(_l("Only the person named can confirm it."), field="attribution")
    is_other = is_removed or draft.role is not proponent.role
    with correcting(proposal, PROPOSED_BY, reason=draft.note, by=by, at=at) if is_other else nullcontext():
        if is_removed:
            _take_off(proposal, proponent)
        else:
            proponent.role, proponent.attribution = draft.role, draft.attribution
    record(
        proposal, "attribution_withdrawn" if is_removed else "attribution_settled", by=by, at=at, reason=draft.note,
        from_state=Attribution.DISPUTED, to_state=None if is_removed else draft.attribution, before=before, after=after,
    )  # fmt: skip
