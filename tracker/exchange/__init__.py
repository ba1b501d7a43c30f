"""Lists that leave the screen: CSV, XLSX and PDF of any filtered list, the follow-up matrix, and saved views."""
