"""Tables of targets, and database triggers that protect enacted values."""

from tracker.targets.models import guards
from tracker.targets.models.tables import Indicator, IndicatorValue, Objective, Target, TargetDocument

__all__ = ["Indicator", "IndicatorValue", "Objective", "Target", "TargetDocument", "guards"]
