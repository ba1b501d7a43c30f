"""Links with which those in charge answer about one follow-up without an account (ADR 106)."""
