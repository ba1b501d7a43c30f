"""Events, which pages show as history, and the audit chain, which proves that nothing was altered."""
