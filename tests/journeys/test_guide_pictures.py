"""The pictures of the guide show the pages as they are; otherwise `make guide-pictures` takes new ones."""

import io
from statistics import mean

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.guide.pictures import DESK, take
from tracker.guide.routes import PICTURES

#: Of 255. Another number in a picture makes less than 1, another layout more than 8.
MOST = 4


def thumbnail(picture: bytes) -> bytes:
    return Image.open(io.BytesIO(picture)).convert("L").resize((64, 40)).tobytes()


def difference(one: bytes, other: bytes) -> float:
    return mean(abs(a - b) for a, b in zip(thumbnail(one), thumbnail(other), strict=True))


@pytest.mark.long
@pytest.mark.timeout(200)
def test_the_pictures_of_the_guide_are_current(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, viewport=DESK, locale="id-ID", service_workers="block")
    taken = dict(take(context.new_page()))
    context.close()

    differences = {name: difference(picture, (PICTURES / name).read_bytes()) for name, picture in taken.items()}
    assert {name: found for name, found in differences.items() if found > MOST} == {}
