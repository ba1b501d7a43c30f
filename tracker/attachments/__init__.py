"""Files of a meeting, a proposal or an action: checked by content, stored under their digest, never deleted."""
