"""The lists that can leave the screen, by the name in their address. A new one is one short file here."""

from tracker.lists.columns.actions import ACTIONS
from tracker.lists.columns.audit import AUDIT
from tracker.lists.columns.description import Listing
from tracker.lists.columns.meetings import MEETINGS
from tracker.lists.columns.people import PEOPLE, POSTS, UNITS
from tracker.lists.columns.proposals import PROPOSALS
from tracker.lists.columns.targets import TARGETS

_ALL = (MEETINGS, PROPOSALS, ACTIONS, TARGETS, PEOPLE, UNITS, POSTS, AUDIT)
LISTS: dict[str, Listing] = {one.name: one for one in _ALL}
