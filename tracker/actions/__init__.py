"""Follow-up actions: assignees, due dates, progress and verification."""
