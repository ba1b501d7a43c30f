import pytest

from tracker.attachments.rules import at_least
from tracker.core.actor import Classification
from tracker.core.media_types import MAX_NAME_LENGTH, clean_name


@pytest.mark.parametrize(
    ("filename", "shown"),
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
def test_unsafe_characters_and_paths_are_removed_from_file_names(filename: str | None, shown: str) -> None:
    assert clean_name(filename) == shown


def test_a_long_name_keeps_its_extension() -> None:
    name = clean_name("n" * 400 + ".pdf")

    assert (len(name), name[-4:]) == (MAX_NAME_LENGTH, ".pdf")


def test_a_file_is_never_less_secret_than_its_parent() -> None:
    c = Classification

    assert at_least(c.ORDINARY, c.SECRET) is c.SECRET
    assert at_least(c.SECRET, c.RESTRICTED) is c.SECRET
