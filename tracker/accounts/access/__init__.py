"""Ways in besides one's own password: links for a first or forgotten one, a second step, the office's sign-in."""
