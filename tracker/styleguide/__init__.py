"""Every shared component in its states, for whoever builds pages. Only in development."""
