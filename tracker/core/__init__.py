"""The ground floor: what every feature stands on. Knows nothing of meetings or proposals."""
