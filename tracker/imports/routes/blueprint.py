from flask import Blueprint

from tracker.imports.labels import runs

bp = Blueprint("imports", __name__, url_prefix="/imports")
bp.add_app_template_filter(runs.name_of, "run_name")
