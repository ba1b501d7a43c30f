"""Who stands behind a proposal, and how sure that is. Nothing here commits."""

from dataclasses import asdict, replace
from datetime import date, datetime

from tracker.audit.commands import record
from tracker.audit.queries import parts_of
from tracker.audit.rules import Part
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.people import queries as people
from tracker.proposals import queries, rules
from tracker.proposals.commands.drafts import ProponentDraft, SettlementDraft
from tracker.proposals.models import Proponent, Proposal
from tracker.proposals.rules import Answer, Attribution, Settlement


def add_proponent(proposal: Proposal, draft: ProponentDraft, *, by: Actor, at: datetime) -> Proponent:
    """Name somebody who stands behind the proposal, with the post of that day where none is given and it is one."""
    proponent = Proponent(**asdict(_with_post_of_the_day(draft, proposal.raised_on)))
    proposal.proponents.append(proponent)
    record(proposal, "proponent_added", by=by, at=at)
    return proponent


def _with_post_of_the_day(draft: ProponentDraft, day: date) -> ProponentDraft:
    """The post in its words of that day, frozen: the one that was chosen, or the only one that the person held."""
    if draft.person_id is None or draft.post_as_written:
        return draft
    posts = people.posts_held([draft.person_id], day).get(draft.person_id, [])
    own = [post for post in posts if draft.position_id in {None, post.position_id}]
    return replace(draft, position_id=own[0].position_id, post_as_written=own[0].words) if len(own) == 1 else draft


def remove_proponent(proposal: Proposal, proponent: Proponent, *, by: Actor, at: datetime) -> None:
    """Take a proponent off; the audit keeps who it was. Of a dispute that would be its end."""
    if proponent.attribution is Attribution.DISPUTED:
        _refuse_the_named(proponent, by)
    db.session.delete(proponent)
    record(proposal, "proponent_removed", by=by, at=at)


def answer_attribution(
    proposal: Proposal, proponent: Proponent, answer: Answer, note: str | None, *, by: Actor, at: datetime
) -> None:
    """The person named confirms, disputes, or takes that back, for that person alone; the quote stays as it is."""
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


def _refuse_the_named(proponent: Proponent, by: Actor) -> None:
    if Part.NAMED in parts_of(by, proponent):
        raise NotPossible(_l("It concerns you, so somebody else has to settle it."))


def settle_attribution(
    proposal: Proposal, proponent: Proponent, draft: SettlementDraft, *, by: Actor, at: datetime
) -> None:
    """End a dispute; what the minutes quote stays as it is, and the event remembers how the name stood there."""
    if proponent.attribution is not Attribution.DISPUTED:
        raise NotPossible(_l("This attribution is not disputed."))
    _refuse_the_named(proponent, by)
    comes_off = draft.settlement is Settlement.COMES_OFF
    before = {"person_id": proponent.person_id, "role": proponent.role.value}
    after = None if comes_off else {**before, "role": draft.role.value}
    if comes_off:
        db.session.delete(proponent)
    elif draft.attribution not in rules.SETTLED_AS:
        raise NotPossible(_l("Only the person named can confirm it."), field="attribution")
    else:
        proponent.role, proponent.attribution = draft.role, draft.attribution
    record(
        proposal, "attribution_withdrawn" if comes_off else "attribution_settled", by=by, at=at, reason=draft.note,
        from_state=Attribution.DISPUTED, to_state=None if comes_off else draft.attribution, before=before, after=after,
    )  # fmt: skip
