"""The user guide, and the help of each page: chapters of it."""
