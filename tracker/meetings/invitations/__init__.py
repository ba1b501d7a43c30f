"""Invitations to planned meetings: who is told by mail, what they answer, and what changes after that (ADR 104)."""
