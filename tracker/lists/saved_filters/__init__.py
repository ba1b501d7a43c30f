"""Saved filters: named filters of a list that belong to an account."""
