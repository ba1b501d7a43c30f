"""Keeping actions on course: dates asked for and answered, another PIC, escalation, what holds up, bulk changes."""
