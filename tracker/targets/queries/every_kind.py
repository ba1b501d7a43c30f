"""Targets of all kinds in one statement instead of one per kind."""

from sqlalchemy.orm import selectinload, with_polymorphic

from tracker.targets.models import IndicatorValue, Target

ANY = with_polymorphic(Target, "*")
VALUES = selectinload(ANY.Indicator.values).joinedload(IndicatorValue.period)
