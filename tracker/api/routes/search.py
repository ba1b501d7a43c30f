"""The search, by the same rules as its page."""

from tracker.accounts.rules import ApiFeature
from tracker.api.operations import ensure_understood, whole
from tracker.api.routes.blueprint import operation
from tracker.api.schemas import Listing
from tracker.api.schemas.search import SearchHit
from tracker.core import clock
from tracker.core.wording import lazy_gettext as _l
from tracker.search import queries
from tracker.search.forms import SearchForm


@operation("GET", "/search", summary=_l("The best matches, of all kinds"), feature=ApiFeature.SEARCH,
           answers=SearchHit, is_list=True, filters=SearchForm)  # fmt: skip
def search_everything() -> Listing[SearchHit]:
    form = SearchForm()
    ensure_understood(form)
    found = queries.search(form.filter(), clock.today(), is_exact=form.exact.data)
    return whole(
        [SearchHit(kind=hit.kind, id=hit.row.id, words="".join(text for text, _ in hit.snippet)) for hit in found.hits]
    )
