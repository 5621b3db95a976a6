"""A text of an editor as plain text, and as the HTML of a mail."""

import pytest

from newsletter.full_addresses import absolute_address
from newsletter.mail_html import mail_html
from newsletter.mail_text import WIDTH, mail_text

SITE = "https://hospital.example"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>One</p><p>Two &amp; three</p>", "One\n\nTwo & three"),
        ("<p>One<br>Two</p>", "One\nTwo"),
        ("<h2>Head</h2><p>Words</p>", "Head\n----\n\nWords"),
        ("<ul><li><p>One</p></li><li><p>Two</p></li></ul>", "- One\n- Two"),
        ('<ol start="3"><li>Three</li><li>Four</li></ol>', "3. Three\n4. Four"),
        ('<ol start="x"><li>One</li></ol>', "1. One"),
        ("<ul><li>One<ul><li>Deep</li></ul></li></ul><ol><li>A</li></ol>", "- One\n  - Deep\n\n1. A"),
        ("<blockquote><p>Said so.</p></blockquote><p>Then</p>", "> Said so.\n\nThen"),
        ("<table><tr><th><p>A</p></th><td><p>B</p></td></tr><tr><td>C</td><td>D</td></tr></table>", "A | B\nC | D"),
        ("<p>A</p><hr><p>B</p>", "A\n\n* * *\n\nB"),
        ('<p><a href="/contact/">Call us</a>.</p>', f"Call us ({SITE}/contact/)."),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', "https://a.example/"),
        ('<p><a href="mailto:a@b.example">a@b.example</a></p>', "a@b.example"),
        ('<p><a href="javascript:x">Words</a></p>', "Words"),
        ('<p><a href="/x/"></a></p>', f"{SITE}/x/"),
        ("<p>2 &lt; 3 &lt;b&gt;</p>", "2 < 3 <b>"),
        ("<p>Unclosed <strong>words", "Unclosed words"),
    ],
)
def test_a_text_is_told_in_plain_words(html, text):
    assert mail_text(html) == text


def test_long_lines_are_wrapped_and_addresses_are_not():
    address = f"{SITE}/{'long-' * 30}end/"

    lines = mail_text(f'<ul><li>{"word " * 40}<a href="{address}">more</a></li></ul>').splitlines()

    assert max(len(line) for line in lines if "http" not in line) <= WIDTH
    assert f"  ({address})" in lines
    assert all(line.startswith(("- ", "  ")) for line in lines)


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/news/", f"{SITE}/news/"),
        ("more/", f"{SITE}/newsletter/issues/autumn/more/"),
        ("#end", f"{SITE}/newsletter/issues/autumn/#end"),
        ("//other.example/a", "https://other.example/a"),
        ("http://other.example/", "http://other.example/"),
        ("tel:+18608898331", "tel:+18608898331"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://[", ""),
        ("https://a.example/ b", ""),
    ],
)
def test_an_address_is_written_in_full_or_not_at_all(href, address):
    assert absolute_address(href, "/newsletter/issues/autumn/") == address


def test_elements_carry_their_style_and_nothing_else():
    html = mail_html(
        '<p class="x" onclick="y">A <em>b</em></p><ol start="3"><li>C</li></ol><img src="z"><script>1</script>'
    )

    assert html == (
        '<p style="margin:0 0 14px">A <em>b</em></p>'
        '<ol start="3" style="margin:0 0 14px;padding-left:24px"><li style="margin:0 0 6px">C</li></ol>1'
    )
