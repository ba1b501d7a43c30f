"""Measurements are started by hand; a name that the program has changed is noticed here."""

from importlib import import_module
from pkgutil import iter_modules

import bench


def test_every_measurement_can_be_imported() -> None:
    names = [module.name for module in iter_modules(bench.__path__) if module.name != "__main__"]

    assert len(names) > 15
    for name in names:
        import_module(f"bench.{name}")
