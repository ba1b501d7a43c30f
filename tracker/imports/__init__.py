"""What an office already has in spreadsheets becomes records: units, posts, persons, targets, meetings, actions."""
