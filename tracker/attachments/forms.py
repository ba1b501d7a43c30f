"""The form for attachments, and the validator for file fields of all forms."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, BinaryIO, Self, cast

from flask import url_for
from wtforms import ValidationError

from tracker.actions.forms import ReportForm
from tracker.actions.models import ActionItem
from tracker.attachments import queries
from tracker.attachments.commands import AttachmentDraft
from tracker.attachments.rules import AttachmentKind
from tracker.core import media_types, storage
from tracker.core.actor import Classification
from tracker.core.fields import Code, Level, Line, Pick
from tracker.core.forms import Hint, HintedForm, PageForm
from tracker.core.uploads import LARGEST_FILE, Upload
from tracker.core.wording import gettext, label
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections.forms import WithCorrectionReason
from tracker.meetings.models import AgendaItem, Meeting
from tracker.proposals.models import Proposal


class AcceptableFile:
    def __call__(self, form: Any, field: Any) -> None:
        """Also sets `field.media_type`, which `draft_of` needs."""
        if not field.data:
            return
        try:
            name = media_types.clean_name(field.data.filename)
            field.media_type = media_types.media_type(field.data.stream, name, LARGEST_FILE)
        except media_types.UnacceptableFile as refused:
            raise ValidationError(label(refused.fault)) from refused


def draft_of(field: Upload, kind: AttachmentKind, caption: str | None) -> AttachmentDraft:
    """The file of a field that passed `AcceptableFile`."""
    upload: Any = field.data
    name, stream = media_types.clean_name(upload.filename), cast(BinaryIO, upload.stream)
    return AttachmentDraft(stream=stream, name=name, media_type=field.media_type, kind=kind, caption=caption)


def offer_agenda(field: Pick, agenda: Sequence[AgendaItem]) -> None:
    field.offer([(item.id, f"{number}. {item.text}") for number, item in enumerate(agenda, 1)], gettext("none"))


class AttachmentForm(HintedForm):
    save_again = _l("Nothing is saved yet. Choose the file again if this is intended.")

    file = Upload(_l("The file"), needed=_l("Choose a file."), also=(AcceptableFile(),))
    kind = Code(AttachmentKind, _l("Kind"), needed=_l("Choose the type of file."))
    agenda_item = Pick(_l("Agenda item"))
    caption = Line(_l("Caption"))
    classification = Level(_l("Classification"))

    def offered(self, parent: Meeting | Proposal | ActionItem, clearance: Classification) -> Self:
        self.classification.offer(parent.classification, clearance)
        offer_agenda(self.agenda_item, parent.agenda if isinstance(parent, Meeting) else ())
        return self

    def draft(self) -> AttachmentDraft:
        level = self.classification.data or Classification.ORDINARY
        draft = draft_of(self.file, self.kind.data, self.caption.data)
        return replace(draft, classification=level, agenda_item_id=self.agenda_item.data)


def hints_about(form: AttachmentForm) -> list[Hint]:
    """Where the same file is attached already."""
    digest = storage.sha256_of(form.file.data.stream)
    form.file.data.stream.seek(0)
    return [
        Hint(
            f"file-{same.id}",
            gettext("The same file is attached to %(code)s already: %(name)s", code=same.parent.code, name=same.name),
            url_for(endpoint, **values),
        )
        for same in queries.with_digest(digest)
        for endpoint, values in [queries.page_of(same.parent)]
    ]


class ReportWithFileForm(ReportForm):
    """A report on an action that brings its evidence along as a file."""

    file = Upload(_l("Evidence as a file"), also=(AcceptableFile(),))

    def validate_evidence(self, field: Any) -> None:
        if not self.file.data:
            super().validate_evidence(field)

    def attachment(self) -> AttachmentDraft | None:
        return draft_of(self.file, AttachmentKind.EVIDENCE, None) if self.file.data else None


class PaperForm(PageForm):
    agenda_item = Pick(_l("Agenda item"))


class RemovalForm(WithCorrectionReason, PageForm):
    """Confirms removing a file; needs a reason if its parent was decided on."""
