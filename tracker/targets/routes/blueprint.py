"""Blueprint of the pages of targets."""

from flask import Blueprint

from tracker.targets import labels

bp = Blueprint("targets", __name__, url_prefix="/targets")
for _filter in (
    labels.named_with_edition,
    labels.unit_words,
    labels.amount,
    labels.change_words,
    labels.value_in_goal,
    labels.deviation_words,
    labels.summary_words,
):
    bp.add_app_template_filter(_filter)
