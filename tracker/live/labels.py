"""The words for the keys and marks of the live minutes."""

from tracker.core.wording import lazy as _l

#: (keys, what they do), in the order of the list that `?` opens.
KEYS = (
    ("Enter", _l("Store the line and begin the next")),
    ("Shift + Enter", _l("A new line within the text")),
    ("Ctrl + Enter", _l("Store and go on to the next line")),
    ("Ctrl + S", _l("Save now")),
    ("↑ ↓", _l("To the line before or after")),
    ("Alt + ↑ ↓", _l("To the agenda item before or after")),
    ("Alt + Shift + ↑ ↓", _l("Move the line up or down")),
    ("Alt + 1 2 3", _l("This proposal continues the earlier one shown")),
    ("Alt + Shift + 1 2 3", _l("It is the very same as the earlier one shown")),
    ("Esc", _l("Leave the line as it was; dismiss what is suggested")),
    ("Ctrl + /", _l("This list; outside a text, ? as well")),
)
#: (mark, what the line becomes).
MARKS = (
    ("u", _l("Proposal")),
    ("k", _l("Decision")),
    ("t", _l("Follow-up")),
    ("a", _l("Directive")),
    ("h", _l("Hope")),
)
ROLE_MARKS = (
    ("p", _l("Chair of the meeting")),
    ("d", _l("Accompanying the chair")),
    ("n", _l("Minute taker")),
    ("s", _l("Meeting secretary")),
    ("u", _l("Invitee")),
)
