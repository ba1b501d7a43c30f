"""Which chapter of the guide is about which page, and the tours of the first sign-in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from tracker.core.actor import Role
from tracker.core.wording import lazy_gettext as _l

#: By endpoint, or by its first part.
_TOPICS = {
    "meetings": "log-a-meeting",
    "meeting_templates": "log-a-meeting",
    "intake": "written",
    "series": "log-a-meeting",
    "invitations": "before-the-meeting",
    "check_in": "phone",
    "letters": "before-the-meeting",
    "bundle": "before-the-meeting",
    "live": "live-minutes",
    "minutes": "live-minutes",
    "proposals": "decide",
    "status": "decide",
    "corrections": "decide",
    "actions": "follow-up",
    "reply_links": "follow-up",
    "reports": "follow-up",
    "changes": "follow-up",
    "escalations": "follow-up",
    "reviews": "weekly-review",
    "search": "find",
    "saved_filters": "find",
    "people": "find",
    "units": "find",
    "posts": "find",
    "targets": "targets",
    "periods": "targets",
    "lists": "printing",
    "documents": "printing",
    "offline": "phone",
    "attachments": "follow-up",
    "classification": "confidential",
    "accounts": "account",
    "feed": "account",
    "api": "programs",
    "tokens": "programs",
    "specification": "programs",
    "accounts.index": "accounts",
    "accounts.new": "accounts",
    "accounts.edit": "accounts",
    "access": "account",
    "access.link": "accounts",
    "view_as": "administer",
    "notifications": "administer",
    "audit": "administer",
    "webhooks": "administer",
    "letterhead": "administer",
    "reorganisations": "reorganise",
    "setup": "accounts",
    "access.choose_persons": "accounts",
    "access.invite_persons": "accounts",
    "access.choose_links": "accounts",
    "access.make_links": "accounts",
    "operations": "administer",
    "imports": "bring-in",
    "word_template": "administer",
    "holidays": "administer",
}
START = "start"


def topic_of(endpoint: str | None) -> str:
    name = endpoint or ""
    return _TOPICS.get(name) or _TOPICS.get(name.partition(".")[0], START)


@dataclass(frozen=True)
class Stop:
    """A stop of the tour: what one finds there, and the way."""

    name: LazyString
    words: LazyString
    endpoint: str


_HOME = Stop(
    _l("What is waiting for you"),
    _l("The home page starts with it. The number beside “Home” says how much it is."),
    "inbox.index",
)
_SEARCH = Stop(
    _l("Find anything"),
    _l("Names, words and codes: the key / leads to the search box from every page."),
    "search.index",
)
_HELP = Stop(
    _l("Help on every page"),
    _l("The key ? or the question mark above explains the page that you are on."),
    "guide.show",
)
_TARGETS = Stop(
    _l("Targets and their values"),
    _l("How far each target is, and which proposals affect it."),
    "targets.index",
)
_MINE = Stop(
    _l("Follow-up"),
    _l("Report progress on an action, attach the evidence, or ask for another due date, all on its page."),
    "actions.index",
)
_RECORD = Stop(
    _l("Record a meeting"),
    _l("A name and a date are enough. The minutes are typed line by line, and nothing typed is lost."),
    "intake.new",
)
_EARLIER = Stop(
    _l("Proposed before?"),
    _l("Paste a sentence before you propose it: you see whether it was proposed before, and with what outcome."),
    "proposals.proposed_before",
)
_DECIDE = Stop(
    _l("Decide"),
    _l("The page of a proposal says in one sentence where it is now, and offers what you may decide."),
    "proposals.index",
)
_REVIEW = Stop(
    _l("Weekly review"),
    _l("One key per item: done, continue, extend. Each item says why it is there."),
    "reviews.index",
)
_MEETINGS = Stop(
    _l("Meetings"),
    _l("What was said, decided and agreed, as in the printed minutes."),
    "meetings.index",
)
_ACCOUNTS = Stop(
    _l("Accounts"),
    _l("Open an account, give it roles and a clearance, and send its owner the link to sign in."),
    "accounts.index",
)
_AUDIT = Stop(
    _l("Audit"),
    _l("Every change and every reading of something secret, in a chain that shows whether anything was altered."),
    "audit.index",
)
#: By role; the first of an account's roles counts.
TOURS: Mapping[Role, Sequence[Stop]] = {
    Role.SECRETARIAT: (_HOME, _RECORD, _SEARCH, _HELP),
    Role.DECISION_MAKER: (_HOME, _DECIDE, _TARGETS, _HELP),
    Role.REVIEWER: (_HOME, _REVIEW, _SEARCH, _HELP),
    Role.ADVISER: (_HOME, _EARLIER, _TARGETS, _HELP),
    Role.PIC: (_HOME, _MINE, _SEARCH, _HELP),
    Role.CHAIR: (_HOME, _MEETINGS, _SEARCH, _HELP),
    Role.ADMIN: (_ACCOUNTS, _AUDIT, _HELP),
    Role.AUDITOR: (_AUDIT, _SEARCH, _HELP),
    Role.READER: (_MEETINGS, _TARGETS, _SEARCH, _HELP),
}


def tour_of(roles: Collection[Role]) -> Sequence[Stop]:
    return next((stops for role, stops in TOURS.items() if role in roles), TOURS[Role.READER])
