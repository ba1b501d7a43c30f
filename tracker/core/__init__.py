"""The foundation that all features use; it imports none of them."""
