"""What someone suggests and what became of it: proposals, who made them, how they stand, which targets they touch."""
