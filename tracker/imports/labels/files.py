"""Why a file or a cell cannot be read, or how it was read. `commands.remarks.sentence` fills in the details."""

from tracker.core.wording import Words
from tracker.core.wording import lazy_gettext as _l
from tracker.imports.formats import Fault
from tracker.imports.rules.values import ValueRemark

WORDS: Words = {
    Fault: {
        Fault.EMPTY: _l("There is nothing in it. Choose a file with rows, or paste some."),
        Fault.TOO_LARGE: _l("The file is larger than %(max)s MB. Divide it into several files."),
        Fault.EXPANDS_TOO_MUCH: _l("The file unpacks to far more than a spreadsheet would. It is not accepted."),
        Fault.NOT_A_SPREADSHEET: _l("This file is no spreadsheet that can be read here. Accepted: XLSX, XLS and ODS "
                                    "without macros, and CSV. Save it as one of these."),
        Fault.WEB_PAGE: _l("This file is a web page, although its name may end in .xls. Open it in a spreadsheet "
                           "program and save it as XLSX."),
        Fault.PASSWORD: _l("The file is protected with a password. Save it without one."),
        Fault.DAMAGED: _l("The file is damaged. Open it in a spreadsheet program and save it again as XLSX."),
        Fault.TAKES_TOO_LONG: _l("Reading this file takes too long or too much memory. Save only the sheets and rows "
                                 "that you need in a new file."),
        Fault.NO_SHEETS: _l("The file has no sheet with cells."),
        Fault.TOO_MANY_SHEETS: _l("The file has %(count)s sheets; at most %(max)s are read. Divide it."),
        Fault.TOO_MANY_ROWS: _l("Sheet “%(sheet)s” goes down to row %(count)s; at most %(max)s rows are read. Divide "
                                "it, or delete what stands far below."),
        Fault.TOO_MANY_COLUMNS: _l("Sheet “%(sheet)s” has %(count)s columns; at most %(max)s are read. Delete the "
                                   "columns that you do not need."),
        Fault.TOO_MANY_CELLS: _l("The file has more than %(max)s cells. Divide it into several files."),
        Fault.LONG_CELL: _l("The text in %(cell)s is longer than a cell can be (%(max)s characters)."),
    },
    ValueRemark: {
        ValueRemark.ERROR: _l("The spreadsheet shows the error %(text)s here. Correct the formula, or type the value."),
        ValueRemark.NO_RESULT: _l("The result of this formula is not in the file. Open it in a spreadsheet program, "
                                  "save it again, or type the value."),
        ValueRemark.NOT_A_DATE: _l("“%(text)s” is not a date. Write it like 21-10-2020 or 21 October 2020."),
        ValueRemark.NO_SUCH_DAY: _l("There is no such day: “%(text)s”."),
        ValueRemark.MONTH_FIRST: _l("“%(text)s” has the month first. Write the day first, like 21-10-2020."),
        ValueRemark.NO_DAY: _l("“%(text)s” names no day. Write the whole date, like 21-10-2020."),
        ValueRemark.NO_YEAR: _l("“%(text)s” names no year. Write the whole date, like 21-10-2020."),
        ValueRemark.WRONG_WEEKDAY: _l("“%(text)s” contradicts itself: %(day)s is another day of the week."),
        ValueRemark.OUTSIDE_YEARS: _l("“%(text)s” is not between %(first)s and %(last)s."),
        ValueRemark.NOT_A_TIME: _l("“%(text)s” is not a time. Write it like 13.30."),
        ValueRemark.NOT_A_NUMBER: _l("“%(text)s” is not a number. Write only figures, without a unit."),
        ValueRemark.NOT_WHOLE: _l("“%(text)s” is not a whole number."),
        ValueRemark.NOT_A_PERCENTAGE: _l("“%(text)s” is a percentage, but this value is not counted in per cent."),
        ValueRemark.TOO_LARGE: _l("“%(text)s” is too large; spreadsheets keep 15 digits."),
        ValueRemark.DIGITS_LOST: _l("This was typed as a number, and the spreadsheet has kept only its first 15 "
                                    "digits. Format the column as text and type it again."),
        ValueRemark.NOT_A_YEAR: _l("“%(text)s” is not a year like 2021."),
        ValueRemark.DITTO: _l("“%(text)s” means what stands above. Please write it out."),
        ValueRemark.NOT_YES_OR_NO: _l("“%(text)s” is neither yes nor no."),
        ValueRemark.NOT_A_PERIOD: _l("“%(text)s” is not a period. Known here: %(known)s."),
        ValueRemark.NO_SUCH_PERIOD: _l("This indicator has no period “%(text)s”. Known here: %(known)s."),
        ValueRemark.NOT_A_CHOICE: _l("“%(text)s” is not known here. Choose one of these: %(known)s."),
        ValueRemark.NEAR_CHOICE: _l("“%(text)s” is not known here. Is “%(near)s” meant?"),
        ValueRemark.TOO_LONG: _l("This text is too long: %(count)s characters; at most %(max)s are possible."),
        ValueRemark.MERGED: _l("This cell is merged with %(first)s, where its value stands. Unmerge them, and repeat "
                               "the value where it belongs."),
        ValueRemark.MERGED_DOWN: _l("Merged with %(first)s and read like it: %(text)s."),
        ValueRemark.SERIAL_NUMBER: _l("The number %(text)s was read as the date %(day)s."),
        ValueRemark.END_OF_PERIOD: _l("“%(text)s” was read as its last day, %(day)s."),
        ValueRemark.DAY_FIRST: _l("“%(text)s” was read with the day first, as %(day)s."),
        ValueRemark.THOUSANDS: _l("“%(text)s” was read as %(value)s: the separator as one of thousands."),
        ValueRemark.DECIMALS: _l("“%(text)s” was read as %(value)s: the separator as one of decimals."),
        ValueRemark.SMALL_PERCENTAGE: _l("“%(text)s” was read as %(value)s per cent, not as a share of one."),
    },
}  # fmt: skip
