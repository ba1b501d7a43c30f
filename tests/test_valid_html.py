"""`valid_html` finds every error that html5lib finds, including in pages similar to a valid one."""

import random
import re

import html5lib
import pytest

from tests import valid_html

VALID = (
    '<!doctype html>\n<html lang="en"><head><title>Kata &amp; &#34;kata&#34;</title></head><body><main><h1>Satu</h1>'
    '<p class="a b">Kata <b>tebal</b><br>lagi</p><table><thead><tr><th>A</th></tr></thead><tbody><tr><td><a href="/1">1'
    '</a></td></tr><tr><td>2</td></tr></tbody></table><form method="post"><label for="x">X</label><select id="x">'
    "<option "
    'value="1" selected>1</option></select><input name="y" value="<i>"><textarea name="z">\nkata</textarea><button>OK'
    "</button></form><ul><li>1</li><li>2<ul><li>3</li></ul></li></ul></main></body></html>\n"
)
BROKEN = [
    ("</b>", ""), ("<b>", ""), ("</b><br>lagi</p>", "<br>lagi</p></b>"), ("<br>", "<br></br>"),
    ("</p>", "<div>x</div></p>"),
    ("<tr><td>2", "<tr>x<td>2"), ("</tbody>", "<p>x</p></tbody>"), ("</form>", "<form></form></form>"),
    ('id="x"', 'id="x" id="y"'), ('id="x"', "id=x'y"), ("<h1>", "<h1/>"), ("&amp;", "&"), ("&amp;", "&amp"),
    ("&amp;", "&foo;"),
    ("Satu", "Sa\0tu"), ("Satu", "Sa\x0ctu\x01"), ("Satu", "<3"), ("<!doctype html>\n", ""), ("</main>", ""),
    ('href="/1"', 'href="/1"title="x"'), ('href="/1"', 'href="/1'), ("</body>", "</body><p>x</p>"), ("</option>", ""),
    ("</html>", "</html><!-- x"), ("<li>3", "<li 3"), ("<li>1</li>", "<li>1</span></li>"), ("</a>", "<a>x</a></a>"),
]  # fmt: skip


def errors(page: str) -> bool:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    return bool(parser.errors)


@pytest.mark.parametrize(("before", "after"), BROKEN)
def test_an_error_is_found_after_a_similar_valid_page(before: str, after: str) -> None:
    assert valid_html.errors_in(VALID) == []
    broken = VALID.replace(before, after, 1)

    assert bool(valid_html.errors_in(broken)) == errors(broken)


@pytest.mark.parametrize("changes", [30, pytest.param(300, marks=pytest.mark.long)])
def test_randomly_changed_pages_are_judged_as_by_html5lib(changes: int) -> None:
    assert valid_html.errors_in(VALID) == []
    chance, parts = random.Random(7), re.split(r"(<[^>]*>)", VALID)
    for _ in range(changes):
        changed = parts[:]
        for _ in range(chance.choice([1, 1, 2])):
            place = chance.randrange(len(changed))
            changed[place:place + 1] = chance.choice([[], [changed[place]] * 2, [chance.choice(parts)]])  # fmt: skip
        page = "".join(changed)
        assert bool(valid_html.errors_in(page)) == errors(page), page
