"""Where the pages of meetings hang."""

from flask import Blueprint

bp = Blueprint("meetings", "tracker.meetings.routes", url_prefix="/meetings")
