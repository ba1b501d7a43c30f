"""Turning typed lines into records. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from tracker.actions.commands import ActionDraft, Origin, assign_action
from tracker.actions.models import ActionItem
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.live import queries
from tracker.live.models import TypedLine
from tracker.live.rules import Known, Mention, Register, Understood
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meeting_queries
from tracker.meetings.commands import AttendanceDraft, Bearings, StatementDraft
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.rules import AttendanceRole, Attendee, Bearing, StatementKind, looks_like_post
from tracker.people.commands import PersonDraft, add_person
from tracker.proposals import queries as proposals
from tracker.proposals.commands import ProponentDraft, add_proponent, relate
from tracker.proposals.rules import Attribution, RelationKind
from tracker.targets import queries as targets


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What the typist said of an earlier proposal beside the line: this continues it, or is the very same."""

    continues_id: int | None = None
    same_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Words:
    """What can be changed of a stored line on the screen."""

    kind: StatementKind
    quote: str | None
    gist_id: str | None
    speaker_id: int | None


def keep_typing(meeting: Meeting, key: str, text: str, *, by: Actor, at: datetime) -> None:
    """Remember what is being typed; nothing left means forget it."""
    known = queries.typed_line(key, meeting.id, by.account_id)
    if known and not text.strip():
        db.session.delete(known)
    elif known:
        known.text, known.typed_at = text, at
    elif text.strip():
        db.session.add(TypedLine(key=key, meeting_id=meeting.id, account_id=by.account_id, text=text, typed_at=at))


def write_line(
    meeting: Meeting,
    understood: Understood,
    earlier: Earlier,
    key: str,
    *,
    seats_unknown: bool = False,
    by: Actor,
    at: datetime,
) -> Statement | ActionItem:
    """Store a line as what it means, and forget it as something still being typed."""
    if seats_unknown:
        understood = _seated(meeting, understood, by=by, at=at)
    keep_typing(meeting, key, "", by=by, at=at)
    if understood.kind is None:
        return _write_action(meeting, understood, by=by, at=at)
    return _write_statement(meeting, understood, earlier, by=by, at=at)


def _seated(meeting: Meeting, understood: Understood, *, by: Actor, at: datetime) -> Understood:
    """The line with those whom nobody knew on the attendance list, provisionally."""
    people = []
    for mention in understood.people:
        if mention.known is None and not mention.is_within:
            attendee = Attendee(name=mention.name, post=None, role=AttendanceRole.PARTICIPANT)
            row = call(meeting, attendee, by=by, at=at)
            db.session.flush()  # the line needs the row's number
            mention = replace(mention, known=Known(Register.ATTENDANCE, row.id, (mention.name,)))
        people.append(mention)
    return replace(understood, people=tuple(people))


def _write_statement(
    meeting: Meeting, understood: Understood, earlier: Earlier, *, by: Actor, at: datetime
) -> Statement:
    first, *others = understood.speakers or (None,)
    speaker_id = first.known.id if first and first.known and first.known.register is Register.ATTENDANCE else None
    draft = StatementDraft(
        kind=understood.kind or StatementKind.REMARK,
        quote=understood.quote,
        gist_id=understood.gist,
        speaker_id=speaker_id,
        speaker_note=None if speaker_id or first is None else _name_of(first),
    )
    same = [(proposals.in_full(earlier.same_id), Bearing.DISCUSSES)] if earlier.same_id else []
    meant = [mention.known.id for mention in understood.targets if mention.known]
    bearings = Bearings(proposals=same, targets=targets.several(meant))
    added = meetings.add_statement(meeting, draft, bearings, by=by, at=at)
    if understood.kind is StatementKind.PROPOSAL and not same:
        _raise(added, understood, others, earlier, by=by, at=at)
    return added


def _raise(
    added: Statement, understood: Understood, others: Sequence[Mention], earlier: Earlier, *, by: Actor, at: datetime
) -> None:
    """Make the proposal. More than one name: who said it is not certain, so nobody's attribution is."""
    proposal = meetings.raise_proposal(meeting_queries.statement(added.id), understood.title, None, by=by, at=at)
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
    row = queries.row_with_names(known.id) if known else None
    if row is None:
        return ProponentDraft(post_as_written=mention.name)
    return ProponentDraft(person_id=row.person_id, position_id=row.position_id, post_as_written=row.post_as_written)


