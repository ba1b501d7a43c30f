"""Reorganisations by decree: what becomes of units, posts, their holders and all that is open."""
