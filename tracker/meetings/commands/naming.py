"""How the history of a meeting quotes statements."""

from tracker.meetings.models import Statement


def text_for_history(statement: Statement) -> str | None:
    """The text of a statement; None if it is more secret than its meeting."""
    if statement.classification.rank > statement.meeting.classification.rank:
        return None
    return statement.gist_id or statement.quote
