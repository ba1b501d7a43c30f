"""Read a typed line. Pure.

u @razilu “perlu dibentuk semacam forum nasional” #penanganan

t @Sesditjen susun naskah akademik paling lambat 30 nov

A letter and a space at the start set the kind; `@` names who speaks or who does it, `#` a target; a date sets when an
action is due. What is recorded elsewhere is removed from the text if it is at the start or end. Within the sentence
it stays, without its sign. A name that refers to no record, or to more than one, stays as typed, except an unknown
speaker or assignee at the start, who is stored by name. Quotations are never changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.core.running_codes import codes_in
from tracker.meetings.live.formats import DueDate, due_date_in, quotations, unquoted
from tracker.meetings.live.rules.decisions import decision_in
from tracker.meetings.live.rules.edges import Edge, edges_of
from tracker.meetings.live.rules.marks import MARKS, mark_of
from tracker.meetings.live.rules.mentions import Directory, Occurrence, mentions_in
from tracker.meetings.live.rules.reading import (
    NOTHING_CHOSEN,
    Known,
    Meant,
    Mention,
    Question,
    Reference,
    Register,
    Topic,
    Understood,
)
from tracker.meetings.live.rules.titles import title_of
from tracker.meetings.rules import StatementKind


def understand(
    line: str,
    *,
    said_on: date,
    people: Sequence[Known] | Directory,
    targets: Sequence[Known],
    meant: Meant = NOTHING_CHOSEN,
    references: Sequence[Reference] = (),
    marked: tuple[str | None, int] | None = None,
) -> Understood:
    """Read a line, whose length the caller limits. `references` are the records its codes refer to.

    `marked` is the mark of its kind and the start of the text, if the caller knows them.
    """
    mark, begin = marked or mark_of(line)
    kind = None if meant.is_action else meant.kind or (MARKS[mark] if mark else StatementKind.REMARK)
    quoted = quotations(line)
    occurrences = [
        occurrence for occurrence in mentions_in(line, quoted, people, targets, meant.choices)
        if occurrence.effect is None or kind is StatementKind.PROPOSAL
    ]  # fmt: skip
    due = _due_date(line, said_on, quoted, occurrences) if kind is None and not meant.has_no_due_date else None
    edges = edges_of(line, begin, occurrences, due, is_action=kind is None)
    listed = people.known if isinstance(people, Directory) else people
    named = _named(occurrences, edges, kind, _chosen(listed, Register.ATTENDANCE, meant.speaker_id))
    linked = [
        occurrence for occurrence in occurrences if kind or occurrence.is_person
    ]  # an action has its targets through its proposal
    cuts = _cuts(linked, edges, named, due)
    text = _without(line, begin, cuts).strip()
    quote = unquoted(text) if kind else None
    decision = decision_in(text, kind, references, named.speaking, meant, said_on)
    return Understood(
        line=line[begin:],
        kind=kind,
        quote=quote,
        gist=None if quote else text or None,
        people=named.people,
        targets=_targets(occurrences, targets, meant, is_linked=kind is not None),
        due_on=(meant.due_on or (due.found.day if due else None)) if kind is None else None,
        due=due,
        title=meant.title or title_of(quote or text),
        references=tuple(references),
        unknown_codes=tuple(_unknown_codes(line, references)),
        decision=decision,
        under=meant.under,
        details=meant.details,
        questions=tuple(_questions(linked, named, due, references if decision else (), meant)),
        cuts=((0, begin), *cuts),
    )


def _unknown_codes(line: str, references: Sequence[Reference]) -> Iterator[str]:
    codes = {reference.code for reference in references}
    for written in codes_in(line):
        if written.is_certain and written.code not in codes:
            codes.add(written.code)
            yield written.code


def _due_date(
    line: str, said_on: date, quoted: Sequence[tuple[int, int]], occurrences: Sequence[Occurrence]
) -> DueDate | None:
    excluded = sorted(
        [*quoted, *((occurrence.start, occurrence.end) for occurrence in occurrences if occurrence.is_settled)]
    )
    return due_date_in(line, said_on, excluded)


def _chosen(known: Sequence[Known], register: Register, number: int | None) -> Known | None:
    return next((record for record in known if record.register is register and record.id == number), None)


@dataclass(frozen=True)
class _Named:
    """People mentioned in the line; speakers and assignees are removed from its text."""

    people: tuple[Mention, ...]
    #: Start positions of the mentions of speakers and assignees.
    taken: frozenset[int]

    @property
    def speaking(self) -> tuple[Mention, ...]:
        return tuple(mention for mention in self.people if not mention.is_within)


def _named(
    occurrences: Sequence[Occurrence], edges: dict[int, Edge], kind: StatementKind | None, chosen: Known | None
) -> _Named:
    """Speakers or assignees: those at the edges of the line, the first one as chosen on the chip."""
    people: list[Mention] = []
    taken: set[int] = set()
    for occurrence in occurrences:
        if not occurrence.is_person:
            continue
        mention = occurrence.mention
        if occurrence.start in edges and not taken and chosen:
            mention = replace(mention, known=chosen, candidates=())
        can_be_first = mention.known is not None or (
            not mention.candidates and edges.get(occurrence.start, _NO_EDGE).is_head
        )
        speaks = occurrence.start in edges and (_can_join(mention, kind) if taken else can_be_first)
        if speaks:
            taken.add(occurrence.start)
        people.append(replace(mention, is_within=not speaks))
    if chosen and not taken:
        people.insert(0, Mention(chosen.spellings[0], chosen))
    return _Named(tuple(people), frozenset(taken))


_NO_EDGE = Edge(0, 0, is_head=False)


def _can_join(mention: Mention, kind: StatementKind | None) -> bool:
    """Whether more than one may be recorded: a statement has one speaker, proposals and actions may have several."""
    return kind in {None, StatementKind.PROPOSAL} and (mention.known is not None or not mention.candidates)


def _cuts(
    occurrences: Sequence[Occurrence], edges: dict[int, Edge], named: _Named, due: DueDate | None
) -> tuple[tuple[int, int], ...]:
    """Extents removed because they are recorded elsewhere: (start, end), sorted and without overlaps."""
    cuts = []
    for occurrence in occurrences:
        edge = edges.get(occurrence.start)
        if edge and (occurrence.start in named.taken or (occurrence.is_settled and not occurrence.is_person)):
            cuts.append((edge.start, edge.end))
        elif occurrence.is_settled:
            cuts.append((occurrence.start, occurrence.start + len(occurrence.sign)))
    if due and (edge := edges.get(due.start)):
        cuts.append((edge.start, edge.end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(cuts):
        if end > (reached := merged[-1][1] if merged else 0):
            merged.append((max(start, reached), end))
    return tuple(merged)


def _without(line: str, begin: int, cuts: Sequence[tuple[int, int]]) -> str:
    parts, reached = [], begin
    for start, end in cuts:
        parts.append(line[reached:start])
        reached = end
    return "".join([*parts, line[reached:]])


def _targets(
    occurrences: Sequence[Occurrence], targets: Sequence[Known], meant: Meant, *, is_linked: bool
) -> tuple[Mention, ...]:
    mentions = [with_effect(occurrence, meant) for occurrence in occurrences if not occurrence.is_person]
    added = _chosen(targets, Register.TARGET, meant.target_id)
    if added and all(mention.known != added for mention in mentions):
        mentions.append(Mention(added.spellings[0], added, effect=dict(meant.effects).get(added.id)))
    if not is_linked:
        return tuple(replace(mention, is_within=True) for mention in mentions)
    return tuple(mentions)


def with_effect(occurrence: Occurrence, meant: Meant) -> Mention:
    known = occurrence.mention.known
    return (
        replace(occurrence.mention, effect=dict(meant.effects).get(known.id, occurrence.effect))
        if known
        else occurrence.mention
    )


def _questions(
    occurrences: Sequence[Occurrence], named: _Named, due: DueDate | None, decided: Sequence[Reference], meant: Meant
) -> Iterator[Question]:
    yield from which_is_meant([occurrence for occurrence in occurrences if occurrence.start not in named.taken], meant)
    if due and due.found.doubt and meant.due_on is None:
        yield Question(Topic.DUE_DATE, due.found.day.isoformat())
    if decided and meant.outcome is None:
        codes = [reference.code for reference in decided if reference.outcomes]
        yield Question(Topic.OUTCOME, " ".join(codes))


def which_is_meant(occurrences: Sequence[Occurrence], meant: Meant) -> Iterator[Question]:
    """A question for each name that may refer to several records, unless it is to stay text."""
    left_in_text = {" ".join(choice.name.casefold().split()) for choice in meant.choices if choice.register is None}
    for occurrence in occurrences:
        name = occurrence.mention.name
        if occurrence.is_ambiguous and " ".join(name.casefold().split()) not in left_in_text:
            yield Question(Topic.NAME if occurrence.is_person else Topic.TARGET, name)
