"""What is decided on of a proposal beside its words: who proposed it, who decides, what it does to targets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tracker.audit.queries import parts_of
from tracker.audit.rules import Part
from tracker.core.actor import Actor
from tracker.core.db import Model, db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import in_words, label, say
from tracker.core.wording import lazy as _l
from tracker.corrections import commands as corrections
from tracker.corrections.commands import Change, in_each_language
from tracker.people import queries as people
from tracker.people.models import Person, Position
from tracker.proposals.models import Proponent, Proposal
from tracker.proposals.rules import Attribution, Effect, LinkState, ProponentRole
from tracker.targets.labels import named_with_edition
from tracker.targets.models import Target

Stored = dict[str, Any]
PROPOSED_BY, EFFECTS = "proposed_by", "effects"


@contextmanager
def correcting(
    proposal: Proposal, part: str, *, reason: str | None, mentions: Sequence[Model] = (), by: Actor, at: datetime
) -> Iterator[None]:
    """Within it, its proponents or its links change; of a proposal that was decided on, that is a correction."""
    if not proposal.is_decided:
        yield
        return
    corrections.ensure_reason(reason)
    stored, change = _PARTS[part]
    before = stored(proposal)
    yield
    db.session.flush()
    changes = {part: change(before, stored(proposal))}
    corrections.correct(proposal, changes, reason=reason, mentions=mentions, by=by, at=at)


def change_of_authority(proposal: Proposal, after_id: int | None) -> Change:
    """Who decides, as it is and becomes."""
    before_id = proposal.decision_authority_id
    if before_id == after_id:
        return Change(before=before_id, after=after_id)
    posts = _rows(Position, [before_id, after_id])

    def _said(number: int | None) -> Mapping[str, str]:
        return in_each_language(lambda: in_words(posts[number], "title") if number in posts else "")

    words = _said(before_id), _said(after_id)
    return Change(before=before_id, after=after_id, words=words)


@corrections.restores(Proposal, "decision_authority_id")
def _put_back_authority(proposal: Proposal, number: int | None, _: Actor) -> None:
    proposal.decision_authority_id = number and people.current_id(Position, number)


def _rows(kind: type[Any], numbers: Sequence[int | None]) -> dict[int, Any]:
    wanted = {number for number in numbers if number}
    with unrestricted():  # who is named in the event is told to those who may see it
        return {row.id: row for row in db.session.scalars(select(kind).where(kind.id.in_(wanted)))} if wanted else {}


def _proponents(proposal: Proposal) -> list[Stored]:
    names = ("person_id", "position_id", "post_as_written", "role", "attribution")
    return [{name: getattr(row, name) for name in names} for row in proposal.proponents]


def _change_of_proponents(before: list[Stored], after: list[Stored]) -> Change:
    every = [*before, *after]
    persons = _rows(Person, [one["person_id"] for one in every])
    posts = _rows(Position, [one["position_id"] for one in every])

    def _said(rows: list[Stored]) -> Mapping[str, str]:
        return in_each_language(lambda: "; ".join(_proponent(one, persons, posts) for one in rows))

    return Change(before=before, after=after, words=(_said(before), _said(after)), named=list(persons.values()))


def _proponent(one: Stored, persons: Mapping[int, Person], posts: Mapping[int, Position]) -> str:
    person, post = persons.get(one["person_id"] or 0), posts.get(one["position_id"] or 0)
    title = one["post_as_written"] or (in_words(post, "title") if post else None)
    who = ", ".join(part for part in (person.full_name if person else None, title) if part)
    return say("%(who)s (%(role)s)", who=who, role=label(ProponentRole(one["role"])))


@corrections.restores(Proposal, PROPOSED_BY)
def _put_back_proponents(proposal: Proposal, stored: list[Stored], by: Actor) -> None:
    """Those who are still named stay as they are, with what they have said to it since."""
    left = list(proposal.proponents)
    persons, posts = people.merged_ids(Person), people.merged_ids(Position)
    for told in stored:
        of_now = {"person_id": persons.get(told["person_id"]), "position_id": posts.get(told["position_id"])}
        one = {**told, **{name: number for name, number in of_now.items() if number}}
        known = next((row for row in left if _is_same(row, one)), None)
        if known is None:
            codes = {"role": ProponentRole(one["role"]), "attribution": Attribution(one["attribution"])}
            proposal.proponents.append(Proponent(**{**one, **codes}))
        else:
            left.remove(known)
            known.role = ProponentRole(one["role"])
    for row in left:
        ensure_may_end(row, by)
        proposal.proponents.remove(row)
        db.session.delete(row)


def _is_same(row: Proponent, one: Stored) -> bool:
    return all(getattr(row, name) == one[name] for name in ("person_id", "position_id", "post_as_written"))


def ensure_may_end(proponent: Proponent, by: Actor) -> None:
    """Taking off a name that is disputed ends the dispute: somebody else than the person named does that."""
    if proponent.attribution is Attribution.DISPUTED and Part.NAMED in parts_of(by, proponent):
        raise NotPossible(_l("This concerns you, so somebody else has to settle it."))


def _links(proposal: Proposal) -> list[Stored]:
    return [{"target_id": link.made_to_id or link.target_id, "effect": link.effect} for link in proposal.target_links]


def _change_of_links(before: list[Stored], after: list[Stored]) -> Change:
    targets = _rows(Target, [one["target_id"] for one in (*before, *after)])

    def _said(rows: list[Stored]) -> Mapping[str, str]:
        return in_each_language(lambda: "; ".join(_link(one, targets) for one in rows))

    return Change(before=before, after=after, words=(_said(before), _said(after)))


def _link(one: Stored, targets: Mapping[int, Target]) -> str:
    effect = label(Effect(one["effect"])) if one["effect"] else say("effect not yet set")
    return say("%(target)s (%(effect)s)", target=named_with_edition(targets[one["target_id"]]), effect=effect)


#: What of a proposal is no column: how it is stored in an event, and how it is told.
_PARTS: Mapping[str, tuple[Callable[[Proposal], list[Stored]], Callable[[list[Stored], list[Stored]], Change]]] = {
    PROPOSED_BY: (_proponents, _change_of_proponents), EFFECTS: (_links, _change_of_links),
}  # fmt: skip


@corrections.restores(Proposal, EFFECTS)
def _put_back_links(proposal: Proposal, stored: list[Stored], _: Actor) -> None:
    """What was suggested since is taken back; what somebody has decided about meanwhile stays."""
    decided_on = [(one["target_id"], one["effect"]) for one in stored]
    for link in [link for link in proposal.target_links if link.state is LinkState.SUGGESTED]:
        target_id = link.made_to_id or link.target_id
        if (target_id, None) in decided_on and link.effect is not None:
            link.effect = None
        elif (target_id, link.effect) not in decided_on:
            proposal.target_links.remove(link)
            db.session.delete(link)
