"""Meetings that come again: the series they belong to, the next one, and what earlier ones left open."""
