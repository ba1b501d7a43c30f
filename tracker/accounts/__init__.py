"""Who may come in: accounts, their roles and clearance, sign-ins that really end."""
