"""Target documents, objectives and indicators, and their values by period."""
