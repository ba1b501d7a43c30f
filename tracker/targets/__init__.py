"""What we want to reach: target documents, objectives, indicators, and their values by period."""
