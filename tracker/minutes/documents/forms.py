"""The forms of the Word template and of the letterhead."""

from typing import Any

from wtforms import BooleanField, ValidationError

from tracker.attachments.formats import WORD, Fault, Unfit, media_type
from tracker.attachments.rules import clean_name
from tracker.core.fields import Paragraph, Pick
from tracker.core.forms import PageForm
from tracker.core.uploads import LARGEST_FILE, Upload
from tracker.core.wording import label, say
from tracker.core.wording import lazy as _l
from tracker.minutes.documents import formats
from tracker.minutes.documents.commands import LetterheadDraft
from tracker.minutes.documents.formats import TemplateFault
from tracker.minutes.documents.rules import SAMPLE, trial


def _may_not(place: str) -> str:
    return say(
        "The template may not say «%(place)s». It may name the fields of the sheet, repeat its lists, and ask whether "
        "a field is filled.",
        place=place,
    )


class Fills:
    """The file must be a Word document that the sample sheet fills, with nothing needed left out."""

    def __call__(self, form: Any, field: Any) -> None:
        """Try it, and say what is wrong with it."""
        if not field.data:
            return
        try:
            is_word = media_type(field.data.stream, clean_name(field.data.filename), LARGEST_FILE) == WORD
        except Unfit as unfit:
            raise ValidationError(label(unfit.fault)) from unfit
        fault, detail = formats.tried(field.data.stream, *trial()) if is_word else (TemplateFault.NOT_WORD, "")
        if fault is TemplateFault.NOT_FILLED:
            raise ValidationError(say("The template cannot be filled: %(reason)s", reason=detail))
        if fault is TemplateFault.NOT_SAYABLE:
            raise ValidationError(_may_not(detail))
        if fault:
            raise ValidationError(label(fault))


class TemplateForm(PageForm):
    """A template to put in force."""

    file = Upload(_l("New template (.docx)"), needed=_l("Choose a file."), also=(Fills(),))


_OF_EMBLEM = {
    Fault.TOO_LARGE: formats.EmblemFault.TOO_LARGE,
    Fault.NOT_ALLOWED: formats.EmblemFault.NOT_PICTURE,
    Fault.SWELLS: formats.EmblemFault.NOT_PICTURE,
    Fault.EMPTY: formats.EmblemFault.NOT_PICTURE,
}


class IsEmblem:
    """The picture must be one that a document can show."""

    def __call__(self, form: Any, field: Any) -> None:
        """Read it once, and say what is wrong with it."""
        if not field.data:
            return
        try:
            media_type(field.data.stream, clean_name(field.data.filename), formats.LARGEST_EMBLEM)
        except Unfit as unfit:
            raise ValidationError(label(_OF_EMBLEM.get(unfit.fault, unfit.fault))) from unfit
        form.picture = field.data.stream.read(formats.LARGEST_EMBLEM + 1)
        fault = formats.fault_of_emblem(form.picture, SAMPLE)
        if fault:
            raise ValidationError(label(fault))


class LetterheadForm(PageForm):
    """The head of the office's documents."""

    organiser = Pick(_l("Organiser if a meeting does not name one"))
    address = Paragraph(_l("Address for units without their own"), longest=500)
    emblem = Upload(_l("New emblem (PNG or JPEG)"), also=(IsEmblem(),))
    without_emblem = BooleanField(_l("Print without an emblem"))
    picture: bytes | None = None

    def draft(self) -> LetterheadDraft:
        """What the commands want."""
        return LetterheadDraft(
            organiser_unit_id=self.organiser.data, address=self.address.data, emblem=self.picture,
            emblem_name=clean_name(self.emblem.data.filename) if self.emblem.data else None,
            without_emblem=self.without_emblem.data,
        )  # fmt: skip
