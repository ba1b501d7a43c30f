"""Pages of imports, one file per purpose."""

from tracker.imports.routes import files, new_runs, run, storing
from tracker.imports.routes.blueprint import bp

__all__ = ["blueprints", "files", "new_runs", "run", "storing"]

blueprints = (bp,)
