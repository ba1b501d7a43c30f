"""Two people with all duties take random steps; nobody judges their own work or gives rights to themselves.

The test records the parts that each has had in every row, instead of reading those that the program records.
A run is a single transaction that is rolled back.
"""

import os
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import select

from tests.inbox.test_every_matter_can_be_settled import add_account, rolled_back
from tracker.accounts import commands as accounts
from tracker.accounts.models import Account, AccountRole
from tracker.accounts.queries import account_named, as_actor, clearances_of
from tracker.actions import commands as actions
from tracker.actions import policy as action_policy
from tracker.actions import queries as action_queries
from tracker.actions.changes import commands as changes
from tracker.actions.changes import policy as changes_policy
from tracker.actions.changes import queries as change_queries
from tracker.actions.changes.models import BulkChange, DueDateRequest, Escalation, RequestState
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus, NotActionableReason
from tracker.audit.queries import oneself, parts_of
from tracker.core import clock, transactions
from tracker.core.actor import Actor, Classification, Role, acting
from tracker.core.clock import Zone
from tracker.core.db import db
from tracker.core.errors import NotFound, NotPossible
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meeting_queries
from tracker.meetings.models import Meeting
from tracker.meetings.rules import AttendanceRole, StatementKind
from tracker.minutes import commands as minutes
from tracker.minutes import policy as minutes_policy
from tracker.people import commands as people
from tracker.people import policy as people_policy
from tracker.people import queries as people_queries
from tracker.people.models import OrgUnit, Person, PersonMerge, Position, PositionHolding
from tracker.people.rules import Keep
from tracker.proposals import commands as proposals
from tracker.proposals import policy as proposal_policy
from tracker.proposals import queries as proposal_queries
from tracker.proposals.models import Proponent, TargetLink
from tracker.proposals.rules import Attribution, Effect, LinkState, Settlement
from tracker.status import commands as status
from tracker.targets.models import Target

#: Number of runs and steps; `make duties` runs more.
RUNS, STEPS = int(os.environ.get("STATE_RUNS", "3")), 150
DUTIES = (Role.SECRETARIAT, Role.REVIEWER, Role.PIC, Role.ADVISER, Role.DECISION_MAKER, Role.ADMIN)
#: Accounts and their initial entries in the register; «satu» and «kesatu» belong to the same human.
ACCOUNTS = {"satu": "satu", "kesatu": "satu", "dua": "dua"}
#: Entries of nobody until they are merged, or of a stranger.
SECOND_ENTRIES = ("satu s.", "dua d.", "lain")
WHO, PICK, ENTRY, YES_OR_NO = sorted(ACCOUNTS), range(2), range(5), (True, False)
#: Roles an account can get: all duties, fewer, or one more.
ROLES = (frozenset(DUTIES), frozenset(DUTIES[-3:]), frozenset({*DUTIES, Role.AUDITOR}))
A = ActionStatus


#: Each step and its possible arguments.
STEP_CHOICES: list[tuple[str, dict[str, Sequence[object]]]] = []
Method = TypeVar("Method", bound=Callable[..., None])


def step(often: int = 1, **choices: Sequence[object]) -> Callable[[Method], Method]:
    """Register a random step; `often` is its weight."""

    def register(method: Method) -> Method:
        STEP_CHOICES.extend([(method.__name__, choices)] * often)
        return method

    return register


def allow(is_allowed: bool) -> None:
    """Refuse the step, as a page does when its policy forbids it."""
    if not is_allowed:
        raise NotPossible


