"""Only what is still to be done can be steered."""

from tracker.actions import rules
from tracker.actions.models import ActionItem
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l


def refuse_closed(action: ActionItem) -> None:
    """Refuse what would change a closed action."""
    if action.status not in rules.OPEN:
        raise NotPossible(_l("The action is closed."))
