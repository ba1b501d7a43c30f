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


def test_every_icon_in_the_sprite_is_used() -> None:
    sprite = (VENDOR / "bootstrap-icons" / "bootstrap-icons.svg").read_text()
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "tracker").rglob("*.py")]
    named = {name for source in sources for name in re.findall(r'"([a-z0-9-]+)"', source.read_text())}

    assert set(re.findall(r'id="([^"]+)"', sprite)) - named == set()


def test_no_page_needs_a_class_that_our_part_of_bootstrap_lacks() -> None:
    """If this fails, run .ci/vendor, which takes the classes in that pages use."""
    left_out = set((ROOT / ".ci" / "classes-left-out").read_text().split())
    pages = [*(ROOT / "templates").rglob("*.*"), *(ROOT / "tracker" / "static").rglob("*.js")]
    words = {word for page in pages for word in re.findall(r"[\w-]+", page.read_text())}

    assert len(left_out) > 1000
    assert words & left_out == set()


def test_our_part_of_bootstrap_has_every_class_that_is_not_left_out() -> None:
    style = (VENDOR / "bootstrap" / "bootstrap.min.css").read_text()
    left_out = set((ROOT / ".ci" / "classes-left-out").read_text().split())

    known = set(re.findall(r"\.(-?[_a-zA-Z][\w-]*)", re.sub(r":not\([^)]*\)", "", style.partition("*/")[2])))
    assert {"btn", "form-control", "table", "visually-hidden", "is-invalid"} <= known
    assert known & left_out == set()
