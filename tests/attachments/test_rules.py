import pytest

from tracker.attachments.rules import LONGEST_NAME, at_least, clean_name
from tracker.core.actor import Classification


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("surat undangan.pdf", "surat undangan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\surat.pdf", "surat.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("foto\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe", "fotogpj.exe"),
        ('"kutip".pdf', "_kutip_.pdf"),
        (".htaccess", "htaccess"),
        ("..", "berkas"),
        (None, "berkas"),
        ("berita acara é.pdf", "berita acara é.pdf"),
    ],
)
def test_a_name_is_shown_without_what_could_do_harm(given: str | None, shown: str) -> None:
    assert clean_name(given) == shown


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("n" * 400 + ".pdf")

    assert (len(name), name[-4:]) == (LONGEST_NAME, ".pdf")


def test_a_file_is_never_less_secret_than_what_it_belongs_to() -> None:
    c = Classification

    assert at_least(c.ORDINARY, c.SECRET) is c.SECRET
    assert at_least(c.SECRET, c.RESTRICTED) is c.SECRET
