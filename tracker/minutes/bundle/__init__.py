"""The papers of a meeting in one PDF, in the order of its agenda."""
