"""The lists that can leave the screen, by the name in their address. A new one is one short file here."""

from tracker.exchange.lists.actions import ACTIONS
from tracker.exchange.lists.audit import AUDIT
from tracker.exchange.lists.description import Listing
from tracker.exchange.lists.meetings import MEETINGS
from tracker.exchange.lists.people import PEOPLE, POSTS, UNITS
from tracker.exchange.lists.proposals import PROPOSALS
from tracker.exchange.lists.targets import TARGETS

_ALL = (MEETINGS, PROPOSALS, ACTIONS, TARGETS, PEOPLE, UNITS, POSTS, AUDIT)
LISTS: dict[str, Listing] = {one.name: one for one in _ALL}
