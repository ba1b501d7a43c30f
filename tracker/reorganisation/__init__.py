"""Reorganisations by decree: units, posts, holders and open items move to their successors."""
