"""Minutes and attendance list in the official form, as PDF and Word."""
