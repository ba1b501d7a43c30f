"""The calendar of an account, fetched by calendar programs from a secret address."""
