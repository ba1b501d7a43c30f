"""Every kind that can be imported, by its code."""

from collections.abc import Mapping

from tracker.imports.commands.fields import Keeper
from tracker.imports.commands.kinds.accounts import Accounts
from tracker.imports.commands.kinds.actions import Actions
from tracker.imports.commands.kinds.meetings import AttendanceRows, Meetings
from tracker.imports.commands.kinds.people import Holdings, Persons, Posts, Units
from tracker.imports.commands.kinds.proposals import Proposals
from tracker.imports.commands.kinds.reports import Reports
from tracker.imports.commands.kinds.targets import Documents, Indicators, Values
from tracker.imports.rules.kinds import ImportKind

_ALL: tuple[type[Keeper], ...] = (
    Units,
    Posts,
    Persons,
    Holdings,
    Meetings,
    AttendanceRows,
    Proposals,
    Actions,
    Reports,
    Documents,
    Indicators,
    Values,
    Accounts,
)
KEEPERS: Mapping[ImportKind, type[Keeper]] = {keeper.kind: keeper for keeper in _ALL}
