"""Changes to the registers of people and organisation, one file per purpose. Callers commit."""

from tracker.people.commands.merging import merge, undo_merge
from tracker.people.commands.register import (
    FormerNameDraft,
    HoldingDraft,
    PersonDraft,
    PositionDraft,
    UnitDraft,
    add_former_name,
    add_holding,
    add_person,
    add_position,
    add_unit,
    edit_former_name,
    edit_holding,
    edit_person,
    edit_position,
    edit_unit,
    open_person,
    remove_person,
    restore_person,
)

__all__ = [
    "FormerNameDraft", "HoldingDraft", "PersonDraft", "PositionDraft", "UnitDraft", "add_former_name", "add_holding",
    "add_person",
    "add_position", "add_unit", "edit_former_name", "edit_holding", "edit_person", "edit_position", "edit_unit",
    "merge", "open_person", "remove_person", "restore_person", "undo_merge",
]  # fmt: skip
