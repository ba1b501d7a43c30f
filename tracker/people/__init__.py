"""Who we are: units, posts, persons, and who held which post when. All of it dated, none of it constant."""
