"""The first page: what waits for me."""
