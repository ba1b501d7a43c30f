"""What other programs read and write, in the name of an account: /api/v1."""
