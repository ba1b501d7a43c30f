"""The home page by role, and the navigation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, has_request_context, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString

from tracker.calendar.holidays.rules import week_of
from tracker.core import clock
from tracker.core.actor import Role, current
from tracker.core.addresses import address
from tracker.core.pages import me
from tracker.core.settings import current_settings
from tracker.core.wording import lazy_gettext as _l
from tracker.home import labels, queries
from tracker.inbox import queries as inbox
from tracker.inbox.rules import Matter
from tracker.meetings import queries as meetings
from tracker.operations import queries as operations
from tracker.proposals import queries as proposals
from tracker.status.follows import queries as follows

bp = Blueprint("home", __name__)
blueprints = (bp,)
bp.add_app_template_filter(labels.heading, "home_heading")
bp.add_app_template_filter(labels.stops, "chain_stops")
bp.add_app_template_filter(labels.queue_kind, "queue_kind")

SHOWN = 8


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
    NavItem(
        "imports.index",
        _l("Imports"),
        "file-earmark-text",
        (Role.SECRETARIAT, Role.DECISION_MAKER, Role.REVIEWER, Role.ADMIN),
    ),
    NavItem("accounts.index", _l("Accounts"), "key", (Role.ADMIN,)),
    NavItem("setup.edit", _l("Settings"), "gear", (Role.ADMIN,)),
    NavItem("letterhead.edit", _l("Letterhead"), "file-earmark-text", (Role.ADMIN,)),
    NavItem("word_template.show", _l("Word template"), "file-earmark-text", (Role.ADMIN,)),
    NavItem("notifications.index", _l("Outbox"), "send", (Role.ADMIN,)),
    NavItem("audit.index", _l("Audit"), "shield-lock", (Role.AUDITOR, Role.ADMIN)),
)

#: What the ＋ of the header begins.
NEW = (
    NavItem("intake.new", _l("Log a meeting"), "pencil", (Role.SECRETARIAT,)),
    NavItem("intake.plan", _l("Plan a meeting"), "calendar-event", (Role.SECRETARIAT,)),
    NavItem("intake.begin", _l("Paste a press release, notes, a transcript"), "file-earmark-text", (Role.SECRETARIAT,)),
    NavItem("proposals.new", _l("Proposal"), "lightbulb", (Role.SECRETARIAT,)),
    NavItem("actions.new", _l("Follow-up action"), "check2-square", (Role.SECRETARIAT,)),
    NavItem("imports.new", _l("Import from Excel"), "file-earmark-text", (Role.SECRETARIAT, Role.ADMIN)),
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
        "main_nav": open_of(MAIN),
        "more_nav": open_of(MORE),
        "new_nav": open_of(NEW),
        "waiting_count": waiting_count,
    }


#: Asked of the reader in person, so every role shows them; the rest of one's own stands last.
_IN_PERSON = frozenset({Matter.ESCALATION, Matter.APPROVAL, Matter.HAND_OVER})
#: Roles with a home of their own, in the order of its sections, and the matters that each shows.
_MATTERS: dict[Role, frozenset[Matter]] = {
    Role.SECRETARIAT: frozenset({Matter.RETURNED_MINUTES, Matter.DISPUTE, Matter.DUE_DATE_REQUEST}),
    Role.ADVISER: frozenset({Matter.ATTRIBUTION}),
    Role.DECISION_MAKER: frozenset({Matter.DECISION, Matter.CORRECTION, Matter.TARGET_LINK}),
    Role.REVIEWER: frozenset({Matter.DUE_DATE_REQUEST, Matter.VERIFICATION, Matter.CORRECTION}),
    Role.PIC: frozenset({Matter.OVERDUE}),
    Role.ADMIN: frozenset(),
}


@dataclass(frozen=True, kw_only=True)
class Section:
    """What one role begins with: what waits for it, and what it looks after."""

    role: Role
    groups: Sequence[inbox.Group]
    content: Any


@bp.get("/")
def index() -> ResponseReturnValue:
    actor, today = me(), clock.today()
    waiting = inbox.waiting_for(actor, queries.SHOWN_OF_KIND)
    follow_rows = follows.follow_rows(actor)
    roles = [role for role in _MATTERS if actor.has(role)]
    is_adviser = Role.ADVISER in roles or (not roles and actor.person_id is not None)
    content: dict[Role, Callable[[], Any]] = {
        Role.SECRETARIAT: lambda: queries.week(today),
        Role.ADVISER: lambda: queries.concerns(actor, follow_rows, today),
        Role.DECISION_MAKER: lambda: queries.overview(today),
        Role.REVIEWER: lambda: queries.review_work(today),
        Role.PIC: lambda: queries.tasks(actor),
        Role.ADMIN: lambda: (queries.installation(), operations.health(current_settings())),
    }
    sections, left = [], list(waiting)
    for role in roles or ([Role.ADVISER] if is_adviser else []):
        taken = [group for group in left if group.matter in _MATTERS[role] | _IN_PERSON]
        left = [group for group in left if group not in taken]
        sections.append(Section(role=role, groups=taken, content=content[role]()))
    number = sum(group.count for group in waiting)
    return render_template(
        "home/index.html",
        today=today,
        week=week_of(today),
        sections=sections,
        left=left,
        waiting_count=lambda: number,
        followed=[] if is_adviser else follows.followed_subjects(follow_rows.values()),
        own=proposals.proposed_by(actor.person_id).rows if actor.person_id and not is_adviser else [],
        latest=[] if sections else meetings.latest(SHOWN),
        may_log=actor.has(Role.SECRETARIAT),
        shown_own=queries.SHOWN_OWN,
    )
