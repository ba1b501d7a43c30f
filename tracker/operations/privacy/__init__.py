"""Exports what is stored about a person and who read it (law 27/2022 on personal data)."""
