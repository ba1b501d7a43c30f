"""Makes the bundle of papers."""

from tracker.minutes.bundle.formats.making import bundle, fits

__all__ = ["bundle", "fits"]
