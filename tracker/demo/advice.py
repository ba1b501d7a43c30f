"""What advisers look at, in the illustrative year: hand-overs, parts, continuations, alternatives, and a change marked."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from tracker.accounts import queries as accounts
from tracker.actions import queries as actions
from tracker.actions.rules import ActionStatus
from tracker.answers import commands as answers
from tracker.answers.commands import Part, Recipient
from tracker.core.actor import Actor, Classification
from tracker.core.clock import JAKARTA
from tracker.demo.illustrated_targets import MARK_EN, MARK_ID
from tracker.demo.setting import Setting
from tracker.follows import commands as follows
from tracker.people.models import Person
from tracker.proposals import commands as proposals
from tracker.proposals import queries
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus, RelationKind
from tracker.steering import commands as steering

WHY = "Hasil pembahasan (ilustrasi)"


@dataclass
class Advice:
    """Plays on what the illustration has raised already; nothing of the real meeting is touched."""

    setting: Setting
    raised: Sequence[Proposal]
    today: date
    keeper: Actor

    def play(self) -> None:
        """Each of the things an adviser may have to understand, once."""
        waiting = [one for one in self._in(ProposalStatus.UNDER_DISCUSSION) if one.raised_on < self._ago(60)]
        self._hand_over(waiting[0])
        self._wait_for_authority(waiting[1])
        self._split(waiting[2])
        earlier, middle, later = (waiting[-1], *self._in(ProposalStatus.SUBMITTED)[-2:])
        for one, other, kind in (
            (middle, earlier, RelationKind.CONTINUES), (later, middle, RelationKind.CONTINUES),
            (waiting[3], waiting[4], RelationKind.ALTERNATIVE_TO),
        ):  # fmt: skip
            proposals.relate(
                queries.in_full(one.id), queries.in_full(other.id), kind, WHY, by=self.keeper, at=self._at(20)
            )
        self._reassign()

    def follow(self, username: str) -> None:
        """Let this account follow a proposal whose gist changed since it looked, and one in which nothing did."""
        account = accounts.account_named(username)
        assert account  # noqa: S101  # the demo has just opened it
        changing, quiet = self._in(ProposalStatus.IN_FOLLOW_UP)[-1], self._in(ProposalStatus.REALISED)[0]
        for one, days in ((quiet, 1), (changing, 6)):
            follows.follow(one, by=accounts.as_actor(account), at=self._at(days))
        self._edit(changing, 2, gist_id=changing.gist_id.replace("setiap triwulan", "setiap bulan"),
                   gist_en=(changing.gist_en or "").replace("every quarter", "every month"))  # fmt: skip

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def _at(self, days: int) -> datetime:
        return datetime.combine(self._ago(days), time(10), JAKARTA)

    def _in(self, status: ProposalStatus) -> list[Proposal]:
        ordinary = Classification.ORDINARY
        return [one for one in self.raised if one.status is status and one.classification is ordinary]

    def _edit(self, proposal: Proposal, days: int, **changes: Any) -> None:
        told = {field.name: getattr(proposal, field.name) for field in fields(proposals.ProposalDraft)}
        draft = replace(proposals.ProposalDraft(**told), **changes)
        proposals.edit_proposal(proposal, draft, by=self.keeper, at=self._at(days))

    def _hand_over(self, proposal: Proposal) -> None:
        to = Recipient(outside="Kementerian PANRB (ilustrasi)")
        reason = "Surat permintaan pertimbangan (ilustrasi)"
        answers.hand_over(proposal, to, on=self._ago(41), reason=reason, by=self.keeper, at=self._at(41))

    def _wait_for_authority(self, proposal: Proposal) -> None:
        self._edit(proposal, 50, decision_authority_id=self.setting.posts["Sesditjen HAM"].id)
        self._edit(proposal, 23, decision_authority_id=self.setting.posts["Dirjen HAM"].id)

    def _split(self, proposal: Proposal) -> None:
        whole = queries.in_full(proposal.id)
        parts = [
            Part(
                title_id=f"{whole.title_id.removesuffix(MARK_ID)}: {name_id}{MARK_ID}",
                title_en=f"{(whole.title_en or '').removesuffix(MARK_EN)}: {name_en}{MARK_EN}", gist_id=whole.gist_id,
            )
            for name_id, name_en in (("pusat", "head office"), ("wilayah", "regional offices"))
        ]  # fmt: skip
        answers.split(whole, parts, reason="Dua unit mengerjakannya (ilustrasi)", by=self.keeper, at=self._at(30))

    def _reassign(self) -> None:
        """One action that went from hand to hand; neither of the two has an account that would be told."""
        cast = {person.name: person for person, _ in self.setting.cast}
        to: tuple[Person, ...] = (cast["Nurhayati"], cast["Farida Lestari"])
        action = next(
            one for one in actions.of_proposals([proposal.id for proposal in self.raised])
            if one.status is ActionStatus.IN_PROGRESS and one.classification is Classification.ORDINARY
            and one.pic_id and one.pic_id not in {person.id for person in to}
            and one.assigned_on < self._ago(40) and one.due_on
        )  # fmt: skip
        for person, days in zip(to, (35, 12), strict=True):
            steering.reassign(
                action, pic_id=person.id, responsible_unit_id=action.responsible_unit_id,
                reason="Mutasi jabatan (ilustrasi)", by=self.keeper, at=self._at(days),
            )  # fmt: skip
