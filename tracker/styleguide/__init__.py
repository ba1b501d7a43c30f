"""Every shared component in its states, for developers of pages. Only in development."""
