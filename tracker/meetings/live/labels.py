"""Labels of keyboard shortcuts and marks of the live minutes."""

from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.live.rules import EFFECT_SIGNS

#: (keys, effect), in the order of the list opened with `?`.
KEYS = (
    ("Enter", _l("Save the line and start the next")),
    ("Shift + Enter", _l("A new line within the text")),
    ("Ctrl + Enter", _l("Save and continue with the next line")),
    ("Ctrl + Shift + Enter", _l("Split an open line at the cursor")),
    ("Ctrl + S", _l("Save now")),
    ("Alt + R", _l("To the roll call; from there Ctrl + Enter goes back to the lines")),
    ("↑ ↓", _l("To the line before or after")),
    ("Alt + ↑ ↓", _l("To the agenda item before or after")),
    ("Alt + Shift + ↑ ↓", _l("Move the line up or down")),
    ("Alt + 1 2 3", _l("This proposal continues the earlier one shown")),
    ("Alt + Shift + 1 2 3", _l("It is identical to the earlier proposal shown")),
    ("Esc", _l("Leave the line as it was; dismiss the suggestion")),
    ("Ctrl + /", _l("This list; outside a text field also ?")),
)
#: (mark, kind of line).
MARKS = (
    ("u", _l("Proposal")),
    ("k", _l("Decision")),
    ("t", _l("Follow-up")),
    ("a", _l("Directive")),
    ("h", _l("Hope")),
    ("j", _l("Exhortation")),
)
#: (sign, meaning), as shown in the list of shortcuts.
SIGNS = (
    ("u@r …", _l("The name right after the symbol; a few letters are enough")),
    ("@ …", _l("The same speaker as in the line above")),
    ("@r^ …", _l("About the proposal above; ^^ the one before it")),
    ("@r< …", _l("This led to the proposal above; for a proposal: it follows from the line above")),
    ("@r/…: …", _l("On behalf of")),
    ("… | …", _l("The title of a proposal, then its words")),
    ("“…”<…", _l("Source of the words; type it twice after text that is not a quotation")),
    ("“…”|…", _l("Recorder's note; type it twice after text that is not a quotation")),
    ("[sic]", _l("Written as in the source")),
    ("#x", _l("Target")),
)
#: (sign, effect on the target); in a title the last character is enough, except for the hyphen.
SIGNS_OF_EFFECTS = tuple((f"#{sign}x", effect) for sign, effect in EFFECT_SIGNS.items())
ROLE_PREFIXES = (
    ("p", _l("Chair of the meeting")),
    ("d", _l("Accompanying the chair")),
    ("n", _l("Minute taker")),
    ("s", _l("Meeting secretary")),
    ("u", _l("Invitee")),
)
