"""Holidays, the periods that targets are measured in, and files for calendar programs."""
