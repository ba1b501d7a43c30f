"""What happened: events people read on the pages, and the audit chain that proves nothing was altered since."""
