"""The form of a webhook."""

from typing import Any

from wtforms import SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.core.fields import Line
from tracker.core.forms import PageForm
from tracker.core.settings import current_settings
from tracker.core.wording import gettext, label
from tracker.core.wording import lazy_gettext as _l
from tracker.webhooks.commands import EndpointDraft
from tracker.webhooks.models import Endpoint
from tracker.webhooks.rules import LONGEST_ADDRESS, OFFERED, HookKind


class EndpointForm(PageForm):
    target_url = Line(_l("Address of the receiver"), needed=_l("Enter the address."), longest=LONGEST_ADDRESS)
    description = Line(_l("Description"), longest=200)
    hook_kinds = SelectMultipleField(_l("Sent when"), coerce=HookKind)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.hook_kinds.choices = [SelectChoice(kind.value, label(kind)) for kind in OFFERED]

    @classmethod
    def of(cls, row: Endpoint) -> "EndpointForm":
        return cls(formdata=None, data={
            "target_url": row.target_url, "description": row.description, "version": row.version,
            "hook_kinds": [HookKind(kind) for kind in row.hook_kinds],
        })  # fmt: skip

    def validate_target_url(self, field: Any) -> None:
        from tracker.core.outgoing import is_allowed  # noqa: PLC0415  # with what sends requests; most processes send none

        if field.data and not is_allowed(field.data, current_settings().webhook_networks):
            raise ValidationError(
                gettext(
                    "Enter an https:// address on the public internet, without user name, on port 443 or from 1024 on."
                )
            )

    def validate_hook_kinds(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(gettext("Tick at least one."))

    def draft(self) -> EndpointDraft:
        return EndpointDraft(
            target_url=self.target_url.data, description=self.description.data, hook_kinds=self.hook_kinds.data
        )
