"""How the history of a meeting names what it tells of."""

from tracker.meetings.models import Statement


def words_for_history(said: Statement) -> str | None:
    """The words of a line; none of one that is more secret than its meeting."""
    if said.classification.rank > said.meeting.classification.rank:
        return None
    return said.gist_id or said.quote
