"""The weekly review as a sitting: opens with what moved, works through a frozen queue, closes with its own report."""
