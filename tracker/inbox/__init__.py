"""What waits for the user, as a person or as holder of a post; used by home, navigation, lists and mails."""
