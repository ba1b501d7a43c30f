from tests.meetings.conftest import stage

__all__ = ["stage"]
