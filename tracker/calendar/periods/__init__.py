"""How the year is cut for measuring: period schemes and their codes, which are data."""
