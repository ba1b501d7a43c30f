"""The register of proposals."""

from typing import Any

from sqlalchemy import Select

from tracker.core.wording import in_words
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections.labels import mark
from tracker.corrections.queries import newest_of
from tracker.lists.columns.description import Column, Listing, Related, Tab
from tracker.lists.formats import Value
from tracker.people import queries as people
from tracker.proposals import queries
from tracker.proposals.forms import ProposalFilterForm
from tracker.proposals.labels import effect_words, realised_words
from tracker.proposals.models import Proposal, TargetLink
from tracker.targets import queries as targets


def _proponents(proposal: Proposal, _: Related) -> Value:
    rows = proposal.proponents
    return "\n".join((row.person.full_name if row.person else row.post_as_written) or "" for row in rows) or None


def _targets(proposal: Proposal, _: Related) -> Value:
    links = proposal.target_links
    return "\n".join(f"{effect_words(link.effect)}: {_target(link)}" for link in links) or None


def _target(link: TargetLink) -> str:
    return targets.name_with_edition(in_words(link.target, "name"), link.target.superseded_edition)


def _realised_effect(link: TargetLink) -> str:
    return realised_words(link.realised_effect, link.realised_value, link.realised_period)


def _expected(proposal: Proposal, _: Related) -> Value:
    return "\n".join(link.expected_effect or "–" for link in proposal.target_links) or None


def _realised(proposal: Proposal, _: Related) -> Value:
    return "\n".join(_realised_effect(link) or "–" for link in proposal.target_links) or None


def _corrected(proposal: Proposal, newest: Related) -> Value:
    return mark(proposal, newest.get(proposal.id)) if proposal.corrected_at else ""


def _matching(**filters: Any) -> Select[Proposal]:
    return queries.filtered(queries.ProposalFilter(**filters))


PROPOSALS = Listing(
    name="proposals",
    title=_l("Proposals"),
    form=ProposalFilterForm,
    sources={"proponent": people.PERSONS, "unit": people.UNITS, "target": targets.TARGETS},
    query=lambda form: queries.filtered(form.filter()).options(*queries.IN_BATCHES),
    related=lambda proposals: newest_of(Proposal, proposals),
    tabs=(
        Tab(_l("Waiting for me"), "watch=waits_for_me", lambda: _matching(watch="waits_for_me")),
        Tab(_l("Open"), "stage=open", lambda: _matching(stage="open")),
        Tab(_l("No target"), "orphans=y", lambda: _matching(is_orphan=True)),
        Tab(_l("All"), "", _matching),
    ),
    columns=(
        Column(_l("Code"), lambda proposal, _: proposal.code, 13),
        Column(_l("Raised on"), lambda proposal, _: proposal.raised_on, 14),
        Column(_l("Proposal"), lambda proposal, _: in_words(proposal, "title"), 50),
        Column(_l("Gist"), lambda proposal, _: in_words(proposal, "gist"), 60),
        Column(_l("Proponents"), _proponents, 30),
        Column(_l("Targets"), _targets, 45),
        Column(_l("Expected effect"), _expected, 30),
        Column(_l("Realised effect"), _realised, 30),
        Column(_l("Status"), lambda proposal, _: proposal.status, 18),
        Column(_l("Since"), lambda proposal, _: proposal.status_since, 14),
        Column(_l("Classification"), lambda proposal, _: proposal.classification, 14),
        Column(_l("Corrected after the decision"), _corrected, 30),
        Column(_l("Former code"), lambda proposal, _: proposal.former_code, 16),
    ),
)
