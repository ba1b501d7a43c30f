"""Mail about what waits for somebody: written into an outbox with the deed itself, sent later by one worker."""
