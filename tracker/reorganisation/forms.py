"""Forms for decrees, their lines and their sheet."""

from collections.abc import Sequence

from wtforms import BooleanField

from tracker.core.errors import NotPossible
from tracker.core.fields import Code, Day, Line, Paragraph, Quote
from tracker.core.forms import PageForm
from tracker.core.media_types import clean_name
from tracker.core.uploads import Upload
from tracker.core.wording import lazy_gettext as _l
from tracker.imports.commands.remarks import sentence
from tracker.imports.formats import UnreadableFile, sheets_in, sheets_pasted
from tracker.reorganisation.commands import DecreeDraft
from tracker.reorganisation.models import Reorganisation, ReorganisationLine
from tracker.reorganisation.rules import LineKind, SheetRow, named

LONGEST_SHEET = 400_000


class DecreeForm(PageForm):
    number = Line(_l("Number of the decree"), needed=_l("Enter the number of the decree."))
    dated_on = Day(_l("Date of the decree"), needed=_l("Enter the date of the decree."))
    in_force_on = Day(_l("In force from"), needed=_l("Enter the first day of the new organisation."))
    note = Paragraph(_l("Note"))

    @classmethod
    def of(cls, decree: Reorganisation) -> "DecreeForm":
        return cls(formdata=None, obj=decree).only_for(decree)

    def only_for(self, decree: Reorganisation) -> "DecreeForm":
        """The day is not asked once everything was moved on it."""
        if decree.is_in_force:
            del self.in_force_on
        return self

    def draft(self, decree: Reorganisation | None = None) -> DecreeDraft:
        since = decree.in_force_on if decree and decree.is_in_force else self.in_force_on.data
        return DecreeDraft(
            number=self.number.data or "", dated_on=self.dated_on.data, in_force_on=since, note=self.note.data
        )


class LineForm(PageForm):
    kind = Code(LineKind, _l("What it is"), needed=_l("Choose what the line is about."))
    predecessor = Line(_l("Before"))
    successor = Line(_l("After"))
    english = Line(_l("After, in English"))
    below = Line(_l("Part of"))
    takes_rest = BooleanField(_l("Takes everything that no line gives to another"))

    @classmethod
    def of(cls, decree: Reorganisation, line: ReorganisationLine, cells: Sequence[str]) -> "LineForm":
        """Filled from the cells of the line. Its version is that of the decree: a sheet replaces all lines."""
        _, predecessor, successor, below, _, english = cells
        return cls(formdata=None, data={
            "kind": line.kind, "predecessor": predecessor, "successor": successor, "below": below, "english": english,
            "takes_rest": line.takes_rest, "version": decree.version,
        })  # fmt: skip

    def row(self) -> SheetRow:
        return SheetRow(
            number=1, kind=self.kind.data, takes_rest=self.takes_rest.data, predecessor=named(self.predecessor.data),
            successor=named(self.successor.data), below=named(self.below.data), english=named(self.english.data),
        )  # fmt: skip


class SheetForm(PageForm):
    cells = Quote(_l("Cells"), longest=LONGEST_SHEET)
    file = Upload(_l("Or a spreadsheet file"))

    @classmethod
    def of(cls, decree: Reorganisation, cells: str | None) -> "SheetForm":
        return cls(formdata=None, data={"cells": cells, "version": decree.version})

    def rows(self) -> list[list[str]]:
        """The cells of the first sheet of the file, or else those pasted. Raises NotPossible."""
        try:
            if self.file.data:
                sheets = sheets_in(self.file.data.stream.read(), clean_name(self.file.data.filename))
            else:
                sheets = sheets_pasted(self.cells.data) if (self.cells.data or "").strip() else ()
        except UnreadableFile as error:
            raise NotPossible(sentence(error.remark), field="file" if self.file.data else "cells") from error
        shown = [sheet for sheet in sheets if not sheet.hidden]
        return [[cell.text for cell in row] for row in shown[0].rows] if shown else []
