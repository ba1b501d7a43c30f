"""All lists for download, by the name in their address. To add one, add a file here."""

from tracker.lists.columns.actions import ACTIONS
from tracker.lists.columns.audit import AUDIT
from tracker.lists.columns.description import Listing
from tracker.lists.columns.meetings import MEETINGS
from tracker.lists.columns.people import PEOPLE, POSTS, UNITS
from tracker.lists.columns.proposals import PROPOSALS
from tracker.lists.columns.targets import TARGETS

_ALL = (MEETINGS, PROPOSALS, ACTIONS, TARGETS, PEOPLE, UNITS, POSTS, AUDIT)
LISTS: dict[str, Listing] = {listing.name: listing for listing in _ALL}
