"""Corrections of a decided proposal besides its texts: who proposed it, who decides, which targets it affects."""

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
from tracker.core.reasons import ensure_reason
from tracker.core.visibility import unrestricted
from tracker.core.wording import gettext, in_words, label
from tracker.core.wording import lazy_gettext as _l
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
    """Wrap a change of proponents or links. If the proposal was decided on, the change is recorded as a correction."""
    if not proposal.is_decided:
        yield
        return
    ensure_reason(reason, corrections.IS_DECIDED, field=corrections.REASON_FIELD)
    stored, change = _PARTS[part]
    before = stored(proposal)
    yield
    db.session.flush()
    changes = {part: change(before, stored(proposal))}
    corrections.correct(proposal, changes, reason=reason, mentions=mentions, by=by, at=at)


def change_of_authority(proposal: Proposal, after_id: int | None) -> Change:
    """The authority before and after, with the titles of both posts."""
    before_id = proposal.decision_authority_id
    if before_id == after_id:
        return Change(before=before_id, after=after_id)
    posts = _rows(Position, [before_id, after_id])

    def _title(position_id: int | None) -> Mapping[str, str]:
        return in_each_language(lambda: in_words(posts[position_id], "title") if position_id in posts else "")

    words = _title(before_id), _title(after_id)
    return Change(before=before_id, after=after_id, words=words)


@corrections.restores(Proposal, "decision_authority_id")
def _put_back_authority(proposal: Proposal, position_id: int | None, _: Actor) -> None:
    proposal.decision_authority_id = position_id and people.current_id(Position, position_id)


def _rows(kind: type[Any], ids: Sequence[int | None]) -> dict[int, Any]:
    known_ids = {row_id for row_id in ids if row_id}
    if not known_ids:
        return {}
    with unrestricted():  # only accounts that may see the rows named in an event are shown its words
        return {row.id: row for row in db.session.scalars(select(kind).where(kind.id.in_(known_ids)))}


def _proponents(proposal: Proposal) -> list[Stored]:
    names = ("person_id", "position_id", "post_as_written", "role", "attribution")
    return [{name: getattr(row, name) for name in names} for row in proposal.proponents]


def _change_of_proponents(before: list[Stored], after: list[Stored]) -> Change:
    both = [*before, *after]
    persons = _rows(Person, [row["person_id"] for row in both])
    posts = _rows(Position, [row["position_id"] for row in both])

    def _names(rows: list[Stored]) -> Mapping[str, str]:
        return in_each_language(lambda: "; ".join(_proponent(row, persons, posts) for row in rows))

    return Change(before=before, after=after, words=(_names(before), _names(after)), named=list(persons.values()))


def _proponent(stored: Stored, persons: Mapping[int, Person], posts: Mapping[int, Position]) -> str:
    person, post = persons.get(stored["person_id"] or 0), posts.get(stored["position_id"] or 0)
    title = stored["post_as_written"] or (in_words(post, "title") if post else None)
    who = ", ".join(part for part in (person.full_name if person else None, title) if part)
    return gettext("%(who)s (%(role)s)", who=who, role=label(ProponentRole(stored["role"])))


@corrections.restores(Proposal, PROPOSED_BY)
def _put_back_proponents(proposal: Proposal, stored: list[Stored], by: Actor) -> None:
    """Proponents who are still named keep their rows, with what they have answered since."""
    left = list(proposal.proponents)
    persons, posts = people.merged_ids(Person), people.merged_ids(Position)
    for former in stored:
        merged = {"person_id": persons.get(former["person_id"]), "position_id": posts.get(former["position_id"])}
        values = {**former, **{name: row_id for name, row_id in merged.items() if row_id}}
        known = next((row for row in left if _is_same(row, values)), None)
        if known is None:
            codes = {"role": ProponentRole(values["role"]), "attribution": Attribution(values["attribution"])}
            proposal.proponents.append(Proponent(**{**values, **codes}))
        else:
            left.remove(known)
            known.role = ProponentRole(values["role"])
    for row in left:
        ensure_may_end(row, by)
        proposal.proponents.remove(row)
        db.session.delete(row)


def _is_same(row: Proponent, values: Stored) -> bool:
    return all(getattr(row, name) == values[name] for name in ("person_id", "position_id", "post_as_written"))


def ensure_may_end(proponent: Proponent, by: Actor) -> None:
    """Removing a disputed proponent settles the dispute, which the person named may not do."""
    if proponent.attribution is Attribution.DISPUTED and Part.NAMED in parts_of(by, proponent):
        raise NotPossible(_l("This concerns you, so somebody else has to settle it."))


def _links(proposal: Proposal) -> list[Stored]:
    return [{"target_id": link.made_to_id or link.target_id, "effect": link.effect} for link in proposal.target_links]


def _change_of_links(before: list[Stored], after: list[Stored]) -> Change:
    targets = _rows(Target, [row["target_id"] for row in (*before, *after)])

    def _names(rows: list[Stored]) -> Mapping[str, str]:
        return in_each_language(lambda: "; ".join(_link(row, targets) for row in rows))

    return Change(before=before, after=after, words=(_names(before), _names(after)))


def _link(stored: Stored, targets: Mapping[int, Target]) -> str:
    effect = label(Effect(stored["effect"])) if stored["effect"] else gettext("effect not yet set")
    return gettext("%(target)s (%(effect)s)", target=named_with_edition(targets[stored["target_id"]]), effect=effect)


#: Parts of a proposal that are not columns: how each is stored in an event, and the change between two such lists.
_PARTS: Mapping[str, tuple[Callable[[Proposal], list[Stored]], Callable[[list[Stored], list[Stored]], Change]]] = {
    PROPOSED_BY: (_proponents, _change_of_proponents), EFFECTS: (_links, _change_of_links),
}  # fmt: skip


@corrections.restores(Proposal, EFFECTS)
def _put_back_links(proposal: Proposal, stored: list[Stored], _: Actor) -> None:
    """Links suggested since are removed; links that were confirmed or rejected meanwhile stay."""
    decided_on = [(row["target_id"], row["effect"]) for row in stored]
    for link in [link for link in proposal.target_links if link.state is LinkState.SUGGESTED]:
        target_id = link.made_to_id or link.target_id
        if (target_id, None) in decided_on and link.effect is not None:
            link.effect = None
        elif (target_id, link.effect) not in decided_on:
            proposal.target_links.remove(link)
            db.session.delete(link)
