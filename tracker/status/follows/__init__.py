"""What each account follows, and what changed since it last looked: private to the account."""
