"""Closed by default, proved: generated tests over the whole route map."""
