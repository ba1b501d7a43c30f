"""Links for a first or forgotten password, the second step, and the office sign-in."""
