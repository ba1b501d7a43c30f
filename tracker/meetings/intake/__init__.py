"""Pasted texts: names become an attendance list, notes and press releases become draft statements to confirm."""
