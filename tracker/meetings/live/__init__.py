"""Live minutes: one screen to type a meeting as it happens; one line becomes a statement, proposal or action."""
