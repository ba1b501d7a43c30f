"""Holidays, and the periods that targets are measured in."""
