import base64
import hashlib
import json
import re

from tracker.core.settings import ROOT

VENDOR = ROOT / "tracker" / "static" / "vendor"


def test_every_vendored_file_matches_the_manifest() -> None:
    manifest = json.loads((VENDOR / "manifest.json").read_text())

    told = {f"{name}/{file}": digest for name, package in manifest.items() for file, digest in package["files"].items()}
    found = {
        str(file.relative_to(VENDOR)): "sha384-" + base64.b64encode(hashlib.sha384(file.read_bytes()).digest()).decode()
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name != "manifest.json"
    }

    assert found == told


def test_every_vendored_package_has_its_licence() -> None:
    manifest = json.loads((VENDOR / "manifest.json").read_text())

    assert {name: ("LICENSE" in package["files"], package["licence"]) for name, package in manifest.items()} == {
        "bootstrap": (True, "MIT"),
        "bootstrap-icons": (True, "MIT"),
    }


def test_every_icon_used_is_in_the_sprite() -> None:
    sprite = (VENDOR / "bootstrap-icons" / "bootstrap-icons.svg").read_text()
    templates = "".join(page.read_text() for page in (ROOT / "templates").rglob("*.html"))
    ways = re.findall(r'NavItem\("[^"]+", _l\("[^"]+"\), "([a-z0-9-]+)"', (ROOT / "tracker/home/routes.py").read_text())

    drawn = set(re.findall(r'\b(?:icon|draw)(?:\(|=)"([a-z0-9-]+)"', templates))

    assert len(ways) > 10
    assert drawn | set(ways) <= set(re.findall(r'id="([^"]+)"', sprite))
