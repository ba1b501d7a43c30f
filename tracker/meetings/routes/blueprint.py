"""The blueprint of the pages of meetings."""

from flask import Blueprint

bp = Blueprint("meetings", "tracker.meetings.routes", url_prefix="/meetings")
