"""What the answers contain, one file per resource (pydantic)."""

from tracker.api.schemas.common import Listing, Shown

__all__ = ["Listing", "Shown"]
