"""The kinds of writing requests on which faults are tested: user, page and form."""

from dataclasses import dataclass
from typing import Any

from tests.visitor import REVIEWER, SECRETARIAT


@dataclass(frozen=True)
class Deed:
    """A form, the field to fill in, and the table and column where it is stored."""

    username: str
    page: str
    action: str
    field: str
    text: str
    table: str
    column: str

    def changes(self, number: str = "") -> dict[str, Any]:
        """What is filled in, so that each can be told from every other."""
        mark = "u @raz " if self.field == "line" else ""
        return {self.field: f"{mark}{self.text_of(number)}"}

    def text_of(self, number: str) -> str:
        """What is stored of it."""
        return f"{self.text} {number}".strip()


MINUTES = "/meetings/1/minutes"
#: What they change is open: words that were decided on ask for a reason.
DEEDS = {
    "line": Deed(SECRETARIAT, MINUTES, f"{MINUTES}/lines", "line", "Usulan baru sekali", "proposal", "title_id"),
    "meeting": Deed(SECRETARIAT, "/meetings/1/edit", "/meetings/1/edit", "note", "Catatan sekali", "meeting", "note"),
    "proposal": Deed(SECRETARIAT, "/proposals/1/edit", "/proposals/1/edit", "title_id", "Judul sekali", "proposal",
                     "title_id"),
    "action": Deed(REVIEWER, "/actions/8/edit", "/actions/8/edit", "text_id", "Tindak lanjut sekali", "action_item",
                   "text_id"),
}  # fmt: skip
