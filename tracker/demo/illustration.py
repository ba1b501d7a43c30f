"""The illustrative year in chronological order: proposals are raised, discussed, decided and carried out."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from tracker.actions import commands as actions
from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN, ActionStatus
from tracker.core.actor import Actor, Classification
from tracker.demo import story
from tracker.demo.calendar import Calendar, at
from tracker.demo.illustrated_targets import IllustratedTargets
from tracker.demo.setting import Setting
from tracker.demo.story import Gathering, Idea
from tracker.meetings import commands as meetings
from tracker.meetings.models import Meeting, Statement
from tracker.meetings.rules import AttendanceRole, Bearing, MeetingMode, MeetingType, SourceType, StatementKind
from tracker.people.models import Person, Position
from tracker.proposals import commands as proposals
from tracker.proposals import rules
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Attribution, Effect, NotActionableReason, ProposalStatus, Step
from tracker.targets.models import Indicator
from tracker.targets.rules import Polarity

SEED = 20201021
#: Days from the first meeting to today, between meetings, and from today to the next meeting.
FIRST, APART, AHEAD = 359, 9, 6

S, A = ProposalStatus, ActionStatus
#: Number of meetings between a step and the previous one, if it is not the next meeting.
LATER = {S.REALISED: 11, S.NOT_ACTIONABLE: 4}
#: Steps at which work can begin, in order of preference, and the number of actions of a proposal by its outcome.
WORK = (S.IN_FOLLOW_UP, S.APPROVED, S.UNDER_DISCUSSION)
TASKS = {S.UNDER_DISCUSSION: 2, S.APPROVED: 3, S.IN_FOLLOW_UP: 4, S.REALISED: 4, S.NOT_ACTIONABLE: 1, S.WITHDRAWN: 1,
         S.MERGED: 1}  # fmt: skip
#: Progress of actions of the last months and of older ones, in turn.
LAST_MONTHS = (A.NOT_STARTED, A.IN_PROGRESS, A.IN_PROGRESS, A.AWAITING_VERIFICATION, A.COMPLETED, A.NOT_STARTED,
               A.IN_PROGRESS, A.AWAITING_VERIFICATION, A.NOT_STARTED, A.CANCELLED)  # fmt: skip
BEFORE = (A.COMPLETED, A.IN_PROGRESS, A.AWAITING_VERIFICATION, A.COMPLETED, A.IN_PROGRESS, A.CANCELLED, A.COMPLETED,
          A.IN_PROGRESS)  # fmt: skip
LONG_AGO = timedelta(days=210)
#: Time until the effect of a realised proposal is recorded: a whole quarter has been measured and reported.
A_QUARTER_ON = timedelta(days=120)
#: Effects with a number.
MEASURED = frozenset({Effect.SUPPORTS, Effect.CHANGES_VALUE, Effect.HINDERS})
#: Precedence by short title of the post; the highest-ranking person present takes the chair.
RANKS = ("Dirjen HAM", "Staf Ahli Bidang Sosial", "Sesditjen HAM")


@dataclass(frozen=True)
class Raised:
    """A proposal of the year, with its steps by meeting number."""

    idea: Idea
    proposal: Proposal
    steps: dict[int, ProposalStatus]

    @property
    def end(self) -> ProposalStatus:
        return next(reversed(self.steps.values()), S.SUBMITTED)

    @property
    def work_begins(self) -> ProposalStatus | None:
        """The step at which its actions are assigned, if any."""
        if self.end not in TASKS:
            return None
        return next((to for to in WORK if to in self.steps.values()), None)


@dataclass
class Illustration:
    """Creates the year from its first day to the first review, with a fixed random seed."""

    setting: Setting
    calendar: Calendar
    secretariat: Actor
    reviewer: Actor

    def __post_init__(self) -> None:
        self.random = random.Random(SEED)  # noqa: S311  # invents demo data, guards nothing
        self.goals = IllustratedTargets(
            setting=self.setting, calendar=self.calendar, keeper=self.secretariat, decider=self.reviewer
        )
        self.raised: list[Raised] = []
        self.work: dict[int, list[ActionItem]] = defaultdict(list)
        self.assigned = 0
        self.cast = sorted(self.setting.cast, key=lambda member: _rank(member[1]))

    @property
    def proposals(self) -> list[Proposal]:
        return [raised.proposal for raised in self.raised]

    def play(self) -> None:
        """Targets first, then one meeting after the other; the targets change in the middle."""
        self.goals.begin()
        for number, gathering in enumerate(story.gatherings()):
            is_upcoming = not gathering.ideas
            day = self._day(number) if not is_upcoming else self.calendar.due(self.calendar.today + AHEAD * _DAY)
            if not self.goals.second and day >= self.goals.changed_on:
                self.goals.change()
            meeting = self._meeting(number, gathering, day)
            if not is_upcoming:
                self._hold(number, gathering, meeting)
        for proposal in self.proposals:
            self._record_effects(proposal)

    def _day(self, number: int) -> date:
        return self.calendar.ago(FIRST - APART * number)

    def _meeting(self, number: int, gathering: Gathering, day: date) -> Meeting:
        logged = at(min(day, self.calendar.yesterday))
        attendance = [
            meetings.AttendanceDraft(
                person_id=person.id if place != 3 else None, position_id=post.id, post_as_written=post.title_id,
                role={0: AttendanceRole.CHAIR, 4: AttendanceRole.MINUTE_TAKER}.get(place, AttendanceRole.PARTICIPANT),
            )
            for place, (person, post) in enumerate(self._present(number, gathering))
        ]  # fmt: skip
        draft = meetings.MeetingDraft(
            name_id=gathering.name.id, name_en=gathering.name.en, date=day, meeting_type=gathering.type, start_time=time(9),
            end_time=time(11, 30), venue=("Ruang rapat lantai 2", "Ruang rapat utama", "Aula lantai 5")[number % 3],
            city="Jakarta", mode=(MeetingMode.IN_PERSON, MeetingMode.HYBRID, MeetingMode.ONLINE)[number % 3],
            organiser_unit_id=self.setting.units["DITJEN_HAM"].id, source_type=SourceType.ILLUSTRATION,
            classification=Classification.RESTRICTED if gathering.is_restricted else Classification.ORDINARY,
        )  # fmt: skip
        agenda = [f"Pembahasan {gathering.id[0].lower()}{gathering.id[1:]}", "Tindak lanjut rapat sebelumnya"][
            : 1 if number % 4 else 2
        ]
        return meetings.log_meeting(draft, attendance, agenda, by=self.secretariat, at=logged)

    def _present(self, number: int, gathering: Gathering) -> list[tuple[Person, Position]]:
        """Five of the cast, highest rank first, including the decision maker if something is decided."""
        leader, *others = self.cast
        decides = any(raised.steps.get(number) in story.DECIDED for raised in self.raised)
        if decides or gathering.type is MeetingType.LEADERSHIP:
            return [leader, *sorted(self.random.sample(others, 4), key=others.index)]
        return sorted(self.random.sample(others, 5), key=others.index)

    def _hold(self, number: int, gathering: Gathering, meeting: Meeting) -> None:
        for index in range(len(gathering.ideas)):
            self._raise(number, index, gathering, meeting)
        due = [raised for raised in self.raised if number in raised.steps]
        words = self._decision_statement(number, due, meeting)
        if words is None:
            self._remark(number, meeting)
        for raised in due:
            self._step(raised, number, meeting, words)

    def _raise(self, number: int, index: int, gathering: Gathering, meeting: Meeting) -> None:
        by, moment, speaker = self.secretariat, at(meeting.date), meeting.attendance[index + 1]
        idea = gathering.ideas[index]
        cast = self.setting.cast
        proposal = proposals.propose(
            proposals.ProposalDraft(
                title_id=idea.id, title_en=idea.en, gist_id=idea.gist.id, gist_en=idea.gist.en, raised_on=meeting.date,
                raised_in_id=meeting.id, classification=meeting.classification,
                responsible_unit_id=cast[(number + index) % len(cast)][1].unit_id,
            ),
            by=by, at=moment,
        )  # fmt: skip
        proponent = proposals.ProponentDraft(
            person_id=speaker.person_id, position_id=speaker.position_id, post_as_written=speaker.post_as_written,
            attribution=(Attribution.QUOTED, Attribution.PARAPHRASED, Attribution.UNCONFIRMED)[number % 3],
        )  # fmt: skip
        proposals.add_proponent(proposal, proponent, by=by, at=moment)
        if number % 5 != 4:
            self._link(number, index, proposal, idea, meeting.date)
        statement_draft = meetings.StatementDraft(
            kind=StatementKind.PROPOSAL, gist_id=idea.said.id, gist_en=idea.said.en, speaker_id=speaker.id,
            agenda_item_id=meeting.agenda[0].id,
        )  # fmt: skip
        meetings.add_statement(
            meeting, statement_draft, meetings.StatementLinks(proposals=[(proposal, Bearing.RAISES)]), by=by, at=moment
        )
        steps, place, last = {}, number, len(story.gatherings()) - 1
        for to in story.PATHS[idea.path]:
            place += LATER.get(to, 1)
            place += not gathering.is_restricted and story.gatherings()[min(place, last)].is_restricted
            if place < last:
                steps[place] = to
        self.raised.append(Raised(idea, proposal, steps))

    def _link(self, number: int, index: int, proposal: Proposal, idea: Idea, on: date) -> None:
        effect, places = list(Effect)[len(self.raised) % len(Effect)], story.TOUCHES[idea.kind]
        goal, why = self.goals.in_force[places[number % len(places)]], story.WHY[effect]
        direction = _sign(effect, goal)
        link = proposals.LinkDraft(
            target_id=goal.id, effect=effect, explanation_id=why.id, explanation_en=why.en,
            expected_effect=f"{'+' if direction > 0 else '−'}2 poin persen per triwulan" if direction and (index or number % 4 == 0) else None,
        )  # fmt: skip
        proposals.link_target(proposal, link, by=self.secretariat, at=at(on))

    def _decision_statement(self, number: int, due: list[Raised], meeting: Meeting) -> Statement | None:
        """The statement with the decisions of the meeting, if any."""
        decided = [raised for raised in due if raised.steps[number] in story.DECIDED and _is_open_to(raised, meeting)]
        if not decided:
            return None
        words_id, words_en = zip(*(
            (say_id.format(raised.idea.id), say_en.format(raised.idea.en))
            for raised in decided for say_id, say_en in (story.DECIDED[raised.steps[number]],)
        ), strict=True)  # fmt: skip
        draft = meetings.StatementDraft(
            kind=StatementKind.DECISION, gist_id=" ".join(words_id), gist_en=" ".join(words_en),
            speaker_id=meeting.attendance[0].id, agenda_item_id=meeting.agenda[-1].id,
        )  # fmt: skip
        about = meetings.StatementLinks(proposals=[(raised.proposal, Bearing.DECIDES) for raised in decided])
        return meetings.add_statement(meeting, draft, about, by=self.secretariat, at=at(meeting.date))

    def _remark(self, number: int, meeting: Meeting) -> None:
        remark = story.remarks()[number % len(story.remarks())]
        draft = meetings.StatementDraft(
            kind=remark.kind, gist_id=remark.id, gist_en=remark.en, speaker_id=meeting.attendance[0].id,
            agenda_item_id=meeting.agenda[-1].id,
        )  # fmt: skip
        meetings.add_statement(meeting, draft, by=self.secretariat, at=at(meeting.date))

    def _step(self, raised: Raised, number: int, meeting: Meeting, words: Statement | None) -> None:
        to, on, proposal = raised.steps[number], meeting.date, raised.proposal
        survivor = self._survivor(raised) if to is S.MERGED else None
        self._close_open_actions(raised, to, on)
        if to is raised.work_begins and to is S.IN_FOLLOW_UP:  # a step that requires actions
            self._assign(raised, number, meeting)
        reasons = story.REASONS[to]
        step = Step(
            to=to, on=on, reason=reasons[number % len(reasons)], has_authority=to is S.APPROVED, has_meeting=True,
            evidence=story.EVIDENCE[raised.idea.kind] if to is S.REALISED else None,
            revisit_on=self.calendar.due(self.calendar.today + 20 * _DAY) if to is S.DEFERRED else None,
            reason_code=NotActionableReason.CHANGE_OF_REGULATION if to is S.NOT_ACTIONABLE else None,
            survivor_id=survivor.id if survivor else None,
        )  # fmt: skip
        authority = self.setting.posts["Dirjen HAM"].id if to in {S.APPROVED, S.REJECTED} else None
        move = proposals.Move(
            step=step, meeting_id=meeting.id, authority_id=authority,
            statement_id=words.id if words and _is_open_to(raised, meeting) and to in story.DECIDED else None,
        )  # fmt: skip
        proposals.move_proposal(proposal, move, by=self.reviewer, at=at(on))
        if to is raised.work_begins and to is not S.IN_FOLLOW_UP:
            self._assign(raised, number, meeting)

    def _survivor(self, raised: Raised) -> Proposal:
        return next(other.proposal for other in self.raised if other.idea.id == raised.idea.into)

    def _close_open_actions(self, raised: Raised, to: ProposalStatus, on: date) -> None:
        status, why = story.LEFT.get(to, (None, None))
        for action in self.work[raised.proposal.id]:
            if status and action.status in OPEN:
                actions.move_action(
                    action, status, reason=why, evidence=None, by=self.reviewer, at=at(on),
                    reason_code=NotActionableReason.CHANGE_OF_REGULATION if status is A.NOT_ACTIONABLE else None,
                )  # fmt: skip

    def _assign(self, raised: Raised, number: int, meeting: Meeting) -> None:
        tasks, of = story.tasks()[raised.idea.kind], raised.idea.within
        for task in tasks[: TASKS[raised.end]]:
            person, post = self.setting.cast[self.assigned % len(self.setting.cast)]
            draft = actions.ActionDraft(
                text_id=f"{task.id}: {of.id}", text_en=f"{task.en}: {of.en}", responsible_unit_id=post.unit_id,
                pic_id=person.id if self.assigned % 7 else None, classification=raised.proposal.classification,
            )  # fmt: skip
            origin = actions.Origin(meeting_id=meeting.id, proposal_id=raised.proposal.id)
            due_on = self.calendar.due(meeting.date + (30 + self.assigned % 5 * 21) * _DAY)
            action = actions.assign_action(
                draft, origin, due_on if self.assigned % 9 else None, on=meeting.date, by=self.secretariat,
                at=at(meeting.date),
            )  # fmt: skip
            self.work[raised.proposal.id].append(action)
            self._work(raised, action)
            self.assigned += 1

    def _work(self, raised: Raised, action: ActionItem) -> None:
        number, begun = self.assigned, action.assigned_on
        statuses = LAST_MONTHS if begun > self.calendar.ends_on - LONG_AGO else BEFORE
        status = statuses[number % len(statuses)]
        if raised.end in rules.CLOSED:
            status = A.COMPLETED if raised.end is S.REALISED else A.NOT_STARTED
        days = self._days(
            begun + (6 + number % 5) * _DAY, begun + (20 + number % 9) * _DAY, begun + (27 + number % 9) * _DAY
        )
        first = next(days, None)
        if first and status is A.IN_PROGRESS and action.due_on and number % 3 == 1:
            later = story.LATER[number % len(story.LATER)]
            promise = actions.Promise(
                due_on=self.calendar.due(action.due_on + 30 * _DAY), reason=later, agreed_by="Sesditjen HAM"
            )
            actions.move_due_date(action, promise, by=self.secretariat, at=at(first))
        second = next(days, None)
        if second and status is A.CANCELLED:
            actions.move_action(action, status, reason=story.GIVEN_UP, evidence=None, by=self.reviewer, at=at(second))
        elif second and status is not A.NOT_STARTED:
            actions.report_progress(action, _report(raised, number, second, status), by=self.secretariat, at=at(second))
        third = next(days, None)
        if third and status is A.COMPLETED:
            actions.move_action(action, status, reason=None, evidence=None, by=self.reviewer, at=at(third))

    def _days(self, *days: date) -> Iterator[date]:
        return (self.calendar.on(day) for day in days if day <= self.calendar.ends_on)

    def _record_effects(self, proposal: Proposal) -> None:
        """The effect of a proposal shows in the quarter after its realisation."""
        day = self.calendar.on(proposal.status_since + A_QUARTER_ON)
        if proposal.status is not S.REALISED or day > self.calendar.ends_on:
            return
        quarter = (day.month - 1) // 3 * 3  # last month of the previous quarter
        period = f"B{quarter:02} {day.year}" if quarter else f"B12 {day.year - 1}"
        for link in proposal.target_links:
            goal = next(indicator for indicator in self.goals.in_force if indicator.id == link.target_id)
            if direction := _sign(link.effect, goal):
                effect = story.REALISED_EFFECTS[link.effect is Effect.HINDERS]
                realised = proposals.RealisedEffect(
                    on=day, effect=effect, value=direction * Decimal("1.5"), period=period
                )
                proposals.record_effect(proposal, link, realised, by=self.reviewer, at=at(day))


_DAY = timedelta(days=1)


def _rank(post: Position) -> int:
    short = post.short or ""
    return RANKS.index(short) if short in RANKS else len(RANKS) + ("Kasubdit" in short or "Kabag" in short)


def _is_open_to(raised: Raised, meeting: Meeting) -> bool:
    return raised.proposal.classification is meeting.classification


def _sign(effect: Effect | None, goal: Indicator) -> int:
    """Whether the effect raises (1) or lowers (-1) the values of the indicator; 0 if no number is expected."""
    if effect not in MEASURED or goal.polarity is not Polarity.MAXIMISE:
        return 0
    return -1 if effect is Effect.HINDERS else 1


def _report(raised: Raised, number: int, on: date, status: ActionStatus) -> actions.Report:
    if status is A.IN_PROGRESS:
        return actions.Report(
            on=on, progress_note=f"{story.BEGUN[number % 4]}.", percent=(20, 40, 60)[number % 3],
            obstacle=story.OBSTACLES[number % 4],
        )  # fmt: skip
    return actions.Report(
        on=on, progress_note=f"{story.FINISHED[number % 2]}.", percent=100, evidence=story.EVIDENCE[raised.idea.kind],
        is_finished=True,
    )  # fmt: skip
