"""Minutes are submitted, then returned or approved. Approved minutes are frozen and corrected by a new version."""