def _name_of(mention: Mention) -> str:
    """The fullest spelling of who is meant, or the name as typed."""
    return mention.known.spellings[0] if mention.known else mention.name


def _write_action(meeting: Meeting, understood: Understood, *, by: Actor, at: datetime) -> ActionItem:
    origin = queries.origin_of_next_action(meeting_queries.statements_of(meeting.id))
    if origin is None:
        raise NotPossible(_l("A follow-up carries something out: write the proposal, decision or directive first."))
    if not understood.words:
        raise NotPossible(_l("Write what is to be done."))
    assignee = next((mention for mention in understood.people), None)
    person_id, unit_id = _who_does_it(assignee)
    draft = ActionDraft(
        text_id=understood.words,
        pic_id=person_id,
        responsible_unit_id=unit_id,
        waiting_for=assignee.name if assignee and assignee.known is None else None,
        classification=meeting.classification.at_least(
            origin.classification, *(link.proposal.classification for link in origin.proposal_links[:1])
        ),
    )
    proposal_id = origin.proposal_links[0].proposal_id if origin.proposal_links else None
    source = Origin(proposal_id=proposal_id, statement_id=None if proposal_id else origin.id)
    return assign_action(draft, source, understood.due_on, on=meeting.date, by=by, at=at)


def _who_does_it(assignee: Mention | None) -> tuple[int | None, int | None]:
    """(person, unit): the person named, or the unit of the post where no person is."""
    if assignee is None or assignee.known is None:
        return None, None
    if assignee.known.register is Register.PERSON:
        return assignee.known.id, None
    row = queries.row_with_names(assignee.known.id)
    return (row.person_id, row.position.unit_id if row.position else None) if row else (None, None)


def change_line(statement: Statement, words: Words, *, by: Actor, at: datetime) -> None:
    """Change what a stored line says; all else about it stays."""
    stored = StatementDraft(**{part.name: getattr(statement, part.name) for part in fields(StatementDraft)})
    kept = Bearings(
        proposals=[(proposals.in_full(link.proposal_id), link.bearing) for link in statement.proposal_links],
        targets=statement.targets,
    )
    draft = replace(
        stored, kind=words.kind, quote=words.quote, gist_id=words.gist_id, speaker_id=words.speaker_id,
        speaker_note=None if words.speaker_id else stored.speaker_note,
    )  # fmt: skip
    meetings.edit_statement(statement, draft, kept, by=by, at=at)


def call(meeting: Meeting, attendee: Attendee, *, by: Actor, at: datetime) -> Attendance:
    """Add a line of the roll-call. A name nobody knows becomes a provisional person; a post stays a post."""
    person = queries.person_called(attendee.name)
    position = None if person else queries.position_called(attendee.name)
    there = queries.expected_row(meeting, attendee.name, person)
    if there:
        meetings.note_present(there, by=by, at=at)
        return there
    if person is None and position is None and not looks_like_post(attendee.name):
        person = add_person(PersonDraft(name=attendee.name, is_provisional=True), by=by, at=at)
    draft = AttendanceDraft(
        person_id=person.id if person else None,
        position_id=position.id if position else None,
        post_as_written=attendee.post or (None if person else attendee.name),
        role=attendee.role,
    )
    return meetings.add_attendance(meeting, draft, by=by, at=at)


def seat_speaker(statement: Statement, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Put the speaker whom only the line names onto the attendance list, provisionally where nobody knows the name."""
    if statement.speaker_id or not statement.speaker_note:
        raise NotPossible(_l("The speaker of this line is on the list."))
    row = call(meeting, Attendee(name=statement.speaker_note, post=None, role=AttendanceRole.PARTICIPANT), by=by, at=at)
    db.session.flush()  # the statement needs the row's number
    statement.speaker_id, statement.speaker_note = row.id, None
