"""Corrections of texts that were decided on: with a reason, both texts in the history, and an answer."""
