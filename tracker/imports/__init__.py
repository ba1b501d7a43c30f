"""Import spreadsheets: units, posts, persons, meetings, proposals, actions, targets and accounts."""
