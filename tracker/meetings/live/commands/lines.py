"""Store, change and move lines. Callers commit."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from tracker.actions.models import ActionItem
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meeting_queries
from tracker.meetings.commands import StatementDraft, StatementLinks
from tracker.meetings.commands.lock import ensure_open
from tracker.meetings.live import queries
from tracker.meetings.live.commands.actions import write_action
from tracker.meetings.live.commands.deciding import decide, links_of, steps_of
from tracker.meetings.live.rules import Known, Mention, Place, Reference, Register, Understood
from tracker.meetings.models import Meeting, Statement
from tracker.meetings.queries import NO_ANSWER, Seats
from tracker.meetings.rules import AttendanceRole, Attendee, Bearing, StatementKind
from tracker.proposals import queries as proposals
from tracker.proposals.commands import ProponentDraft, add_proponent, relate
from tracker.proposals.rules import Attribution, RelationKind
from tracker.targets import queries as targets


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """The relation to an earlier proposal chosen next to the line: it continues it, or is the same."""

    continues_id: int | None = None
    same_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class More:
    #: Source of the statement if no attendee speaks.
    speaker_note: str | None = None
    on_behalf_of: str | None = None
    origin_meeting_id: int | None = None
    origin_note: str | None = None
    agenda_item_id: int | None = None
    has_sic: bool = False
    recorder_note: str | None = None
    target_ids: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class Words:
    """Changes to a stored line; without `more`, the other details stay."""

    kind: StatementKind
    quote: str | None
    gist_id: str | None
    speaker_id: int | None
    more: More | None = None


def write_line(
    meeting: Meeting,
    understood: Understood,
    earlier: Earlier,
    *,
    after: Statement | None = None,
    seats_unknown: bool = False,
    by: Actor,
    at: datetime,
) -> Statement | ActionItem:
    """Store a line as a statement (with its proposal) or as an action.

    A statement is inserted after `after`, or at the end; its agenda item is in `understood.details`.
    """
    ensure_open(meeting)
    if seats_unknown:
        understood = _seated(meeting, understood, by=by, at=at)
    if understood.kind is None:
        return write_action(meeting, understood, about_id=earlier.same_id, by=by, at=at)
    return _write_statement(meeting, understood, earlier, after=after, by=by, at=at)


def _seated(meeting: Meeting, understood: Understood, *, by: Actor, at: datetime) -> Understood:
    """Add unknown speakers to the attendance list; ambiguous names remain text of the line only."""
    if not understood.strangers:
        return understood
    seats, people = Seats(meeting, day_at(at, meeting.zone)), []
    for mention in understood.people:
        attendee = Attendee(name=mention.name, post=None, role=AttendanceRole.PARTICIPANT)
        is_unknown = mention.known is None and not mention.is_within
        seating = seats.seating(attendee, NO_ANSWER) if is_unknown else None
        if seating and not seating.questions:
            row = meetings.seat(meeting, seating, by=by, at=at)
            seats.add_row(row)
            mention = replace(mention, known=Known(Register.ATTENDANCE, row.id, (mention.name,)))
        people.append(mention)
    return replace(understood, people=tuple(people))


def _write_statement(
    meeting: Meeting,
    understood: Understood,
    earlier: Earlier,
    *,
    after: Statement | None,
    by: Actor,
    at: datetime,
) -> Statement:
    first, *others = understood.speakers or (None,)
    speaker_id = first.known.id if first and first.known and first.known.register is Register.ATTENDANCE else None
    details = understood.details
    draft = StatementDraft(
        kind=understood.kind or StatementKind.REMARK,
        quote=understood.quote,
        gist_id=understood.gist,
        agenda_item_id=details.agenda_item_id,
        speaker_id=speaker_id,
        speaker_note=None if speaker_id else _name_of(first) if first else details.narrator,
        on_behalf_of=details.on_behalf_of,
        origin_note=details.origin_note,
        has_sic=details.has_sic,
        recorder_note=details.recorder_note,
    )
    meant = [mention.known.id for mention in understood.targets if mention.known]
    about = links_of(
        draft.kind, understood.references, decision=understood.decision, about_id=earlier.same_id,
        led_to=understood.led_to,
    )  # fmt: skip
    steps = (
        steps_of(understood.decision, about, reason=draft.gist_id or draft.quote, on=meeting.date, by=by, at=at)
        if understood.decision
        else ()
    )
    added = meetings.add_statement(
        meeting, draft, replace(about, targets=targets.several(meant)), after=after, by=by, at=at
    )
    if understood.kind is StatementKind.PROPOSAL and earlier.same_id is None:
        _raise(added, understood, others, earlier, by=by, at=at)
    if steps:
        decide(meeting_queries.statement(added.id), steps, by=by, at=at)
    return added


def _raise(
    added: Statement, understood: Understood, others: Sequence[Mention], earlier: Earlier, *, by: Actor, at: datetime
) -> None:
    """Create the proposal. With more than one name it is unclear who said it, so nobody's attribution is certain."""
    effects = {target.known.id: target.effect for target in understood.targets if target.known and target.effect}
    proposal = meetings.raise_proposal(
        meeting_queries.statement(added.id), understood.title, None, effects=effects, by=by, at=at
    )
    if understood.led_by:
        meetings.note_origin(meeting_queries.statement(understood.led_by.id, to_change=True), proposal, by=by, at=at)
    for mention in others:
        add_proponent(proposal, _proponent(mention), by=by, at=at)
    if others:
        for proponent in proposal.proponents:
            proponent.attribution = Attribution.UNCONFIRMED
    if earlier.continues_id:
        relate(proposal, proposals.in_full(earlier.continues_id), RelationKind.CONTINUES, None, by=by, at=at)


