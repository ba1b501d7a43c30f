"""The life of minutes: submitted, returned or approved; frozen when approved, corrected by a new version."""
