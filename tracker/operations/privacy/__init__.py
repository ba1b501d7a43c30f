"""What is held about a person, and who read it (law 27/2022, personal data). For the command line."""
