"""Health checks, metrics, backup and restore."""
