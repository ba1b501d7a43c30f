"""Previews: see the pages as another reader, without storing anything."""
