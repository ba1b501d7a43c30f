"""Labels and paths of what waits for the user, and the verbs that settle it."""

from tracker.inbox.labels.matters import ACTS, WORDS, act_of, page_of, path_of, title_of
from tracker.inbox.labels.verbs import verbs_of

__all__ = ["ACTS", "WORDS", "act_of", "page_of", "path_of", "title_of", "verbs_of"]
