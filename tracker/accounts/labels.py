"""Labels of account events, rights and devices."""

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from tracker.accounts.formats import device_of
from tracker.accounts.models import ApiToken
from tracker.accounts.rules import AccountState, ApiFeature, DueDatesAs, TokenLasts
from tracker.audit.models import Event
from tracker.core.actor import Classification, Role
from tracker.core.wording import Shape, Shapes, Words, gettext, label
from tracker.core.wording import lazy_gettext as _l

WORDS: Words = {
    AccountState: {
        AccountState.ASKED: _l("waits for you"),
        AccountState.INVITED: _l("invited"),
        AccountState.EXPIRED: _l("invitation expired"),
        AccountState.ACTIVE: _l("may sign in"),
        AccountState.CLOSED: _l("closed"),
    },
    DueDatesAs: {
        DueDatesAs.TASKS: _l("tasks"),
        DueDatesAs.DAYS: _l("all-day entries"),
    },
    TokenLasts: {
        TokenLasts.MONTH: _l("30 days"),
        TokenLasts.QUARTER: _l("90 days"),
        TokenLasts.YEAR: _l("one year"),
    },
    ApiFeature: {
        ApiFeature.MEETINGS: _l("Meetings"),
        ApiFeature.PROPOSALS: _l("Proposals"),
        ApiFeature.ACTIONS: _l("Follow-ups"),
        ApiFeature.TARGETS: _l("Targets"),
        ApiFeature.PEOPLE: _l("People, units and posts"),
        ApiFeature.REVIEWS: _l("Weekly reviews"),
        ApiFeature.SEARCH: _l("Search"),
        ApiFeature.FILES: _l("Files"),
    },
}
SHAPES: Shapes = {
    AccountState: {
        AccountState.ASKED: Shape.WAIT,
        AccountState.INVITED: Shape.OPEN,
        AccountState.EXPIRED: Shape.LATE,
        AccountState.ACTIVE: Shape.DONE,
        AccountState.CLOSED: Shape.ENDED,
    }
}
EVENTS = {
    "account": {
        "opened": _l("Account opened"),
        "edited": _l("Account changed"),
        "person_linked": _l("Person in the register changed"),
        "password_changed": _l("Password changed"),
        "mails_chosen": _l("E-mail choices changed"),
        "second_step_on": _l("Second step of signing in turned on"),
        "second_step_off": _l("Second step of signing in turned off"),
        "recovery_code_used": _l("Signed in with a recovery code"),
        "invited": _l("Invited"),
        "invitation_withdrawn": _l("Invitation withdrawn"),
        "request_refused": _l("Request for an account refused"),
        "sign_ins_ended": _l("Signed out everywhere by an administrator"),
        "calendar_address_made": _l("Address for a calendar made"),
        "calendar_address_ended": _l("Address for a calendar ended"),
        "api_token_made": _l("Token for a program made"),
        "api_token_ended": _l("Token for a program ended"),
        "preview_begun": _l("Preview as this reader started"),
        "preview_ended": _l("Preview as this reader ended"),
    }
}


def rights(event: Event, when: str) -> str:
    values = (event.details or {}).get(when)
    if not isinstance(values, Mapping):
        return str(values or ("" if event.verb != "person_linked" else gettext("Nobody in the register")))
    parts = [", ".join(label(Role(role)) for role in values["roles"])] if "roles" in values else []
    if "clearance" in values:
        parts.append(gettext("Cleared up to: %(level)s", level=label(Classification(values["clearance"]))))
    if "is_active" in values:
        parts.append(gettext("may sign in") if values["is_active"] else gettext("closed"))
    return "; ".join(parts)


def device_name(user_agent: str | None) -> str:
    browser, system = device_of(user_agent or "")
    if browser and system:
        return gettext("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or gettext("unknown")


def token_scope(token: ApiToken) -> str:
    """Whether it may write, and of what: «read and write: Meetings, Targets»."""
    features = ", ".join(label(feature) for feature in ApiFeature if feature.value in token.features)
    if token.may_write:
        return gettext("read and write: %(features)s", features=features)
    return gettext("read only: %(features)s", features=features)


def program_name(user_agent: str | None) -> str:
    """A program, most of which are no browsers: the name with which it begins."""
    name = (user_agent or "").partition("/")[0].strip()
    return name if name and name != "Mozilla" else device_name(user_agent)


ROLE_DUTIES: Mapping[Role, LazyString] = {
    Role.SECRETARIAT: _l(
        "Plans and records meetings, their minutes, proposals and follow-ups; keeps the registers of people, units and "
        "posts, and the targets."
    ),
    Role.CHAIR: _l("Approves the minutes of the meetings they chair, or returns them."),
    Role.ADVISER: _l("Follows the outcome of their proposals, and says whether they are quoted rightly."),
    Role.PIC: _l("Reports on the follow-ups assigned to them, and requests other due dates."),
    Role.REVIEWER: _l("Leads the weekly review: verifies, moves due dates, reassigns and escalates."),
    Role.DECISION_MAKER: _l("Decides about proposals, enacts targets and classifies."),
    Role.ADMIN: _l("Opens accounts, changes settings and keeps the registers; records no meetings."),
    Role.AUDITOR: _l("Reads the audit: who changed and who read what."),
    Role.READER: _l("Reads what is ordinary, and changes nothing."),
}
