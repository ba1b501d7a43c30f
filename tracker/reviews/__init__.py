"""The weekly review: it freezes a queue when opened, records decisions, and freezes a report when closed."""
