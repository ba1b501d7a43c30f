"""Downloads of filtered lists as CSV, XLSX and PDF, and the follow-up matrix."""
