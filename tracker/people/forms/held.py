"""Which of several posts somebody held on a day counts."""

from collections.abc import Sequence

from tracker.core.fields import Asked
from tracker.core.wording import lazy as _l
from tracker.core.wording import say
from tracker.people.queries import HeldPost

#: What stands for «none of them» among the posts.
NO_POST = "none"


class HeldQuestion:
    """Mixin for forms that take the post of the day where none is given: asked only where there is more than one."""

    held = Asked(_l("Which post?"))

    def ask_post(self, name: str, posts: Sequence[HeldPost]) -> None:
        """Put the question."""
        self.held.ask(
            [*((str(post.position_id), post.words) for post in posts), (NO_POST, say("none of these"))],
            say("%(name)s held more than one post on that day. Choose one.", name=name),
        )

    def post_chosen(self, posts: Sequence[HeldPost]) -> HeldPost | None:
        """The post that was chosen."""
        return next((post for post in posts if str(post.position_id) == self.held.data), None)
