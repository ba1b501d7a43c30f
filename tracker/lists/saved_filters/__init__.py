"""Saved views: a filter of a list, kept by an account under a name."""
