"""Ask which post counts if somebody held several on that day."""

from collections.abc import Sequence

from tracker.core.fields import Asked
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.people.queries import HeldPost

#: Form value for «none of these».
NO_POST = "none"


class HeldQuestion:
    """Mixin for forms that fill in the post held on a day. It asks only if the person held more than one."""

    held = Asked(_l("Which post?"))

    def ask_post(self, name: str, posts: Sequence[HeldPost]) -> None:
        self.held.ask(
            [*((str(post.position_id), post.words) for post in posts), (NO_POST, gettext("none of these"))],
            gettext("%(name)s held more than one post on that day. Choose one.", name=name),
        )

    def post_chosen(self, posts: Sequence[HeldPost]) -> HeldPost | None:
        return next((post for post in posts if str(post.position_id) == self.held.data), None)
