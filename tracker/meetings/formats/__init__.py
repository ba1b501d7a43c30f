"""The words of attendance lists, and the entry for a calendar. No Flask, no SQLAlchemy."""
