"""The text of a meeting, pasted or in a file, as it goes from step to step."""

from functools import cached_property
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import HiddenField, ValidationError
from wtforms.widgets import HiddenInput

from tracker.core import clock, storage
from tracker.core.errors import NotFound
from tracker.core.fields import Quote
from tracker.core.forms import PageForm
from tracker.core.media_types import UnacceptableFile, clean_name, media_type
from tracker.core.pages import me
from tracker.core.settings import current_settings
from tracker.core.uploads import Upload
from tracker.core.wording import gettext, label
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.intake import queries
from tracker.meetings.intake.formats.documents import (
    LONGEST_SOURCE,
    Unread,
    UnreadableFile,
    is_protected,
    plain_of_file,
)
from tracker.meetings.intake.queries import Source
from tracker.meetings.intake.rules import (
    Manner,
    Reading,
)
from tracker.meetings.live.commands import Seen
from tracker.meetings.live.forms import seen

_LARGEST_FILE = 10 * 1024 * 1024


class HiddenText(Quote):
    """The text that was pasted, sent along byte for byte."""

    widget = HiddenInput()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_settings().secret_key, salt="text of a meeting")


class KeptFile(HiddenField):
    """A file that waits in storage until its minutes are confirmed: signed, so that nobody can name another."""

    def keep(self, upload: Any, account_id: int | None) -> None:
        storage.waiting().drop_old(clock.now())  # the worker does, too, but only where there is one
        mark = storage.waiting().put(upload.stream)
        self.data = _signer().dumps([mark, clean_name(upload.filename), upload.media_type, account_id])

    def found(self, account_id: int | None) -> Source | None:
        if not self.data:
            return None
        try:
            mark, name, media_type, kept_by = _signer().loads(self.data)
        except BadSignature as forged:
            raise NotFound from forged
        if kept_by != account_id:
            raise NotFound
        return queries.kept(mark, name, media_type)


class ReadableFile:
    """Refuses, in words, a file whose text cannot be read."""

    def __call__(self, _: object, field: Any) -> None:
        if not field.data:
            return
        stream, name = field.data.stream, clean_name(field.data.filename)
        try:
            if is_protected(stream):
                raise UnreadableFile(Unread.PASSWORD)
            field.data.media_type = media_type(stream, name, _LARGEST_FILE)
            plain_of_file(stream, field.data.media_type)
        except (UnacceptableFile, UnreadableFile) as refused:
            reason = refused.fault if isinstance(refused, UnacceptableFile) else refused.reason
            raise ValidationError(label(reason)) from refused
        finally:
            stream.seek(0)


class TypedForm(PageForm):
    """Carries the live minutes' draft that is deleted when its text is stored from here."""

    typed_key = HiddenField()
    typed_step = HiddenField()

    def typed(self) -> Seen | None:
        return seen(self.typed_key.data, self.typed_step.data)


class SourcePart:
    """The source of the pieces, from step to step."""

    text = HiddenText(longest=LONGEST_SOURCE)
    kept = KeptFile()
    manner = HiddenField()

    @cached_property
    def source(self) -> Source:
        text = self.text.data or ""
        return self.kept.found(me().account_id) or queries.pasted(text, gettext("Pasted text") + ".txt")

    def validate_kept(self, field: KeptFile) -> None:
        if field.data and field.found(me().account_id) is None:
            raise ValidationError(gettext("The file is kept for seven days, which are over. Choose it again."))

    def chosen_manner(self) -> Manner | None:
        return Manner(self.manner.data) if self.manner.data in set(Manner) else None


class TextForm(SourcePart, TypedForm):
    text = Quote(_l("Text of the notes or the press release"), longest=LONGEST_SOURCE)
    file = Upload(_l("Or a file"), also=(ReadableFile(),))
    #: How to read it, chosen after it was read in another way.
    again = HiddenField()

    def chosen_manner(self) -> Manner | None:
        return Manner(self.again.data) if self.again.data in set(Manner) else None

    def validate_text(self, field: Quote) -> None:
        if not (field.data or self.file.data or self.kept.data):
            raise ValidationError(gettext("Paste the text, or choose a file."))

    def former_manner(self) -> Manner | None:
        """How it was read, if it is now to be read in another way."""
        is_known = self.chosen_manner() and self.manner.data in set(Manner)
        return Manner(self.manner.data) if is_known else None

    def read_source(self) -> Source:
        """The file that was chosen, else the text."""
        if self.file.data:
            self.kept.keep(self.file.data, me().account_id)
        return self.source


def carried_over(asked: TextForm, reading: Reading) -> dict[str, Any]:
    """The source, for the next step: the file if there is one, else the text as pasted."""
    return {
        "text": "" if asked.kept.data else asked.text.data, "kept": asked.kept.data, "manner": reading.manner.value,
    }  # fmt: skip
