"""Pages of many actions: the matrix, and by unit."""

from http import HTTPStatus

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.actions import policy, queries, rules
from tracker.actions.forms import ActionFilterForm
from tracker.actions.routes.blueprint import bp
from tracker.core import clock
from tracker.core.pages import me
from tracker.core.wording import say
from tracker.people import queries as people


@bp.get("")
def index() -> ResponseReturnValue:
    form = ActionFilterForm()
    form.unit.offer(people.unit_choices(), say("Any"))
    form.pic.offer(people.person_choices(), say("Anybody"))
    status = HTTPStatus.OK if form.validate() else HTTPStatus.UNPROCESSABLE_ENTITY
    today = clock.today()
    page = queries.matching(form.filter(), today, request.args.get("page"))
    return render_template(
        "actions/index.html",
        form=form,
        page=page,
        today=today,
        soon_until=queries.soon_until(today),
        may_assign=policy.may_assign(me()),
        may_steer=policy.may_edit(me()),
        open_states=rules.OPEN,
    ), status


@bp.get("/units")
def by_unit() -> ResponseReturnValue:
    return render_template("actions/units.html", rows=queries.by_unit(clock.today()))
