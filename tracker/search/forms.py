"""Forms for searching and for synonyms."""

from wtforms import BooleanField, ValidationError

from tracker.core.fields import Code, Line, Lines, Stage, Year
from tracker.core.forms import FilterForm, PageForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.search import rules
from tracker.search.models import SynonymGroup
from tracker.search.rules import SearchFilter, SearchKind

FEWEST_SYNONYMS = 2


class SearchForm(FilterForm):
    q = Line(_l("Search"), longest=20_000)
    kind = Code(SearchKind, _l("What"))
    year = Year(_l("Year"))
    stage = Stage()
    exact = BooleanField(_l("Exactly as typed"))

    def filter(self) -> SearchFilter:
        return SearchFilter(
            q=self.q.data or "",
            kind=self.kind.data,
            year=int(self.year.data) if self.year.data else None,
            stage=self.stage.data or None,
        )


class SynonymForm(PageForm):
    words = Lines(_l("Words and phrases that mean the same"), needed=_l("Enter at least two words or phrases."))

    @classmethod
    def of(cls, group: SynonymGroup) -> "SynonymForm":
        return cls(formdata=None, data={"words": group.words, "version": group.version})

    def validate_words(self, field: Lines) -> None:
        """At least two; forms of the same word count as one."""
        if len(rules.ways_of(field.entries())) < FEWEST_SYNONYMS:
            raise ValidationError(gettext("Enter at least two words or phrases."))
