"""The site on a phone: installing it, and what it shows and keeps without a connection."""
