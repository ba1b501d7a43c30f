"""Tables of targets, and what the database itself keeps unchanged of them."""

from tracker.targets.models import guards
from tracker.targets.models.tables import Indicator, IndicatorValue, Objective, Target, TargetDocument

__all__ = ["Indicator", "IndicatorValue", "Objective", "Target", "TargetDocument", "guards"]
