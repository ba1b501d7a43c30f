"""What each account follows, and what changed since it last looked. Private to the account."""
