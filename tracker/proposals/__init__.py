"""Proposals: proponents, status, relations and affected targets."""
