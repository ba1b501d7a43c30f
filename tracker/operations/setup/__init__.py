"""The settings that administrators change in the product."""
