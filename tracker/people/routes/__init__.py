"""Pages of persons, units, posts and holdings."""

from tracker.people.routes import holdings, merging
from tracker.people.routes.persons import people
from tracker.people.routes.posts import posts
from tracker.people.routes.units import units

__all__ = ["blueprints", "holdings", "merging"]

blueprints = (people, units, posts)
