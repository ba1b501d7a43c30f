"""Public holidays and joint leave, for counting working days."""
