"""Saved views: named filters of a list that belong to an account."""
