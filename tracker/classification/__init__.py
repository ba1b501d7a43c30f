"""How secret things are and who may know of them: one step to change a classification, and accounts let in by name."""
