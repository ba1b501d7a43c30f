import pytest

from tracker.accounts.formats import Device, device_of

_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0", ("Firefox", "Windows")),
        (f"Mozilla/5.0 (Linux; Android 14; SM-A546E) {_WEBKIT} Chrome/120.0.0.0 Mobile Safari/537.36",
         ("Chrome", "Android")),
        (("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/17.5 Mobile/15E148 Safari/604.1"), ("Safari", "iOS")),
        ("curl/8.0", ("curl", None)),
        ("", (None, None)),
        ("\ufffd" * 200, (None, None)),
    ],
)  # fmt: skip
def test_a_browser_is_named_with_its_system(user_agent: str, device: tuple[str | None, str | None]) -> None:
    assert device_of(user_agent) == Device(*device)
