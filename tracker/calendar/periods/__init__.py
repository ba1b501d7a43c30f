"""Period schemes, which divide the year for measuring, and their codes."""
