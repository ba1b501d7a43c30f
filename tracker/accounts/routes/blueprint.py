from flask import Blueprint

from tracker.accounts import labels

bp = Blueprint("accounts", __name__)
bp.add_app_template_filter(labels.device_name, "device_name")
bp.add_app_template_filter(labels.program_name, "program_name")
bp.add_app_template_filter(labels.token_scope, "token_scope")
bp.add_app_template_filter(labels.rights, "rights")
bp.add_app_template_global(lambda: labels.ROLE_DUTIES, "role_duties")
