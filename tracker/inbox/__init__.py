"""What waits for a person, or for the holder of a post: one place that home, navigation, lists and mails ask."""
