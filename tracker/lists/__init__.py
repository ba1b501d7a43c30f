"""Lists that leave the screen: CSV, XLSX and PDF of any filtered list, and the follow-up matrix."""
