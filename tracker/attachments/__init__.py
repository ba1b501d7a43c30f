"""Files that belong to a meeting, a proposal or an action: judged by content, kept by their mark, never deleted."""
