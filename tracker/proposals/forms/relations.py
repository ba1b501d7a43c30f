"""Forms for relations between proposals."""

from tracker.core.fields import Code, Combobox, Line
from tracker.core.forms import PageForm
from tracker.core.wording import lazy_gettext as _l
from tracker.proposals.rules import RelationKind

#: All but mergers, which only the merge step creates.
_KINDS = [kind for kind in RelationKind if kind is not RelationKind.MERGED_INTO]


class RelationForm(PageForm):
    kind = Code(
        RelationKind,
        _l("This proposal is"),
        needed=_l("Choose the relation."),
        only=_KINDS,
    )
    other = Combobox(_l("The other proposal"), needed=_l("Choose the other proposal."))
    note = Line(_l("Note"))


class ClarifyForm(PageForm):
    kind = Code(
        RelationKind,
        _l("The relation is"),
        needed=_l("Choose the relation."),
        only=_KINDS,
    )
    note = Line(_l("Who clarified it, and how"), needed=_l("State who clarified it, and how."))
