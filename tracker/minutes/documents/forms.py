"""Forms for the Word template and the letterhead."""

from typing import Any

from wtforms import BooleanField, ValidationError

from tracker.core.fields import Combobox, Paragraph
from tracker.core.forms import PageForm
from tracker.core.media_types import WORD, Fault, UnacceptableFile, clean_name, media_type
from tracker.core.uploads import LARGEST_FILE, Upload
from tracker.core.wording import gettext, label
from tracker.core.wording import lazy_gettext as _l
from tracker.minutes.documents import formats
from tracker.minutes.documents.commands import LetterheadDraft
from tracker.minutes.documents.formats import TemplateFault
from tracker.minutes.documents.rules import SAMPLE, sample_for_checking


def _not_allowed(part: str) -> str:
    return gettext(
        "The template may not contain «%(part)s». It may use the fields of the document, loop over its lists, and test "
        "whether a field is filled.",
        part=part,
    )


class ValidTemplate:
    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            return
        try:
            is_word = media_type(field.data.stream, clean_name(field.data.filename), LARGEST_FILE) == WORD
        except UnacceptableFile as refused:
            raise ValidationError(label(refused.fault)) from refused
        fault, detail = (
            formats.check_template(field.data.stream, *sample_for_checking())
            if is_word
            else (TemplateFault.NOT_WORD, "")
        )
        if fault is TemplateFault.NOT_FILLED:
            raise ValidationError(gettext("The template cannot be filled: %(reason)s", reason=detail))
        if fault is TemplateFault.NOT_ALLOWED:
            raise ValidationError(_not_allowed(detail))
        if fault:
            raise ValidationError(label(fault))


class TemplateForm(PageForm):
    file = Upload(_l("New template (.docx)"), needed=_l("Choose a file."), also=(ValidTemplate(),))


_EMBLEM_FAULTS = {
    Fault.TOO_LARGE: formats.EmblemFault.TOO_LARGE,
    Fault.NOT_ALLOWED: formats.EmblemFault.NOT_PICTURE,
    Fault.EXPANDS_TOO_MUCH: formats.EmblemFault.NOT_PICTURE,
    Fault.EMPTY: formats.EmblemFault.NOT_PICTURE,
}


class ValidEmblem:
    """Validates that documents can show the picture; sets `form.picture`."""

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            return
        try:
            media_type(field.data.stream, clean_name(field.data.filename), formats.LARGEST_EMBLEM)
        except UnacceptableFile as refused:
            raise ValidationError(label(_EMBLEM_FAULTS.get(refused.fault, refused.fault))) from refused
        form.picture = field.data.stream.read(formats.LARGEST_EMBLEM + 1)
        fault = formats.emblem_fault(form.picture, SAMPLE)
        if fault:
            raise ValidationError(label(fault))


class LetterheadForm(PageForm):
    organiser = Combobox(_l("Organiser if a meeting does not name one"))
    address = Paragraph(_l("Address for units without their own"), longest=500)
    emblem = Upload(_l("New emblem (PNG or JPEG)"), also=(ValidEmblem(),))
    without_emblem = BooleanField(_l("Print without an emblem"))
    picture: bytes | None = None

    def draft(self) -> LetterheadDraft:
        return LetterheadDraft(
            organiser_unit_id=self.organiser.data, address=self.address.data, emblem=self.picture,
            emblem_name=clean_name(self.emblem.data.filename) if self.emblem.data else None,
            without_emblem=self.without_emblem.data,
        )  # fmt: skip
