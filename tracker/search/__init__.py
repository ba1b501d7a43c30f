"""Full-text search, and finding similar earlier proposals. The index only holds row ids; pages load the rows."""
