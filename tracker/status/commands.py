"""Hand over, split, settle the origin, set thresholds. Callers commit."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN as OPEN_ACTIONS
from tracker.audit.commands import record, recorded
from tracker.audit.models import Event
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.occurrence import ensure_day
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.models import Meeting, Statement, StatementProposal
from tracker.proposals import commands as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import OPEN, RelationKind
from tracker.status import queries, rules
from tracker.status.models import AnswerSetting, HandOver


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Exactly one of a person, a post, a unit, or the name of somebody outside."""

    person_id: int | None = None
    position_id: int | None = None
    unit_id: int | None = None
    outside: str | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    title_id: str
    title_en: str | None = None
    gist_id: str
    gist_en: str | None = None


def hand_over(
    subject: Proposal | ActionItem, to: Recipient, *, on: date, reason: str | None, by: Actor, at: datetime
) -> HandOver:
    if subject.status not in OPEN and subject.status not in OPEN_ACTIONS:
        raise NotPossible(_l("It is closed; nobody has to act."))
    ensure_day(on, since=subject.raised_on if isinstance(subject, Proposal) else subject.assigned_on, at=at)
    _overtake(subject, by_name=by.name, at=at)
    hand_over_row = HandOver(
        proposal_id=subject.id if isinstance(subject, Proposal) else None,
        action_id=subject.id if isinstance(subject, ActionItem) else None,
        person_id=to.person_id, position_id=to.position_id, unit_id=to.unit_id, outside=to.outside,
        on=on, reason=reason, at=at, by_name=by.name,
    )  # fmt: skip
    if subject.status_since > on:  # a later step has already superseded it
        hand_over_row.ended_at, hand_over_row.ended_by_name = at, by.name
    db.session.add(hand_over_row)
    record(subject, "handed_over", by=by, at=at, on=on, reason=reason)
    return hand_over_row


def answer_hand_over(
    subject: Proposal | ActionItem, hand_over_row: HandOver, answer: str, *, by: Actor, at: datetime
) -> None:
    """Record what was done; responsibility returns to those in charge."""
    if hand_over_row.ended_at is not None:
        raise NotPossible(_l("This hand-over no longer applies: it was answered, or others have to act now."))
    hand_over_row.ended_at, hand_over_row.ended_by_name, hand_over_row.answer = at, by.name, answer
    record(subject, "hand_over_answered", by=by, at=at, reason=answer)


@recorded.connect
def follow(subject: object, event: Event) -> None:
    """End hand-overs superseded by an event; restore one if the decision that ended it is undone."""
    if not isinstance(subject, ActionItem | Proposal):
        return
    if event.verb == "reviewed_undone":
        decided_at = datetime.fromisoformat(event.details["decided_at"])
        for ended in queries.hand_overs_overtaken(subject, decided_at):
            by = Actor(account_id=event.by_account_id, name=event.by_name)
            hand_over(subject, _recipient(ended), on=day_at(event.at), reason=ended.reason, by=by, at=event.at)
    elif rules.overtakes(event.verb, event.to_state, event.details.get("after")):
        _overtake(subject, by_name=event.by_name, at=event.at)


def _overtake(subject: Proposal | ActionItem, *, by_name: str, at: datetime) -> None:
    for hand_over_row in queries.open_hand_overs(subject):
        hand_over_row.ended_at, hand_over_row.ended_by_name = at, by_name


def _recipient(hand_over_row: HandOver) -> Recipient:
    return Recipient(
        person_id=hand_over_row.person_id,
        position_id=hand_over_row.position_id,
        unit_id=hand_over_row.unit_id,
        outside=hand_over_row.outside,
    )


def split(proposal: Proposal, parts: list[Part], *, reason: str, by: Actor, at: datetime) -> list[Proposal]:
    """Create parts that are decided separately; each gets the proponents, statements and source of the whole."""
    if proposal.status not in OPEN:
        raise NotPossible(_l("Only an open proposal can be split."))
    if not parts:
        raise NotPossible(_l("Name at least one part."), field="parts")
    mentions = queries.facts_of([proposal.id])[proposal.id].mentions
    part_proposals = [_part(proposal, part, mentions, reason=reason, by=by, at=at) for part in parts]
    record(proposal, "split", by=by, at=at, reason=reason, mentions=part_proposals)
    return part_proposals


def _part(
    whole: Proposal, part: Part, mentions: list[StatementProposal], *, reason: str, by: Actor, at: datetime
) -> Proposal:
    draft = proposals.ProposalDraft(
        title_id=part.title_id, title_en=part.title_en, gist_id=part.gist_id, gist_en=part.gist_en,
        raised_on=whole.raised_on, raised_in_id=whole.raised_in_id, source_note=whole.source_note,
        classification=whole.classification,
        decision_authority_id=whole.decision_authority_id, responsible_unit_id=whole.responsible_unit_id,
    )  # fmt: skip
    part_proposal = proposals.propose(draft, by=by, at=at)
    for row in whole.proponents:
        same = proposals.ProponentDraft(
            person_id=row.person_id, position_id=row.position_id, post_as_written=row.post_as_written,
            role=row.role, attribution=row.attribution,
        )  # fmt: skip
        proposals.add_proponent(part_proposal, same, by=by, at=at)
    db.session.add_all(
        StatementProposal(statement_id=mention.statement_id, proposal_id=part_proposal.id, bearing=mention.bearing)
        for mention in mentions
    )
    proposals.relate(part_proposal, whole, RelationKind.SPLIT_FROM, reason, by=by, at=at)
    record(part_proposal, "split_off", by=by, at=at, reason=reason, mentions=[whole])
    return part_proposal


def attach_origin(statement: Statement, origin: Meeting, *, by: Actor, at: datetime) -> None:
    """Record the meeting in which a relayed statement was made; its text stays as recorded."""
    if statement.origin_meeting_id is not None:
        raise NotPossible(_l("The meeting where this was said is already known."))
    if origin.id == statement.meeting_id:
        raise NotPossible(_l("Relayed statements must come from another meeting."), field="meeting")
    statement.origin_meeting_id = origin.id
    record(statement, "origin_attached", by=by, at=at, meeting_id=origin.id)


def set_thresholds(setting: AnswerSetting, meetings: int, days: int, *, by: Actor, at: datetime) -> None:
    before = {"meetings": setting.after_meetings, "days": setting.after_days}
    setting.after_meetings, setting.after_days = meetings, days
    db.session.add(setting)
    db.session.flush()
    record(setting, "thresholds_changed", by=by, at=at, before=before, after={"meetings": meetings, "days": days})
