"""The answer to «what became of it?»: the status sentence, who has to act now, and what waits unanswered."""
