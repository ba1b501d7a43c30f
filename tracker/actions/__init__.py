"""Who promised what by when: follow-up actions, their due dates, progress and verification."""
