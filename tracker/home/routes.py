"""The home page by role, and the navigation."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, has_request_context, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString

from tracker.actions import queries as actions
from tracker.audit import queries as audit
from tracker.calendar.holidays.rules import week_of
from tracker.core import clock
from tracker.core.actor import Actor, Role, current
from tracker.core.addresses import address
from tracker.core.pages import me
from tracker.core.wording import lazy_gettext as _l
from tracker.inbox import queries as inbox
from tracker.meetings import queries as meetings
from tracker.proposals import queries as proposals
from tracker.proposals.rules import CLOSED
from tracker.reviews import queries as reviews
from tracker.status import queries as status
from tracker.status.follows import queries as follows

bp = Blueprint("home", __name__)
blueprints = (bp,)

SHOWN = 8
#: Number of items shown of each kind; a page of its own has all.
SHOWN_OF_KIND = 5


@dataclass(frozen=True)
class NavItem:
    endpoint: str
    label: LazyString
    icon: str
    roles: tuple[Role, ...] = ()

    def as_shown(self) -> dict[str, Any]:
        """Attributes for the template, and whether the current page is this entry's page or below it."""
        href, path = address(self.endpoint), request.path
        is_current = path == href or (href != "/" and path.startswith(f"{href}/"))
        return {"href": href, "label": self.label, "icon": self.icon, "is_current": is_current}


MAIN = (
    NavItem("home.index", _l("Home"), "house"),
    NavItem("meetings.index", _l("Meetings"), "calendar3"),
    NavItem("proposals.index", _l("Proposals"), "lightbulb"),
    NavItem("actions.index", _l("Follow-up"), "check2-square"),
    NavItem("targets.index", _l("Targets"), "bullseye"),
    NavItem("reviews.index", _l("Review"), "clipboard-check"),
)
MORE = (
    NavItem("people.index", _l("People"), "people"),
    NavItem("units.index", _l("Units"), "diagram-3"),
    NavItem("posts.index", _l("Posts"), "person-badge"),
    NavItem("holidays.index", _l("Days off"), "calendar-event"),
    NavItem("periods.index", _l("Period schemes"), "calendar-check"),
    NavItem("search.synonyms", _l("Synonyms"), "journal-text"),
    NavItem("accounts.index", _l("Accounts"), "key", (Role.ADMIN,)),
    NavItem("letterhead.edit", _l("Letterhead"), "file-earmark-text", (Role.ADMIN,)),
    NavItem("word_template.show", _l("Word template"), "file-earmark-text", (Role.ADMIN,)),
    NavItem("notifications.index", _l("Outbox"), "send", (Role.ADMIN,)),
    NavItem("audit.index", _l("Audit"), "shield-lock", (Role.AUDITOR, Role.ADMIN)),
)

#: What the ＋ of the header begins.
NEW = (
    NavItem("meetings.new", _l("Log a meeting"), "pencil", (Role.SECRETARIAT,)),
    NavItem("actions.new", _l("Follow-up action"), "check2-square", (Role.SECRETARIAT,)),
)


@bp.app_context_processor
def navigation() -> dict[str, Any]:
    """Entries for the signed-in account: the main ones, the rest in a menu, what may be begun. Mails have none."""
    actor = current() if has_request_context() else None

    def open_of(items: tuple[NavItem, ...]) -> list[dict[str, Any]]:
        return [item.as_shown() for item in items if actor and (not item.roles or actor.has(*item.roles))]

    def waiting_count() -> int:
        return inbox.count(actor) if actor else 0

    return {
        "main_ways": open_of(MAIN),
        "more_ways": open_of(MORE),
        "new_ways": open_of(NEW),
        "waiting_count": waiting_count,
    }


@bp.get("/")
def index() -> ResponseReturnValue:
    actor, today = me(), clock.today()
    leads = actor.has(Role.REVIEWER, Role.DECISION_MAKER, Role.SECRETARIAT)
    return render_template(
        "home/index.html",
        today=today,
        may_log=actor.has(Role.SECRETARIAT),
        is_person=actor.person_id is not None,
        leads=leads,
        waiting=inbox.waiting_for(actor, SHOWN_OF_KIND),
        may_decide=actor.has(Role.DECISION_MAKER, Role.SECRETARIAT, Role.REVIEWER),
        **_concerns(actor),
        my_actions=actions.of_pic(actor.person_id) if actor.person_id else [],
        overdue=actions.overdue(today, SHOWN) if leads else [],
        reviews=_reviews(actor, today),
        latest=meetings.latest(SHOWN),
    )


def _reviews(actor: Actor, today: date) -> dict[str, Any] | None:
    """For reviewers: the open review or this week's, and items with missing information."""
    if not actor.has(Role.REVIEWER):
        return None
    this_week = str(week_of(today))
    sitting = reviews.current_review() or reviews.find_review(this_week)
    return {
        "week": this_week,
        "sitting": sitting,
        "figures": reviews.figures(sitting.id) if sitting else None,
        "gaps": actions.gaps(),
    }


def _concerns(actor: Actor) -> dict[str, Any]:
    mine = sorted(
        proposals.of_person(actor.person_id) if actor.person_id else [], key=lambda proposal: proposal.status in CLOSED
    )
    follow_rows = follows.follow_rows(actor)
    followed = follows.followed_subjects(follow_rows.values())
    answers_by_id = status.answers_about(mine) if mine else {}
    others: list[follows.Subject] = [subject for _, subject in followed if subject not in mine]
    ids: dict[str, list[int]] = {}
    for subject in others:
        ids.setdefault(subject.__tablename__, []).append(subject.id)
    events = [
        *(event for answer in answers_by_id.values() for event in answer.facts.events),
        *audit.events_about(ids),
    ]
    own = {
        proposal.id: next(row for row in proposal.proponents if row.person_id == actor.person_id) for proposal in mine
    }
    return {
        "my_proposals": mine,
        "own": own,
        "answers": answers_by_id,
        "followed": followed,
        "changes": follows.changes_of([*mine, *others], follow_rows, events),
    }