def _proponent(mention: Mention) -> ProponentDraft:
    known = mention.known
    if known and known.register is Register.PERSON:
        return ProponentDraft(person_id=known.id)
    if known and known.register is Register.POSITION:
        return ProponentDraft(position_id=known.id, post_as_written=known.spellings[0])
    row = queries.row_with_names(known.id) if known and known.register is Register.ATTENDANCE else None
    if row is None:
        return ProponentDraft(post_as_written=mention.name)
    return ProponentDraft(person_id=row.person_id, position_id=row.position_id, post_as_written=row.post_as_written)


def _name_of(mention: Mention) -> str:
    return mention.known.spellings[0] if mention.known else mention.name


def change_line(
    statement: Statement, words: Words, references: Sequence[Reference] = (), *, by: Actor, at: datetime
) -> None:
    """Change text, kind and speaker of a stored line.

    Records whose codes now occur in the text are linked. If the line becomes a proposal, one is created; if it no
    longer is one, the proposal it raised stays.
    """
    stored = StatementDraft(**{part.name: getattr(statement, part.name) for part in fields(StatementDraft)})
    draft = replace(
        stored, kind=words.kind, quote=words.quote, gist_id=words.gist_id, speaker_id=words.speaker_id,
        speaker_note=None if words.speaker_id else stored.speaker_note,
    )  # fmt: skip
    if words.more:
        changed = {part.name: getattr(words.more, part.name) for part in fields(More) if part.name != "target_ids"}
        draft = replace(draft, **changed)
    named = links_of(words.kind, references)
    linked = {link.proposal_id: link.bearing for link in statement.proposal_links}
    new = [(proposal, bearing) for proposal, bearing in named.proposals if proposal.id not in linked]
    bearings = [(proposals.in_full(number), _bearing_now(words.kind, bearing)) for number, bearing in linked.items()]
    links = StatementLinks(
        proposals=[*bearings, *new],
        targets=targets.several(words.more.target_ids) if words.more else statement.targets,
        actions=[*(link.action for link in statement.action_links), *(named.actions or ())],
        meetings=[*(link.meeting for link in statement.meeting_links), *(named.meetings or ())],
    )
    meetings.edit_statement(statement, draft, links, by=by, at=at)
    meetings.ensure_proposal(meeting_queries.reload_links(statement), by=by, at=at)
    db.session.flush()  # increases the version, which the next change needs


def _bearing_now(kind: StatementKind, bearing: Bearing) -> Bearing:
    """A line that is no longer a decision only discusses what it decided; other relations stay."""
    if bearing is Bearing.DECIDES and kind is not StatementKind.DECISION:
        return Bearing.DISCUSSES
    return bearing


def move_line(line: Statement, place: Place, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Move a line within the meeting. Requires the loaded agenda."""
    item = next((agenda_item for agenda_item in meeting.agenda if agenda_item.id == place.item), None)
    if place.item and item is None:
        raise NotFound
    meetings.move_statement(
        line,
        before=meeting_queries.statement(place.before) if place.before else None,
        after=meeting_queries.statement(place.after) if place.after else None,
        to_item=item,
        by=by,
        at=at,
    )
    db.session.flush()  # increases the version, which an open editor needs
