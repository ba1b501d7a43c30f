"""Who may import what: those who may enter it by hand. A run belongs to the account that began it (`models`)."""

from collections.abc import Callable, Mapping

from tracker.accounts import policy as accounts
from tracker.actions import policy as actions
from tracker.core.actor import Actor, both
from tracker.imports.rules.kinds import ImportKind
from tracker.meetings import policy as meetings
from tracker.people import policy as people
from tracker.proposals import policy as proposals
from tracker.targets import policy as targets

_MAY_MAKE: Mapping[ImportKind, Callable[[Actor], bool]] = {
    ImportKind.UNITS: people.may_edit,
    ImportKind.POSTS: people.may_edit,
    ImportKind.PERSONS: people.may_edit,
    ImportKind.HOLDINGS: people.may_edit,
    ImportKind.MEETINGS: meetings.may_log,
    ImportKind.ATTENDANCE: meetings.may_log,
    ImportKind.PROPOSALS: proposals.may_edit,
    ImportKind.ACTIONS: actions.may_assign,
    ImportKind.REPORTS: actions.may_edit,
    ImportKind.DOCUMENTS: targets.may_edit,
    ImportKind.INDICATORS: targets.may_edit,
    ImportKind.VALUES: targets.may_edit,
    ImportKind.ACCOUNTS: accounts.may_manage,
}


@both
def may_import(actor: Actor, kind: ImportKind) -> bool:
    return kind in _MAY_MAKE and _MAY_MAKE[kind](actor)
