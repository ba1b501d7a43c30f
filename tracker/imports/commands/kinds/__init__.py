"""Every kind that can be imported, by its code."""

from collections.abc import Mapping

from tracker.imports.commands.fields import Keeper
from tracker.imports.commands.kinds.actions import Actions
from tracker.imports.commands.kinds.people import Holdings, Persons, Posts, Units
from tracker.imports.rules.kinds import ImportKind

KEEPERS: Mapping[ImportKind, type[Keeper]] = {
    keeper.kind: keeper for keeper in (Units, Posts, Persons, Holdings, Actions)
}
