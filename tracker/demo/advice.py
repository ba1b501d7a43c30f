"""Data for advisers in the illustrative year: hand-overs, parts, continuations, alternatives, a marked change."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from tracker.accounts import queries as accounts
from tracker.actions import queries as actions
from tracker.actions.changes import commands as action_changes
from tracker.actions.rules import ActionStatus
from tracker.core.actor import Actor, Classification
from tracker.demo.calendar import Calendar, at
from tracker.demo.setting import Setting
from tracker.people.models import Person
from tracker.proposals import commands as proposals
from tracker.proposals import queries
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus, RelationKind
from tracker.status import commands as status_commands
from tracker.status.commands import Part, Recipient
from tracker.status.follows import commands as follows

WHY = "Disepakati dalam pembahasan unit terkait"


@dataclass
class Advice:
    """Adds to the illustration; the real meeting is not changed."""

    setting: Setting
    raised: Sequence[Proposal]
    calendar: Calendar
    keeper: Actor

    def play(self) -> None:
        waiting = [row for row in self._in(ProposalStatus.UNDER_DISCUSSION) if row.raised_on < self.calendar.ago(60)]
        self._hand_over(waiting[0])
        self._wait_for_authority(waiting[1])
        self._split(waiting[2])
        earlier, middle, later = (waiting[-1], *self._in(ProposalStatus.SUBMITTED)[-2:])
        for first, second, kind in (
            (middle, earlier, RelationKind.CONTINUES), (later, middle, RelationKind.CONTINUES),
            (waiting[3], waiting[4], RelationKind.ALTERNATIVE_TO),
        ):  # fmt: skip
            proposals.relate(
                queries.in_full(first.id), queries.in_full(second.id), kind, WHY, by=self.keeper, at=self._at(24)
            )
        self._reassign()

    def follow(self, username: str) -> None:
        """Let this account follow a proposal whose summary changed since its last visit, and an unchanged one."""
        account = accounts.account_named(username)
        assert account  # noqa: S101  # the demo has just opened it
        changing, quiet = self._in(ProposalStatus.IN_FOLLOW_UP)[-1], self._in(ProposalStatus.REALISED)[0]
        for proposal, days in ((quiet, 1), (changing, 6)):
            follows.toggle(proposal, by=accounts.as_actor(account), at=self._at(days))
        self._edit(changing, 2, reason="Laporan bulanan disepakati setelah usulan ini ditindaklanjuti", gist_id=f"{changing.gist_id} Kemajuannya dilaporkan setiap bulan.",
                   gist_en=f"{changing.gist_en} Its progress is reported every month.")  # fmt: skip

    def _at(self, days: int) -> datetime:
        return at(self.calendar.ago(days), 15)

    def _in(self, status: ProposalStatus) -> list[Proposal]:
        ordinary = Classification.ORDINARY
        return [
            proposal for proposal in self.raised if proposal.status is status and proposal.classification is ordinary
        ]

    def _edit(self, proposal: Proposal, days: int, *, reason: str | None = None, **changes: Any) -> None:
        values = {field.name: getattr(proposal, field.name) for field in fields(proposals.ProposalDraft)}
        draft = replace(proposals.ProposalDraft(**values), **changes)
        proposals.edit_proposal(proposal, draft, reason=reason, by=self.keeper, at=self._at(days))

    def _hand_over(self, proposal: Proposal) -> None:
        to = Recipient(outside="Kementerian PANRB")
        reason = "Surat permintaan pertimbangan"
        status_commands.hand_over(
            proposal, to, on=self.calendar.ago(41), reason=reason, by=self.keeper, at=self._at(41)
        )

    def _wait_for_authority(self, proposal: Proposal) -> None:
        self._edit(proposal, 50, decision_authority_id=self.setting.posts["Sesditjen HAM"].id)
        self._edit(proposal, 26, decision_authority_id=self.setting.posts["Dirjen HAM"].id)

    def _split(self, proposal: Proposal) -> None:
        whole = queries.in_full(proposal.id)
        parts = [
            Part(
                title_id=f"{whole.title_id}: {name_id}", title_en=f"{whole.title_en}: {name_en}",
                gist_id=whole.gist_id, gist_en=whole.gist_en,
            )
            for name_id, name_en in (("kantor pusat", "head office"), ("kantor wilayah", "regional offices"))
        ]  # fmt: skip
        status_commands.split(whole, parts, reason="Dikerjakan oleh dua unit", by=self.keeper, at=self._at(30))

    def _reassign(self) -> None:
        """An action that changed hands; neither person has an account, so nobody is notified."""
        cast = {person.name: person for person, _ in self.setting.cast}
        to: tuple[Person, ...] = (cast["Nurhayati"], cast["Farida Lestari"])
        action = next(
            row for row in actions.of_proposals([proposal.id for proposal in self.raised])
            if row.status is ActionStatus.IN_PROGRESS and row.classification is Classification.ORDINARY
            and row.pic_id and row.pic_id not in {person.id for person in to}
            and row.assigned_on < self.calendar.ago(40) and row.due_on
        )  # fmt: skip
        for person, days in zip(to, (35, 25), strict=True):
            action_changes.reassign(
                action, pic_id=person.id, responsible_unit_id=action.responsible_unit_id,
                reason="Mutasi jabatan", by=self.keeper, at=self._at(days),
            )  # fmt: skip
