"""The page with every component."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.core.forms import Hint
from tracker.core.pages import ensure
from tracker.core.settings import current_settings
from tracker.styleguide.examples import components
from tracker.styleguide.forms import SampleFilterForm, SampleForm

bp = Blueprint("styleguide", __name__)
blueprints = (bp,)


@bp.get("/styleguide")
def show() -> ResponseReturnValue:
    ensure(not current_settings().is_production)
    return render_template("styleguide/show.html", components=components(form=_refused(), filter_form=_filter()))


def _refused() -> SampleForm:
    """A form that was refused, that warns, and that somebody else saved meanwhile."""
    form = SampleForm(formdata=None, data={"value": None, "is_secret": True, "reason": "Menunggu data dari daerah"})
    form.unit.offer([(1, "Setditjen HAM"), (2, "Yankomas")], nothing="–")
    form.meant.offer([(1, "Razilu"), (2, "Razilu, Staf Ahli")])
    form.units.offer([(1, "Setditjen HAM"), (2, "Yankomas")])
    form.name.errors = ["Enter the name."]
    form.reason.theirs = "Menunggu data dari kabupaten"
    form.hints = [Hint(key="twin", sentence="There is a proposal with this title.", href="/proposals/1")]
    form.save_again = "Nothing is saved yet. Save again if this is intended."
    return form


def _filter() -> SampleFilterForm:
    form = SampleFilterForm()
    form.of_unit.offer([(1, "Setditjen HAM"), (2, "Yankomas")], nothing="–")
    return form
