"""Demo data: the real meeting of 21 October 2020 exactly as in its source, and a labelled illustrative year."""
