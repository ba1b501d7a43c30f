"""The version of the program, from pyproject.toml."""

import tomllib

from tracker.core.settings import ROOT

VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
