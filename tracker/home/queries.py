"""Content of the home page for each role, in a fixed number of SQL statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, func, select

from tracker.accounts import queries as accounts
from tracker.accounts.models import Account
from tracker.actions import queries as actions
from tracker.actions.changes import queries as changes
from tracker.attachments import queries as attachments
from tracker.attachments.rules import Preparation
from tracker.audit import queries as audit
from tracker.audit.models import Event
from tracker.calendar.holidays.rules import WEEK, is_weekend, week_of
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.office import OfficeSetting
from tracker.core.visibility import unrestricted
from tracker.meetings import queries as meetings
from tracker.meetings.invitations import queries as invitations
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus
from tracker.minutes import queries as minutes
from tracker.minutes.models import MinutesVersion
from tracker.minutes.rules import MinutesState
from tracker.notifications.models import Notice
from tracker.notifications.rules import NoticeState
from tracker.people.models import LetterheadSetting, OrgUnit, Person, Position, PositionHolding
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proponent, Proposal
from tracker.proposals.rules import CLOSED, NOTED
from tracker.reviews import queries as reviews
from tracker.reviews.models import Review
from tracker.reviews.rules import ReviewStatus
from tracker.status import queries as status
from tracker.status.follows import queries as follows
from tracker.status.follows.models import Follow
from tracker.targets import queries as targets
from tracker.targets import rules as measures
from tracker.targets.models import Indicator, Target
from tracker.targets.rules import Outcome

#: Number of items shown of each kind; a page of its own has all.
SHOWN_OF_KIND = 5
SHOWN_OWN = 10
#: Minutes that were not submitted for so long are shown.
DRAFT_RESTS = timedelta(days=2)
WEEKS_DRAWN = 12


@dataclass(frozen=True, kw_only=True)
class Week:
    """The secretariat's week: its working days and any other day with a meeting; and the next week's meetings."""

    days: Mapping[date, Sequence[Meeting]]
    next: Sequence[Meeting]
    invited_to: set[int]
    #: Of the meetings that are planned.
    papers: Mapping[int, Preparation]
    drafts: Sequence[Meeting]
    drafts_count: int
    gaps: actions.Gaps


def week(today: date) -> Week:
    this_week = week_of(today)
    rows = meetings.between(this_week.monday, this_week.next.sunday)
    days = meetings.on_days(rows, this_week.days())
    drafts, count = minutes.drafts_until(today - DRAFT_RESTS, SHOWN_OF_KIND)
    shown = {day: held for day, held in days.items() if held or not is_weekend(day)}
    later = [meeting for meeting in rows if meeting.date > this_week.sunday]
    planned = [meeting.id for meeting in rows if meeting.status is MeetingStatus.SCHEDULED]
    return Week(
        days=shown, next=later, invited_to=invitations.invited_to(rows), papers=attachments.preparation_of(planned),
        drafts=drafts, drafts_count=count, gaps=actions.gaps(today),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class News:
    """What others did with a subject since the reader last looked at it; what happened first, newest first."""

    kind: str
    subject: follows.Subject
    events: Sequence[Event]


@dataclass(frozen=True, kw_only=True)
class Concerns:
    """What the reader proposed and follows, and what is new about it."""

    proposals: Sequence[Proposal]
    own: Mapping[int, Proponent]
    answers: Mapping[int, status.Answer]
    measured: Mapping[int, Indicator]
    followed: Sequence[tuple[str, follows.Subject]]
    changes: Mapping[tuple[str, int], follows.Changes]
    news: Sequence[News]


def concerns(actor: Actor, rows: dict[tuple[str, int], Follow], today: date) -> Concerns:
    mine = sorted(
        proposals.of_person(actor.person_id) if actor.person_id else [], key=lambda proposal: proposal.status in CLOSED
    )
    followed = follows.followed_subjects(rows.values())
    answers_by_id = status.answers_about(mine) if mine else {}
    others = [(kind, subject) for kind, subject in followed if subject not in mine]
    ids: dict[str, list[int]] = {}
    for _, subject in others:
        ids.setdefault(subject.__tablename__, []).append(subject.id)
    events = [
        *(event for answer in answers_by_id.values() for event in answer.facts.events),
        *audit.events_about(ids),
    ]
    subjects: list[tuple[str, follows.Subject]] = [*(("proposals", proposal) for proposal in mine), *others]
    changed = follows.changes_of([subject for _, subject in subjects], rows, events)
    return Concerns(
        proposals=mine,
        own={
            proposal.id: next(row for row in proposal.proponents if row.person_id == actor.person_id)
            for proposal in mine
        },
        answers=answers_by_id,
        measured=targets.measured({link.target_id for proposal in mine for link in proposal.target_links}),
        followed=followed,
        changes=changed,
        news=list(_news(subjects, changed, events, actor, today)),
    )


def _news(
    subjects: Iterable[tuple[str, follows.Subject]], changed: Mapping[tuple[str, int], follows.Changes],
    events: Sequence[Event], actor: Actor, today: date,
) -> Iterable[News]:  # fmt: skip
    """Of what was never looked at, the events of the past week are news."""
    for kind, subject in subjects:
        key = (subject.__tablename__, subject.id)
        new: Sequence[Event] = changed[key].events
        if changed[key].looked_at is None:
            new = [
                event for event in events if (event.subject, event.subject_id) == key
                and event.by_account_id != actor.account_id and day_at(event.at) > today - WEEK
                and not event.is_history
            ]  # fmt: skip
        if new:  # notes come after what happened
            yield News(kind=kind, subject=subject, events=sorted(new, key=lambda event: event.verb in NOTED))


@dataclass(frozen=True, kw_only=True)
class Overview:
    """How targets and units do, for those who decide."""

    outcomes: Mapping[Outcome, int]
    units: Sequence[actions.UnitFigures]

    @property
    def in_force(self) -> int:
        return sum(count for outcome, count in self.outcomes.items() if outcome is not Outcome.NOT_IN_FORCE)

    @property
    def unfinished(self) -> int:
        return sum(row.unfinished for row in self.units)

    @property
    def overdue(self) -> int:
        return sum(row.overdue for row in self.units)

    @property
    def largest(self) -> int:
        return max((row.unfinished + row.met + row.late for row in self.units), default=0)


def overview(today: date) -> Overview:
    indicators = [target for target in targets.everything() if isinstance(target, Indicator)]
    return Overview(
        outcomes=measures.summary([indicator.result for indicator in indicators]).number,
        units=actions.by_unit(today),
    )


@dataclass(frozen=True, kw_only=True)
class ReviewWork:
    """The open review, or that of this week, with what is left; and the past weeks."""

    week: str
    review: Review | None
    figures: reviews.Figures | None
    weeks: Sequence[reviews.WeekFigures]
    gaps: actions.Gaps

    @property
    def left(self) -> int:
        return self.figures.queue - self.figures.done if self.figures else 0

    @property
    def is_open(self) -> bool:
        return self.review is not None and self.review.status is ReviewStatus.OPEN


def review_work(today: date) -> ReviewWork:
    this_week = str(week_of(today))
    review = reviews.review_of_now(this_week)
    return ReviewWork(
        week=review.week if review else this_week,
        review=review,
        figures=reviews.figures(review.id) if review else None,
        weeks=reviews.trend(WEEKS_DRAWN),
        gaps=actions.gaps(today),
    )


@dataclass(frozen=True, kw_only=True)
class Tasks:
    mine: Sequence[changes.Own]
    with_others: Sequence[changes.Own]


def tasks(actor: Actor) -> Tasks:
    rows = changes.own_open(actor)
    return Tasks(
        mine=[row for row in rows if not row.waits_for_others],
        with_others=[row for row in rows if row.waits_for_others],
    )


@dataclass(frozen=True, kw_only=True)
class FirstSteps:
    """What an installation has of what it needs until its first minutes are approved."""

    office: bool
    letterhead: bool
    units: bool
    posts: bool
    people: bool
    holdings: bool
    accounts: bool
    targets: bool
    mails: bool
    meetings: bool
    approved: bool


@dataclass(frozen=True, kw_only=True)
class Installation:
    steps: FirstSteps
    unused: Sequence[Account]


def installation() -> Installation:
    """What there is does not depend on who looks."""
    has_accounts = select(func.count()).select_from(Account).scalar_subquery() > 1
    kinds = {
        "office": select(OfficeSetting.id),
        "letterhead": select(LetterheadSetting.id),
        "units": select(OrgUnit.id),
        "posts": select(Position.id),
        "people": select(Person.id),
        "holdings": select(PositionHolding.id),
        "targets": select(Target.id),
        "mails": select(Notice.id).where(Notice.state == NoticeState.SENT),
        "meetings": select(Meeting.id),
        "approved": select(MinutesVersion.id).where(MinutesVersion.state == MinutesState.APPROVED),
    }
    found = [exists(query).label(name) for name, query in kinds.items()]
    with unrestricted():
        row = db.session.execute(select(*found, has_accounts.label("accounts"))).one()
    steps = FirstSteps(**{name: bool(is_there) for name, is_there in row._mapping.items()})
    return Installation(steps=steps, unused=accounts.unused())
