"""The form of an attachment, and the check that any form with a file shares."""

from dataclasses import replace
from typing import Any, BinaryIO, cast

from wtforms import ValidationError

from tracker.attachments import formats, rules
from tracker.attachments.commands import Incoming
from tracker.attachments.rules import AttachmentKind
from tracker.core.actor import Classification
from tracker.core.fields import Code, Level, Line
from tracker.core.forms import HintedForm, PageForm
from tracker.core.uploads import LARGEST_FILE, Upload
from tracker.core.wording import label
from tracker.core.wording import lazy as _l
from tracker.corrections.forms import WithCorrectionReason


class Fit:
    """The file must be of an allowed type by its content, as its name says, not empty and not too large."""

    def __call__(self, form: Any, field: Any) -> None:
        """Judge what was chosen, and remember its type on the field."""
        if not field.data:
            return
        try:
            name = rules.clean_name(field.data.filename)
            field.media_type = formats.media_type(field.data.stream, name, LARGEST_FILE)
        except formats.Unfit as unfit:
            raise ValidationError(label(unfit.fault)) from unfit


def incoming(field: Upload, kind: AttachmentKind, caption: str | None) -> Incoming:
    """The file of a field that was judged fit."""
    chosen: Any = field.data
    name, stream = rules.clean_name(chosen.filename), cast(BinaryIO, chosen.stream)
    return Incoming(stream=stream, name=name, media_type=field.media_type, kind=kind, caption=caption)


class AttachmentForm(HintedForm):
    """A file to attach."""

    save_again = _l("Nothing is saved yet. Choose the file again if this is intended.")

    file = Upload(_l("The file"), needed=_l("Choose a file."), also=(Fit(),))
    kind = Code(AttachmentKind, _l("Kind"), needed=_l("Choose the type of file."))
    caption = Line(_l("Caption"))
    classification = Level(_l("Classification"))

    def incoming(self) -> Incoming:
        """What the command wants."""
        level = self.classification.data or Classification.ORDINARY
        return replace(incoming(self.file, self.kind.data, self.caption.data), classification=level)


class RemovalForm(WithCorrectionReason, PageForm):
    """That a file is taken off the list; where something was decided on it, with a reason."""
