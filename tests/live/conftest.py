from tests.meetings.conftest import empty_app, stage

__all__ = ["empty_app", "stage"]
