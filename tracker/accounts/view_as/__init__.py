"""The pages as another reader sees them, without storing anything."""
