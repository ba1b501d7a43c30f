"""Webhooks: what happens in the tracker, told to programs of others by the rules of Standard Webhooks."""
