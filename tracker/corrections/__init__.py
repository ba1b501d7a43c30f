"""What was decided on is frozen. A change is a correction: a reason, both texts, and back to who decides."""
