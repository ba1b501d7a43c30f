"""Templates per type of meeting: the agenda, the posts and the place that such meetings usually have."""
