"""Demo data: the real meeting of 21 October 2020 exactly as its source tells it, and a labelled illustrative year."""
