"""Forms for documents, objectives and indicators."""

from typing import Any

from wtforms import BooleanField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.core.fields import LARGEST_ID, Code, Combobox, Line, Number, Paragraph, Pick, Year, ensure_not_before
from tracker.core.forms import PageForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.targets.commands import (
    DocumentDraft,
    IndicatorDraft,
    ObjectiveDraft,
)
from tracker.targets.models import Target
from tracker.targets.rules import DocumentKind, ObjectiveLevel, Polarity, TargetKind

_ANSWERS = {"True": True, "False": False, "None": None, "": None}


def _answer(code: object) -> bool | None:
    if str(code) not in _ANSWERS:
        raise ValueError("not an answer")
    return _ANSWERS[str(code)]


def _year(field: Number) -> int:
    return int(field.data or 0)


class TargetForm(PageForm):
    name_id = Line(_l("Name in Indonesian"), needed=_l("Enter a name."))
    name_en = Line(_l("Name in English"))
    code = Line(_l("Code in the document"), longest=40)
    owner_unit = Combobox(_l("Responsible unit"))
    note_id = Paragraph(_l("Note in Indonesian"))
    note_en = Paragraph(_l("Note in English"))

    @classmethod
    def of(cls, target: Target) -> "TargetForm":
        form = cls(formdata=None, obj=target)
        for pick in ("owner_unit", "document", "parent", "objective", "scheme"):
            if pick in form:
                form[pick].data = getattr(target, f"{pick}_id")
        return form

    def common(self) -> dict[str, Any]:
        return {
            "name_id": self.name_id.data or "",
            "name_en": self.name_en.data,
            "code": self.code.data,
            "note_id": self.note_id.data,
            "note_en": self.note_en.data,
            "owner_unit_id": self.owner_unit.data,
        }


class DocumentForm(TargetForm):
    document_kind = Code(DocumentKind, _l("Kind of document"), needed=_l("Choose the kind of document."))
    year_from = Year(_l("From the year"), needed=_l("Enter the year."))
    year_to = Year(_l("To the year"), needed=_l("Enter the year."))
    edition = Number(_l("Edition"))
    document_number = Line(_l("Document number"))

    def validate_edition(self, field: Number) -> None:
        if field.data is not None and (field.data % 1 or not 0 < field.data <= LARGEST_ID):
            raise ValidationError(gettext("Enter a whole number, from 1."))

    def validate_year_to(self, field: Year) -> None:
        ensure_not_before(field.data, self.year_from.data)

    def draft(self) -> DocumentDraft:
        return DocumentDraft(
            **self.common(),
            document_kind=self.document_kind.data,
            year_from=_year(self.year_from),
            year_to=_year(self.year_to),
            edition=int(self.edition.data or 1),
            document_number=self.document_number.data,
        )


class ObjectiveForm(TargetForm):
    level = Code(ObjectiveLevel, _l("Level"), needed=_l("Choose the level."))
    document = Pick(_l("Target document"))
    parent = Pick(_l("Serves the objective"))

    def draft(self) -> ObjectiveDraft:
        return ObjectiveDraft(
            **self.common(), level=self.level.data, document_id=self.document.data, parent_id=self.parent.data
        )


class IndicatorForm(TargetForm):
    document = Pick(_l("Target document"))
    objective = Pick(_l("Measures the objective"))
    unit_of_measure = Line(_l("Unit of measure"))
    polarity = Code(Polarity, _l("Better direction"))
    scheme = Pick(_l("Period scheme"))
    is_cumulative = SelectField(
        _l("Values count from the start of the year"),
        coerce=_answer,
        choices=lambda: [
            SelectChoice("", gettext("not yet set")),
            SelectChoice("True", gettext("Yes")),
            SelectChoice("False", gettext("No")),
        ],
    )
    baseline = Line(_l("Baseline"))
    operational_definition = Paragraph(_l("Operational definition"))
    formula = Paragraph(_l("Formula"))
    data_source = Line(_l("Source of the data"))
    is_key = BooleanField(_l("Key indicator (IKU)"))

    def draft(self) -> IndicatorDraft:
        names = (
            "unit_of_measure",
            "polarity",
            "baseline",
            "operational_definition",
            "formula",
            "data_source",
            "is_key",
            "is_cumulative",
        )
        return IndicatorDraft(
            **self.common(),
            **{name: self[name].data for name in names},
            document_id=self.document.data,
            objective_id=self.objective.data,
            scheme_id=self.scheme.data,
        )


FORMS: dict[TargetKind, type[TargetForm]] = {
    TargetKind.DOCUMENT: DocumentForm,
    TargetKind.OBJECTIVE: ObjectiveForm,
    TargetKind.INDICATOR: IndicatorForm,
}
