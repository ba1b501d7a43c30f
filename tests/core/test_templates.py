"""Templates compiled per language, and cached URLs."""

from urllib.parse import urlsplit

import pytest
from flask import Flask, render_template_string, url_for
from werkzeug.exceptions import abort

from tests.visitor import READER, Visitor
from tracker.core.addresses import address
from tracker.core.wording import gettext, label, ngettext, shape, speaking, tone
from tracker.meetings.rules import MeetingStatus
from tracker.minutes.rules import MinutesState
from tracker.proposals.rules import LinkState, ProposalStatus

pytestmark = pytest.mark.one_database

SENTENCES = "{{ _('Meetings') }}|{{ _('Due soon: until %(day)s', day='<1>') }}|<a title=\"{{ _('Meetings') }}\">"


def test_each_language_has_its_own_sentences_whichever_is_first(app: Flask) -> None:
    for language, sentence in (("id", "belum ditetapkan"), ("en", "not yet set"), ("id", "belum ditetapkan")):
        with app.test_request_context(), speaking(language):
            assert sentence in app.jinja_env.get_template("components/status.html").module.not_set()


def test_badges_differ_by_kind_and_language_whichever_is_first(app: Flask) -> None:
    """Badges are cached: neither another kind nor another language may get the cached one."""
    codes = (ProposalStatus.REJECTED, LinkState.REJECTED, ProposalStatus.SUBMITTED, MinutesState.SUBMITTED)
    for language in ("id", "en", "id"):
        with app.test_request_context(), speaking(language):
            badge = app.jinja_env.get_template("components/status.html").module.badge
            sign = app.jinja_env.get_template("components/shapes.html").module.shape
            written = [
                f'<span class="badge tone-{tone(code)}">{sign(shape(code))}{label(code)}</span>' for code in codes
            ]
            assert [str(badge(code)) for code in codes] == written


def test_values_in_sentences_are_escaped(app: Flask) -> None:
    with app.test_request_context(), speaking("en"):
        assert render_template_string(SENTENCES) == 'Meetings|Due soon: until &lt;1&gt;|<a title="Meetings">'


@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("meetings.show", {"meeting_id": 7}),
        ("meetings.show", {"meeting_id": 70_000}),
        ("meetings.show", {"meeting_id": 7, "page": 3}),
        ("proposals.show", {"proposal_id": 7, "_anchor": "history"}),
        ("classification.level", {"kind": "meetings", "number": 7}),
        ("meetings.index", {"status": MeetingStatus.HELD, "unit": 3}),
        ("meetings.index", {"unit": None, "page": 2}),
        ("meetings.show", {"meeting_id": 7, "_external": True}),
        ("meetings.index", {}),
        ("meetings.index", {"q": "a&b {x}"}),
        ("static", {"filename": "app.js"}),
    ],
)
@pytest.mark.parametrize("root", ["", "/risalah"])
def test_cached_urls_equal_those_of_flask(app: Flask, endpoint: str, values: dict[str, object], root: str) -> None:
    with app.test_request_context(environ_overrides={"SCRIPT_NAME": root}):
        assert [address(endpoint, **values) for _ in range(2)] == [url_for(endpoint, **values)] * 2
        assert urlsplit(address(endpoint, **values)).path.startswith(f"{root}/")


def test_counts_in_sentences_have_separators_and_years_have_none(app: Flask) -> None:
    late = "{{ ngettext('%(num)d day late', '%(num)d days late', days) }} {{ _('until %(year)s', year=2019) }}"

    with app.test_request_context():
        for language, many, year in (("id", "2.231 hari", "sampai 2019"), ("en", "2,231 days late", "until 2019")):
            with speaking(language):
                written = render_template_string(late, days=2231)
                assert many in written
                assert year in written
                assert many in ngettext("%(num)d day late", "%(num)d days late", 2231)
        with speaking("en"):
            assert render_template_string(late, days=1).startswith("1 day late")
            assert gettext("… and %(count)d more.", count=1_000) == "… and 1,000 more."
            who = "{{ ngettext('%(num)d day: %(who)s', '%(num)d days: %(who)s', 1000, who='<b>') }}"
            assert render_template_string(who) == "1,000 days: &lt;b&gt;"


def test_a_page_that_may_open_the_next_time_is_offered_again(
    app: Flask, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "meetings.show", lambda meeting_id: abort(meeting_id))
    browser = visit.as_(READER)

    def ways_on(path: str, status: int) -> list[str]:
        return [str(link["href"]) for link in browser.get(path, status=status).soup.select("main .row-actions a")]

    assert ways_on("/meetings/429?q=1", 429) == ["/meetings/429?q=1", "/"]
    assert ways_on("/meetings/404?q=1", 404) == ["/"]
