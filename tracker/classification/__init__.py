"""Changing classifications, and access to classified meetings granted by name."""
