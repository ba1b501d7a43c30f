"""Live minutes: record a meeting while it happens. Each typed line becomes a statement, proposal or action."""
