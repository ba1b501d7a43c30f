"""Finding anything by its words, and what was proposed before. An index beside the rows; pages see rows only."""
