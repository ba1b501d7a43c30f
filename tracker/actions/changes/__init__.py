"""Changes to assigned actions: requests for due dates, reassignment, escalation, holds and bulk changes."""
