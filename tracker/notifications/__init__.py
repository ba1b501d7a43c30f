"""Mail about what waits for somebody: notices are stored together with the change, and sent later by a worker."""
