"""Where the pages of targets hang."""

from flask import Blueprint

from tracker.targets.labels import named_with_edition

bp = Blueprint("targets", __name__, url_prefix="/targets")
bp.add_app_template_filter(named_with_edition, "named_with_edition")
