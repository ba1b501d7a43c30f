"""Units, posts, persons, and who held which post when. Everything is dated."""