class Duties:
    """Each account takes steps that its pages allow, in any order."""

    def __init__(self, judged: Counter[str]) -> None:
        self.judged, self.steps = judged, 0
        self.persons: dict[str, int] = {}
        for name in ("satu", "dua"):
            self.persons[name] = add_account(name, DUTIES).person_id or 0
        other = add_account("kesatu", DUTIES)
        other.person_id = self.persons["satu"]
        for name in SECOND_ENTRIES:
            entry = Person(name=name.title(), folded=name, aliases=[])
            db.session.add(entry)
            db.session.flush()
            self.persons[name] = entry.id
        unit = OrgUnit(name_id="Direktorat")
        db.session.add(unit)
        db.session.flush()
        post = Position(title_id="Direktur", unit_id=unit.id, aliases=[])
        db.session.add(post)
        db.session.flush()
        self.unit_id, self.post_id = unit.id, post.id
        # Every person that an account was ever linked with, and all merges.
        self.ever: dict[str, set[int]] = {name: {self.persons[whose]} for name, whose in ACCOUNTS.items()}
        self.ever["kesatu"].add(db.session.scalar(select(Person.id).filter_by(folded="kesatu")) or 0)
        self.parts: dict[tuple[str, int], set[tuple[str, str | int]]] = defaultdict(set)
        self.attempt("satu", self.log_a_meeting)
        self.attempt("satu", self.make_a_proposal)

    @property
    def at(self) -> datetime:
        return datetime.combine(clock.today(), time(9), Zone.WIB.info) + timedelta(seconds=self.steps)

    # Who is who, and who had what to do with what

    def entry(self, number: int) -> int:
        """The entry that stands for this one now."""
        into = dict(
            db.session.execute(select(PersonMerge.gone_id, PersonMerge.kept_id).filter_by(undone_at=None)).all()
        )
        while number in into:
            number = into[number]
        return number

    def entries(self, name: str) -> set[int]:
        return {self.entry(number) for number in self.ever[name]}

    def are_one(self, name: str, other: str | int) -> bool:
        """Whether this account and an account or a person are one human being, as far as anybody can know."""
        if isinstance(other, int):
            return self.entry(other) in self.entries(name)
        return name == other or not self.entries(name).isdisjoint(self.entries(other))

    def had(self, name: str, kind: str, number: int) -> set[str]:
        return {part for part, who in self.parts[kind, number] if self.are_one(name, who)}

    def note(self, kind: str, number: int, part: str, who: str | int | None) -> None:
        if who is not None:
            self.parts[kind, number].add((part, who))

    def attempt(self, name: str, command: Callable[[Actor], object]) -> bool:
        """Run a command as a request would, entirely or not at all. Asserts that the account gained no rights by it."""
        self.steps += 1
        before = self.rights(name)
        try:
            with acting(as_actor(account_named(name))), db.session.begin_nested():
                command(as_actor(account_named(name)))
                db.session.flush()
                transactions.ensure_storable()
        except (NotPossible, NotFound):
            db.session.expire_all()
            return False
        db.session.expire_all()
        after = self.rights(name)
        assert after <= before, (name, after - before)
        return True

    def judge(
        self, name: str, what: str, subject: tuple[str, int], barred: set[str], command: Callable[[Actor], object]
    ) -> bool:
        """Run a judging command. Asserts that it is refused if the account has had one of these parts."""
        own = self.had(name, *subject) & barred
        is_done = self.attempt(name, command)
        assert not (is_done and own), (name, what, subject, own)
        self.judged[f"{what}: {'refused' if own else 'done' if is_done else 'not possible'}"] += 1
        return is_done

    def rights(self, name: str) -> set[tuple[object, ...]]:
        """All rights of this human, over all their accounts."""
        rights: set[tuple[object, ...]] = set()
        for account in db.session.scalars(select(Account).where(Account.is_active)):
            if account.username not in self.ever and account.person_id not in self.entries(name):
                continue
            if account.username in self.ever and not self.are_one(name, account.username):
                continue
            roles = db.session.scalars(select(AccountRole.role).filter_by(account_id=account.id))
            rights |= {(account.username, role) for role in roles} | {(account.username, "person", account.person_id)}
            rights |= {(account.username, level) for level in Classification if level.rank <= account.clearance.rank}
        held = select(PositionHolding.position_id).where(PositionHolding.person_id.in_(self.entries(name)))
        return rights - {row for row in rights if row[1:] == ("person", None)} | {
            ("post", position_id) for position_id in db.session.scalars(held)
        }

    # Actions

    def some(self, pick: int) -> ActionItem | None:
        known = db.session.scalars(
            select(ActionItem.id).where(ActionItem.text_id == "Tugas").order_by(ActionItem.id.desc())
        ).all()
        return action_queries.in_full(known[pick % len(known)]) if known else None

    @step(often=2, who=WHO, entry=ENTRY)
    def assign(self, who: str, entry: int) -> None:
        pic = self.choose(entry)

        def command(by: Actor) -> None:
            allow(action_policy.may_assign(by))
            made = actions.assign_action(
                actions.ActionDraft(text_id="Tugas", pic_id=pic), actions.Origin(proposal_id=self.proposal_id),
                clock.today() + timedelta(days=9), on=clock.today(), by=by, at=self.at,
            )  # fmt: skip
            db.session.flush()
            self.note("action", made.id, "in_charge", pic)

        self.attempt(who, command)

    def choose(self, entry: int) -> int:
        return self.entry(sorted(self.persons.values())[entry])

    @step(who=WHO, pick=PICK, entry=ENTRY, way=["reassign", "edit", "bulk"])
    def hand_over(self, who: str, pick: int, entry: int, way: str) -> None:
        action, pic = self.some(pick), self.choose(entry)
        if action is None:
            return
        number = action.id
        deeds: dict[str, Callable[[Actor], object]] = {
            "reassign": lambda by: changes.reassign(
                action, pic_id=pic, responsible_unit_id=None, reason="Pindah", by=by, at=self.at),
            "edit": lambda by: actions.edit_action(
                action, actions.ActionDraft(text_id="Tugas", pic_id=pic), by=by, at=self.at),
            "bulk": lambda by: changes.change_several(
                [action], changes.BulkDraft(reason="Pindah", pic_id=pic), by=by, at=self.at),
        }  # fmt: skip
        if self.attempt(who, lambda by: (allow(changes_policy.may_manage(by)), deeds[way](by))):
            self.note("action", number, "in_charge", pic)

    @step(who=WHO)
    def undo_in_bulk(self, who: str) -> None:
        """The PIC who is in charge again was so before."""
        last = db.session.scalars(select(BulkChange).filter_by(undone_at=None).order_by(BulkChange.id.desc())).first()
        if last is None:
            return
        change = change_queries.bulk_change(last.id)
        chosen = [action_queries.in_full(row.action_id) for row in change.rows]
        self.attempt(who, lambda by: (
            allow(changes_policy.may_undo(by, change)),
            changes.undo_bulk_change(change, chosen, by=by, at=self.at)))  # fmt: skip

    @step(often=2, who=WHO, pick=PICK, is_finished=YES_OR_NO)
    def report(self, who: str, pick: int, is_finished: bool) -> None:
        action = self.some(pick)
        if action is None:
            return
        number = action.id
        told = actions.Report(on=clock.today(), progress_note="Berjalan", evidence="Nota", is_finished=is_finished)
        if self.attempt(who, lambda by: (allow(action_policy.may_report(by, action)),
                                         actions.report_progress(action, told, by=by, at=self.at))):  # fmt: skip
            self.note("action", number, "reported", who)

    @step(often=4, who=WHO, pick=PICK, to=[A.COMPLETED, A.COMPLETED, A.IN_PROGRESS, A.CANCELLED,
                                                  A.NOT_ACTIONABLE, A.AWAITING_VERIFICATION])  # fmt: skip
    def move(self, who: str, pick: int, to: ActionStatus) -> None:
        action = self.some(pick)
        if action is None:
            return
        number, before = action.id, action.status
        code = NotActionableReason.OTHER if to is A.NOT_ACTIONABLE else None
        is_verdict = to is A.COMPLETED or (to is A.IN_PROGRESS and before in {A.COMPLETED, A.AWAITING_VERIFICATION})
        gives_up = to in {A.CANCELLED, A.NOT_ACTIONABLE}
        barred = {"in_charge", "reported"} if is_verdict else {"in_charge"} if gives_up else set()

        def command(by: Actor) -> None:
            allow(action_policy.may_move(by, action, to, parts_of(by, action)))
            actions.move_action(action, to, reason="Alasan", evidence="Nota", reason_code=code, by=by, at=self.at)

        done = self.judge(who, f"move to {to}", ("action", number), barred, command)
        if done and to is A.AWAITING_VERIFICATION:
            self.note("action", number, "reported", who)

    @step(who=WHO, pick=PICK)
    def ask_for_another_date(self, who: str, pick: int) -> None:
        action = self.some(pick)
        if action is None:
            return
        number, day = action.id, clock.today() + timedelta(days=30 + pick)
        if self.attempt(who, lambda by: (allow(changes_policy.may_ask(by, action)),
                                         changes.ask_due_date(action, day, "Data", by=by, at=self.at))):  # fmt: skip
            self.note("action", number, "asked", who)

    @step(who=WHO, is_granted=YES_OR_NO)
    def answer_a_request(self, who: str, is_granted: bool) -> None:
        asked = db.session.scalars(select(DueDateRequest).filter_by(state=RequestState.ASKED).order_by(
            DueDateRequest.id.desc())).first()  # fmt: skip
        if asked is None:
            return
        action = action_queries.in_full(asked.action_id)

        def command(by: Actor) -> None:
            allow(changes_policy.may_answer(by, parts_of(by, action)))
            if is_granted:
                changes.grant_request(action, asked, by=by, at=self.at)
            else:
                changes.refuse_request(action, asked, "Tidak", by=by, at=self.at)

        self.judge(who, "answer a request", ("action", action.id), {"in_charge", "asked"}, command)

    @step(who=WHO, pick=PICK)
    def move_the_date(self, who: str, pick: int) -> None:
        action = self.some(pick)
        if action is None:
            return
        promise = actions.Promise(due_on=clock.today() + timedelta(days=40 + pick), reason="Baru")
        self.judge(who, "move the date", ("action", action.id), {"in_charge", "asked"},
                   lambda by: actions.move_due_date(action, promise, by=by, at=self.at))  # fmt: skip

    @step(who=WHO, pick=PICK)
    def escalate(self, who: str, pick: int) -> None:
        """Escalate to a stranger, so that only recording the answer is judged."""
        action, whom = self.some(pick), self.entry(self.persons["lain"])
        if action is None:
            return

        def command(by: Actor) -> None:
            allow(changes_policy.may_manage(by))
            raised = changes.escalate(action, position_id=None, person_id=whom, reason="Buntu", by=by, at=self.at)
            self.note("escalation", raised.id, "escalated", who)

        self.attempt(who, command)

    @step(who=WHO)
    def note_an_answer(self, who: str) -> None:
        last = db.session.scalars(select(Escalation).filter_by(ended_at=None).order_by(Escalation.id.desc())).first()
        if last is None or last.action_id is None or last.person_id in self.entries(who):
            return
        thing = action_queries.in_full(last.action_id)
        raised = change_queries.escalation(thing, last.id)

        def command(by: Actor) -> None:
            allow(changes_policy.may_answer_escalation(by, raised, frozenset(), parts_of(by, raised)))
            changes.answer_escalation(thing, raised, "Lanjutkan", by=by, at=self.at)

        self.judge(who, "note an answer", ("escalation", last.id), {"escalated"}, command)

    # Proposals: links, names, parts

    def make_a_proposal(self, by: Actor) -> None:
        draft = proposals.ProposalDraft(title_id="Usulan", gist_id="Usulan", raised_on=clock.today(),
                                        raised_in_id=self.meeting_id)  # fmt: skip
        made = proposals.propose(draft, by=by, at=self.at)
        db.session.flush()
        self.proposal_id = made.id

    @step(who=WHO, entry=ENTRY)
    def name_somebody(self, who: str, entry: int) -> None:
        person, proposal = self.choose(entry), proposal_queries.in_full(self.proposal_id)

        def command(by: Actor) -> None:
            allow(proposal_policy.may_edit(by))
            draft = proposals.ProponentDraft(person_id=person, attribution=Attribution.DISPUTED)
            made = proposals.add_proponent(proposal, draft, reason="Risalah", by=by, at=self.at)
            db.session.flush()
            self.note("proponent", made.id, "named", person)

        self.attempt(who, command)

    @step(who=WHO, pick=PICK, way=[*Settlement, None])
    def settle_a_dispute(self, who: str, pick: int, way: Settlement | None) -> None:
        """Settle it on its page, or by removing the name."""
        disputed = select(Proponent.id).filter_by(proposal_id=self.proposal_id, attribution=Attribution.DISPUTED)
        known = db.session.scalars(disputed.order_by(Proponent.id)).all()
        if not known:
            return
        proposal = proposal_queries.in_full(self.proposal_id)
        one = proposal_queries.proponent(proposal, known[pick % len(known)])

        def command(by: Actor) -> None:
            allow(
                proposal_policy.may_settle_attribution(by, parts_of(by, one)) if way else proposal_policy.may_edit(by)
            )
            if way is None:
                proposals.remove_proponent(proposal, one, reason="Risalah", by=by, at=self.at)
                return
            settled = proposals.SettlementDraft(settlement=way, note="Risalah")
            proposals.settle_attribution(proposal, one, settled, by=by, at=self.at)

        self.judge(who, "settle a dispute", ("proponent", one.id), {"named"}, command)

    @step(who=WHO, pick=PICK, effect=[None, *Effect])
    def suggest_a_link(self, who: str, pick: int, effect: Effect | None) -> None:
        targets = db.session.scalars(select(Target.id).order_by(Target.id).limit(3)).all()
        proposal = proposal_queries.in_full(self.proposal_id)

        def command(by: Actor) -> None:
            allow(proposal_policy.may_edit(by))
            draft = proposals.LinkDraft(target_id=targets[pick % len(targets)], effect=effect)
            made = proposals.link_target(proposal, draft, reason="Risalah", by=by, at=self.at)
            db.session.flush()
            self.note("link", made.id, "suggested", who)

        self.attempt(who, command)

    @step(who=WHO, pick=PICK, to=list(LinkState))
    def settle_a_link(self, who: str, pick: int, to: LinkState) -> None:
        known = db.session.scalars(select(TargetLink.id).filter_by(proposal_id=self.proposal_id).order_by(
            TargetLink.id)).all()  # fmt: skip
        if not known:
            return
        proposal = proposal_queries.in_full(self.proposal_id)
        link = next(one for one in proposal.target_links if one.id == known[pick % len(known)])

        def command(by: Actor) -> None:
            allow(proposal_policy.may_settle_link(by, parts_of(by, link)))
            proposals.settle_link(proposal, link, to, "Alasan", by=by, at=self.at)

        self.judge(who, "settle a link", ("link", link.id), {"suggested"}, command)

    @step(who=WHO)
    def split(self, who: str) -> None:
        """The part has the proponents of the whole; later steps use the part."""
        whole = proposal_queries.in_full(self.proposal_id)

        def command(by: Actor) -> None:
            allow(proposal_policy.may_manage(by))
            part = status.split(whole, [status.Part(title_id="Bagian", gist_id="Bagian")], reason="Dua hal", by=by,
                                 at=self.at)[0]  # fmt: skip
            db.session.flush()
            named = db.session.scalars(select(Proponent).filter_by(proposal_id=part.id))
            for one in named:
                self.note("proponent", one.id, "named", one.person_id)
            self.proposal_id = part.id

        self.attempt(who, command)

    # Minutes

    def log_a_meeting(self, by: Actor) -> None:
        there = [
            meetings.AttendanceDraft(person_id=self.entry(self.persons["dua"]), role=AttendanceRole.CHAIR),
            meetings.AttendanceDraft(person_id=self.entry(self.persons["lain"]), role=AttendanceRole.MINUTE_TAKER),
        ]
        draft = meetings.MeetingDraft(name_id="Rapat", date=clock.today(), venue="Ruang rapat")
        meeting = meetings.log_meeting(draft, there, [], by=by, at=self.at)
        said = meetings.StatementDraft(kind=StatementKind.REMARK, gist_id="Catatan")
        meetings.add_statement(meeting, said, by=by, at=self.at)
        self.meeting_id = meeting.id

    @step(who=WHO)
    def hold_another_meeting(self, who: str) -> None:
        self.attempt(who, self.log_a_meeting)

    @step(who=WHO)
    def submit_minutes(self, who: str) -> None:
        meeting = meeting_queries.meeting(self.meeting_id)
        if self.attempt(who, lambda by: (allow(minutes_policy.may_submit(by)),
                                         minutes.submit(meeting, by=by, at=self.at))):  # fmt: skip
            self.note("meeting", self.meeting_id, "submitted", who)

    @step(who=WHO)
    def approve_minutes(self, who: str) -> None:
        meeting = meeting_queries.meeting(self.meeting_id)

        def command(by: Actor) -> None:
            allow(minutes_policy.may_approve(by, meeting.attendance, parts_of(by, meeting)))
            minutes.approve(meeting, None, by=by, at=self.at)

        self.judge(who, "approve minutes", ("meeting", self.meeting_id), {"submitted"}, command)

    @step(who=WHO)
    def correct_minutes(self, who: str) -> None:
        meeting: Meeting = meeting_queries.meeting(self.meeting_id)
        self.attempt(who, lambda by: (allow(minutes_policy.may_submit(by)),
                                      minutes.open_correction(meeting, "Salah", by=by, at=self.at)))  # fmt: skip

    # The register, and rights

    @step(who=WHO, pair=[("satu", "satu s."), ("dua", "dua d."), ("lain", "satu s.")],
          whose=list(Keep))  # fmt: skip
    def merge(self, who: str, pair: tuple[str, str], whose: Keep) -> None:
        kept, gone = (people_queries.person(self.persons[name]) for name in pair)

        def command(by: Actor) -> None:
            numbers, own = (kept.id, gone.id), oneself(by).persons
            allow(people_policy.may_merge_persons(
                by, numbers, clearances_of(numbers), is_oneself=not own.isdisjoint(numbers)))  # fmt: skip
            people.merge(kept, gone, {}, whose, by=by, at=self.at)

        is_own = any(self.are_one(who, self.persons[name]) for name in pair)
        done = self.attempt(who, command)
        assert not (done and is_own), (who, pair)
        self.judged[f"merge: {'refused' if is_own else 'done' if done else 'not possible'}"] += 1

    @step(who=WHO)
    def undo_a_merge(self, who: str) -> None:
        last = db.session.scalars(select(PersonMerge).filter_by(undone_at=None).order_by(PersonMerge.id.desc())).first()
        if last is None:
            return
        made = people_queries.find_merge(Person, last.id)

        def command(by: Actor) -> None:
            numbers, own = (made.kept_id, made.gone_id), oneself(by).persons
            allow(people_policy.may_merge_persons(
                by, numbers, clearances_of(numbers), is_oneself=not own.isdisjoint(numbers)))  # fmt: skip
            people.undo_merge(made, by=by, at=self.at)

        self.attempt(who, command)

    @step(who=WHO, whose=WHO, roles=ROLES,
          clearance=list(Classification), entry=range(-1, 5))  # fmt: skip
    def change_an_account(self, who: str, whose: str, roles: set[Role], clearance: Classification, entry: int) -> None:
        person = None if entry < 0 else self.choose(entry)

        def command(by: Actor) -> None:
            account = account_named(whose)
            draft = accounts.AccountDraft(
                username=whose, display_name=whose, roles=frozenset(roles | {Role.ADMIN}), clearance=clearance,
                person_id=person,
            )  # fmt: skip
            allow(by.has(Role.ADMIN))
            accounts.edit_account(account, draft, by=by, at=self.at)

        done = self.attempt(who, command)
        if done and person is not None:
            self.ever[whose].add(person)
        self.judged[
            f"rights of {'oneself' if self.are_one(who, whose) else 'others'}: {'done' if done else 'refused'}"
        ] += 1

    @step(who=WHO, entry=ENTRY)
    def hold_a_post(self, who: str, entry: int) -> None:
        person = self.choose(entry)
        draft = people.HoldingDraft(person_id=person, start_on=clock.today() - timedelta(days=1))
        post = people_queries.position(self.post_id)
        self.attempt(who, lambda by: (allow(people_policy.may_edit(by)),
                                      people.add_holding(post, draft, by=by, at=self.at)))  # fmt: skip


@pytest.mark.timeout(7200)
@pytest.mark.long
def test_no_order_of_steps_lets_anybody_judge_their_own_work_or_give_themselves_rights(app: Flask) -> None:
    judged: Counter[str] = Counter()
    for seed in range(RUNS):
        chance, done = random.Random(seed), []  # the same at each run
        with rolled_back(app):
            office = Duties(judged)
            for _ in range(STEPS):
                name, choices = chance.choice(STEP_CHOICES)
                arguments = {key: chance.choice(values) for key, values in choices.items()}
                done.append((name, arguments))
                try:
                    getattr(office, name)(**arguments)
                except AssertionError as error:
                    raise AssertionError(f"run {seed}, {error}, after {done}") from error

    for what in ("move to completed", "answer a request", "settle a link", "settle a dispute"):
        assert {f"{what}: done", f"{what}: refused"} <= judged.keys(), judged
    assert {"rights of oneself: refused", "rights of others: done", "merge: refused", "merge: done"} <= judged.keys(), (
        judged
    )
