"""Running the tracker: whether it lives and is ready, what it costs, and its record kept safe elsewhere."""
