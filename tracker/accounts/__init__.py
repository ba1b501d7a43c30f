"""Accounts with their roles and clearance, and sign-ins."""
