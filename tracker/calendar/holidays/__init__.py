"""Days on which nobody works: national holidays and joint leave. Whoever counts working days asks here."""
