"""Check-in at the door: a code on the screen of the room, which changes every minute (ADR 111)."""
