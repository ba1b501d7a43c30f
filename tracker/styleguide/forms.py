"""Forms for the examples."""

from wtforms import BooleanField

from tracker.core.fields import Day, Line, Number, Paragraph, Pick, PickSeveral
from tracker.core.forms import FilterForm, PageForm


class SampleForm(PageForm):
    name = Line("Name", needed="Enter the name.")
    held_on = Day("Date", needed="Enter the date.")
    reason = Paragraph("Reason")
    value = Number("Value")
    unit = Pick("Unit")
    units = PickSeveral("Units")
    meant = Pick("Who is meant?")
    is_secret = BooleanField("Confidential")


class SampleFilterForm(FilterForm):
    q = Line("Text or code")
    of_unit = Pick("Unit")
    since = Day("From")
