"""Templates by type of meeting: the usual agenda, posts and venue."""
