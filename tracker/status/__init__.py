"""What became of a proposal or action: the status sentence, who has to act now, and what is unanswered."""
