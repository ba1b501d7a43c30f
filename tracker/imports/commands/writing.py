"""Files to fill in: the template of a kind, and the wrong rows of a plan."""

from collections.abc import Iterator

from tracker.core.wording import gettext, label, language
from tracker.imports.commands.fields import Field
from tracker.imports.commands.kinds import KEEPERS
from tracker.imports.commands.planning import Plan
from tracker.imports.formats.templates import (
    ColumnFormat,
    FaultyRow,
    Instructions,
    TemplateColumn,
    faulty_rows,
    template,
)
from tracker.imports.rules.kinds import CellKind, ImportKind, RowState

_FORMATS: dict[CellKind, ColumnFormat] = {
    CellKind.DAY: "day", CellKind.TIME: "time", CellKind.NUMBER: "number", CellKind.WHOLE_NUMBER: "number",
    CellKind.PERCENT: "number",
}  # fmt: skip


def template_of(kind: ImportKind) -> bytes:
    columns = [_column(one) for one in KEEPERS[kind].fields]
    return template(label(kind), columns, _instructions(), language=language())


def _instructions() -> Instructions:
    return Instructions(
        title=gettext("How to fill it in"),
        lines=[
            gettext("One row for each entry. What is left empty of an entry that exists stays as it is."),
            gettext(
                "Other entries are named by code, name, post or civil-service number; you are asked about names "
                "that are only similar."
            ),
        ],
        headings=(gettext("Column"), gettext("What to write"), gettext("Remarks")),
    )


def _column(one: Field) -> TemplateColumn:
    return TemplateColumn(
        heading=str(one.label),
        hint=_hint(one),
        remark=gettext("required") if one.is_needed else "",
        is_required=one.is_needed,
        format=_FORMATS.get(one.kind, "text"),
        choices=_choices(one),
        is_closed=one.kind in {CellKind.CODE, CellKind.YES_NO},
    )


def _choices(one: Field) -> list[str]:
    if one.kind is CellKind.YES_NO:
        return [gettext("yes"), gettext("no")]
    return [label(member) for member in one.codes or ()]


def _hint(one: Field) -> str:
    hints = {
        CellKind.DAY: gettext("A date, such as 21-10-2020."),
        CellKind.TIME: gettext("A time, such as 13.30."),
        CellKind.TEXTS: gettext("Several are separated by semicolons."),
        CellKind.REFERENCE: gettext("Name, short name, code or post, as in the register."),
        CellKind.NUMBER: gettext("Figures only, without a unit."),
        CellKind.WHOLE_NUMBER: gettext("Figures only, without a unit."),
    }
    return hints.get(one.kind, "")


def wrong_rows(plan: Plan) -> bytes:
    names = [one.name for one in plan.keeper.fields if any(one.name in row.cells for row in plan.rows)]
    columns = [_column(plan.keeper.field(name)) for name in names]
    return faulty_rows(
        gettext("wrong rows"), columns, _faulty(plan, names), fault_heading=gettext("What is wrong"),
        language=language(),
    )  # fmt: skip


def _faulty(plan: Plan, names: list[str]) -> Iterator[FaultyRow]:
    for row in plan.rows:
        if row.state is RowState.WRONG:
            wrong = {problem.field for problem in row.problems}
            yield FaultyRow(
                cells=[row.cells.get(name) for name in names],
                fault="; ".join(problem.sentence for problem in row.problems),
                faulty=[place for place, name in enumerate(names) if name in wrong],
            )
