"""A year that never was, labelled as such in every title, so that each list, state and overdue case can be seen."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tracker.actions import commands as actions
from tracker.actions import queries as actions_asked
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core.actor import Actor, Classification
from tracker.core.clock import JAKARTA
from tracker.demo.illustrated_targets import MARK_EN, MARK_ID, IllustratedTargets
from tracker.demo.setting import Setting
from tracker.meetings import commands as meetings
from tracker.meetings.models import Meeting
from tracker.meetings.rules import AttendanceRole, Bearing, MeetingMode, MeetingType, SourceType, StatementKind
from tracker.proposals import commands as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Attribution, Effect, NotActionableReason, ProposalStatus, Step

MEETINGS, PROPOSALS, ACTIONS = 39, 75, 150
SEED = 20201021

S, A = ProposalStatus, ActionStatus
TOPICS = (
    ("penanganan pengaduan lintas instansi", "cross-agency handling of complaints"),
    ("pelaporan Aksi HAM pemerintah daerah", "local governments' reporting of Human Rights Actions"),
    ("indikator penilaian KKPHAM", "KKPHAM assessment indicators"),
    ("pelatihan HAM bagi aparatur", "human rights training for officials"),
    ("tindak lanjut rekomendasi UPR", "follow-up of UPR recommendations"),
    ("layanan bagi kelompok rentan", "services for vulnerable groups"),
    ("keterbukaan data capaian", "openness of achievement data"),
    ("kerja sama dengan perguruan tinggi", "cooperation with universities"),
)
ACTS = (
    ("Menyusun pedoman", "Drafting a guideline on"),
    ("Membentuk tim kerja", "Forming a working team on"),
    ("Menyederhanakan tata cara", "Simplifying the procedure for"),
    ("Menetapkan standar waktu", "Setting a time standard for"),
    ("Membuka layanan daring", "Opening an online service for"),
)
TASKS = (
    ("Menyiapkan rancangan", "Prepare the draft"),
    ("Mengundang instansi terkait", "Invite the agencies concerned"),
    ("Mengumpulkan data dukung", "Collect the evidence"),
    ("Menyampaikan laporan", "Submit the report"),
)
TYPES = ((MeetingType.LEADERSHIP, "Rapat pimpinan", "Leadership meeting"), (MeetingType.COORDINATION, "Rapat koordinasi", "Coordination meeting"),
         (MeetingType.MONITORING, "Rapat monev", "Monitoring meeting"), (MeetingType.FOCUS_GROUP, "FGD", "Focus group discussion"))  # fmt: skip
#: Where the proposals of the illustration end up, by turns; each walks the life cycle to get there.
ENDS: tuple[list[ProposalStatus], ...] = ([S.UNDER_DISCUSSION], [S.UNDER_DISCUSSION, S.IN_FOLLOW_UP], [], [S.DEFERRED], [S.UNDER_DISCUSSION, S.APPROVED],
        [S.APPROVED, S.IN_FOLLOW_UP], [S.REJECTED], [S.APPROVED, S.NOT_ACTIONABLE], [S.WITHDRAWN],
        [S.UNDER_DISCUSSION, S.IN_FOLLOW_UP, S.REALISED], [S.UNDER_DISCUSSION, S.MERGED])  # fmt: skip
#: What is expected of a proposal, and what came of it, by whether it hinders its target.
EXPECTED = {False: "+2 poin persen per triwulan (ilustrasi)", True: "−1 poin persen per triwulan (ilustrasi)"}
REALISED = {False: ("Naik setelah pedoman berlaku (ilustrasi)", Decimal("1.5")),
            True: ("Turun selama masa peralihan (ilustrasi)", Decimal("-0.5"))}  # fmt: skip


@dataclass
class Illustration:
    """Plays the year from its first day to today, with a fixed seed."""

    setting: Setting
    today: date
    secretariat: Actor
    reviewer: Actor

    def __post_init__(self) -> None:
        """Begin with an empty stage."""
        self.random = random.Random(SEED)  # noqa: S311  # invents demo texts, guards nothing
        self.goals = IllustratedTargets(
            setting=self.setting, topics=TOPICS, today=self.today, began=self.at(self.today - timedelta(days=360)),
            changed=self.at(self.today - timedelta(days=150)), keeper=self.secretariat, decider=self.reviewer,
        )  # fmt: skip
        self.proposals: list[tuple[Proposal, Meeting]] = []

    def play(self) -> None:
        """Targets, meetings with proposals, actions, then the steps that need them."""
        self.goals.play()
        for number in range(MEETINGS):
            self._meeting(number)
        for number in range(ACTIONS):
            self._action(number)
        for number, (proposal, meeting) in enumerate(self.proposals):
            self._walk(number, proposal, meeting)

    def at(self, day: date) -> datetime:
        """Ten in the morning of that day, but never after now."""
        return datetime.combine(min(day, self.today), time(10), JAKARTA)

    def _meeting(self, number: int) -> None:
        day = self.today - timedelta(days=358 - number * 9 - (1 if number % 4 == 0 else 0))
        if number == MEETINGS - 1:
            day = self.today + timedelta(days=6)
        kind, name_id, name_en = TYPES[number % len(TYPES)]
        topic_id, topic_en = TOPICS[number % len(TOPICS)]
        cast = self.random.sample(self.setting.cast, 6)
        attendance = [
            meetings.AttendanceDraft(
                person_id=person.id if place < 5 else None, position_id=post.id, post_as_written=post.title_id,
                role=(AttendanceRole.CHAIR, AttendanceRole.MINUTE_TAKER)[place] if place < 2 else AttendanceRole.PARTICIPANT,
            )
            for place, (person, post) in enumerate(cast)
        ]  # fmt: skip
        draft = meetings.MeetingDraft(
            name_id=f"{name_id}: {topic_id}{MARK_ID}", name_en=f"{name_en}: {topic_en}{MARK_EN}", date=day,
            meeting_type=kind, start_time=time(9), end_time=time(11, 30), venue="Ruang rapat lantai 2", city="Jakarta",
            mode=(MeetingMode.IN_PERSON, MeetingMode.HYBRID, MeetingMode.ONLINE)[number % 3],
            organiser_unit_id=self.setting.units["DITJEN_HAM"].id, source_type=SourceType.OWN_NOTES,
            classification=Classification.RESTRICTED if number % 13 == 6 else Classification.ORDINARY,
        )  # fmt: skip
        by, at = self.secretariat, self.at(day)
        meeting = meetings.log_meeting(draft, attendance, [f"Pembahasan {topic_id}", "Tindak lanjut"], by=by, at=at)
        if day > self.today:
            return
        self._statements(number, meeting, at)

    def _statements(self, number: int, meeting: Meeting, at: datetime) -> None:
        by, speakers = self.secretariat, meeting.attendance
        for turn in range(2 if len(self.proposals) < PROPOSALS else 0):
            act_id, act_en = ACTS[(number + turn) % len(ACTS)]
            topic_id, topic_en = TOPICS[(number + 3 * turn) % len(TOPICS)]
            speaker = speakers[turn]
            proposal = proposals.propose(
                proposals.ProposalDraft(
                    title_id=f"{act_id} {topic_id}{MARK_ID}", title_en=f"{act_en} {topic_en}{MARK_EN}",
                    gist_id=f"{act_id} {topic_id} agar dapat diukur setiap triwulan.",
                    gist_en=f"{act_en} {topic_en}, measurable every quarter.",
                    raised_on=meeting.date, raised_in_id=meeting.id, classification=meeting.classification,
                    responsible_unit_id=self.setting.cast[(number + turn) % len(self.setting.cast)][1].unit_id,
                ),
                by=by, at=at,
            )  # fmt: skip
            who = proposals.ProponentDraft(
                person_id=speaker.person_id, position_id=speaker.position_id, post_as_written=speaker.post_as_written,
                attribution=(Attribution.QUOTED, Attribution.PARAPHRASED, Attribution.UNCONFIRMED)[number % 3],
            )  # fmt: skip
            proposals.add_proponent(proposal, who, by=by, at=at)
            if number % 5:
                goals = self.goals.goals_on(meeting.date)
                effect = list(Effect)[(number + turn) % len(Effect)]
                link = proposals.LinkDraft(
                    target_id=goals[(number + turn) % len(goals)].id,
                    effect=effect,
                    explanation_id="Waktu tunggu antarinstansi berkurang (ilustrasi)", explanation_en="Agencies wait less for each other (illustration)",
                    expected_effect=EXPECTED[effect is Effect.HINDERS] if turn else None,
                )  # fmt: skip
                proposals.link_target(proposal, link, by=by, at=at)
            said = meetings.StatementDraft(
                kind=StatementKind.PROPOSAL, gist_id=f"Mengusulkan: {act_id.lower()} {topic_id}.",
                gist_en=f"Proposed: {act_en.lower()} {topic_en}.", speaker_id=speaker.id,
                agenda_item_id=meeting.agenda[0].id,
            )  # fmt: skip
            meetings.add_statement(
                meeting, said, meetings.Bearings(proposals=[(proposal, Bearing.RAISES)]), by=by, at=at
            )
            self.proposals.append((proposal, meeting))
        kind = (StatementKind.DECISION, StatementKind.DIRECTIVE, StatementKind.INFORMATION, StatementKind.REMARK)[
            number % 4
        ]
        words = meetings.StatementDraft(
            kind=kind, gist_id="Setiap unit melaporkan kemajuan pada rapat berikutnya.",
            gist_en="Every unit reports its progress at the next meeting.", speaker_id=speakers[0].id,
            agenda_item_id=meeting.agenda[1].id,
        )  # fmt: skip
        meetings.add_statement(meeting, words, by=by, at=at)

    def _action(self, number: int) -> None:
        proposal, meeting = self.proposals[number % (len(self.proposals) - 20) if number < 120 else number % 15]
        task_id, task_en = TASKS[number % len(TASKS)]
        person, post = self.setting.cast[number % len(self.setting.cast)]
        by, at = self.secretariat, self.at(meeting.date)
        draft = actions.ActionDraft(
            text_id=f"{task_id} untuk {proposal.code}{MARK_ID}", text_en=f"{task_en} for {proposal.code}{MARK_EN}",
            responsible_unit_id=post.unit_id, pic_id=person.id if number % 7 else None,
            classification=proposal.classification,
        )  # fmt: skip
        due_on = meeting.date + timedelta(days=30 + number % 5 * 21) if number % 9 else None
        origin = actions.Origin(meeting_id=meeting.id, proposal_id=proposal.id)
        action = actions.assign_action(draft, origin, due_on, on=meeting.date, by=by, at=at)
        self._work(number, action, meeting.date)

    def _work(self, number: int, action: ActionItem, begun: date) -> None:
        day = min(begun + timedelta(days=20), self.today)
        by, at, turn = self.secretariat, self.at(day), number % 8
        if turn in {2, 5} and action.due_on:
            later = actions.Promise(
                due_on=action.due_on + timedelta(days=30), reason="Menunggu data dari daerah", agreed_by="Sesditjen HAM"
            )
            actions.move_due_date(action, later, by=by, at=at)
        if turn == 6:
            actions.move_action(
                action, A.CANCELLED, reason="Digabung dengan pekerjaan lain", evidence=None, by=by, at=at
            )
        elif turn in {1, 3, 4, 5, 7}:
            done = turn in {3, 4, 7}
            report = actions.Report(
                on=day, progress_note="Rancangan pertama sudah dibahas." if not done else "Pekerjaan selesai.",
                percent=100 if done else 40, obstacle=None if done else "Jadwal instansi lain", evidence="Laporan tertulis" if done else None,
                is_finished=done,
            )  # fmt: skip
            actions.report_progress(action, report, by=by, at=at)
        if turn in {4, 7}:
            actions.move_action(action, A.COMPLETED, reason=None, evidence=None, by=self.reviewer, at=at)

    def _walk(self, number: int, proposal: Proposal, meeting: Meeting) -> None:
        for place, to in enumerate(ENDS[number % len(ENDS)]):
            day = min(meeting.date + timedelta(days=14 * (place + 1)), self.today)
            survivor = next(
                (p for p, _ in reversed(self.proposals) if p.id != proposal.id and p.status is S.SUBMITTED), None
            )
            every, _ = actions_asked.count_for_proposal(proposal.id)
            if (to is S.IN_FOLLOW_UP and not every) or (to is S.MERGED and survivor is None):
                return
            step = Step(
                to=to, on=day, reason="Dibahas dan dicatat dalam rapat (ilustrasi)", has_authority=to is S.APPROVED,
                has_meeting=True, evidence="Naskah pedoman (ilustrasi)" if to is S.REALISED else None,
                revisit_on=self.today + timedelta(days=20) if to is S.DEFERRED else None,
                reason_code=NotActionableReason.CHANGE_OF_REGULATION if to is S.NOT_ACTIONABLE else None,
                survivor_id=survivor.id if survivor and to is S.MERGED else None,
            )  # fmt: skip
            authority = self.setting.posts["Dirjen HAM"].id if to is S.APPROVED else None
            move = proposals.Move(step=step, meeting_id=meeting.id, authority_id=authority)
            proposals.move_proposal(proposal, move, by=self.reviewer, at=self.at(day))
            if to is S.REALISED:
                self._tell_effects(proposal, day)

    def _tell_effects(self, proposal: Proposal, day: date) -> None:
        quarter = (day.month - 1) // 3 * 3  # the last month of the quarter before
        period = f"B{quarter:02} {day.year}" if quarter else f"B12 {day.year - 1}"
        for link in proposal.target_links:
            effect, value = REALISED[link.effect is Effect.HINDERS]
            told = proposals.RealisedEffect(on=day, effect=effect, value=value, period=period)
            proposals.tell_effect(proposal, link, told, by=self.reviewer, at=self.at(day))
