"""Numbers as people write them: found, and made another without touching anything else."""

import pytest

from directory.mentions.fields import numbers_in, with_others
from directory.mentions.numbers import CannotWriteError, rewritten
from news.models import Article

OLD, NEW = "+18604253800", "+18604259999"


def found(body):
    """Return (words, value, whether in a link) of each number in the body of a post."""
    return [(each.written.words, each.written.value, each.in_link) for each in numbers_in(Article, {"body": body})]


def changed(body, new=NEW, old=OLD):
    """Return `body` with each number `old`, whatever its extension, changed to `new`."""
    numbers = [each for each in numbers_in(Article, {"body": body}) if each.written.value.split("x")[0] == old]
    changes = [(each, rewritten(each.written.words, each.written.value, new, in_link=each.in_link)) for each in numbers]
    return with_others(body, changes)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("860-425-3800", "860-425-9999"),
        ("860.425.3800", "860.425.9999"),
        ("(860) 425-3800", "(860) 425-9999"),
        ("860 425 3800", "860 425 9999"),
        ("8604253800", "8604259999"),
        ("860/425-3800", "860/425-9999"),
        ("860–425–3800", "860–425–9999"),
        ("860&nbsp;425&nbsp;3800", "860&nbsp;425&nbsp;9999"),
        ("+1 860-425-3800", "+1 860-425-9999"),
        ("1-860-425-3800", "1-860-425-9999"),
        ("425-3800", "425-9999"),
        ("<strong>860</strong>-425-<em>38</em>00", "<strong>860</strong>-425-<em>99</em>99"),
    ],
)
def test_a_number_keeps_the_way_in_which_it_was_written(before, after):
    text = "<h2>Call us &amp; ask</h2><p>It is {} &lt;at any hour&gt;.</p>"

    assert changed(text.format(before)) == text.format(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("860-425-3800 ext. 2215", "860-425-9999 ext. 17"),
        ("860.425.3800, ext. 2215", "860.425.9999, ext. 17"),
        ("860-425-3800 x2215", "860-425-9999 x17"),
        ("860-425-3800 Extension 2215", "860-425-9999 Extension 17"),
        ("860-425-3800 (ext. 2215)", "860-425-9999 (ext. 17)"),
        ("860-425-3800; ext 2215", "860-425-9999; ext 17"),
        ("860-425-3800, extensión 2215", "860-425-9999, extensión 17"),
        (
            '<a href="tel:+18604253800,2215">860-425-3800</a>, ext. 2215',
            '<a href="tel:+18604259999,17">860-425-9999</a>, ext. 17',
        ),
        ('<a href="tel:860-425-3800;ext=2215">Us</a>', '<a href="tel:860-425-9999;ext=17">Us</a>'),
    ],
)
def test_the_extension_follows_in_its_own_form(before, after):
    assert changed(f"<p>Call {before}, please.</p>", f"{NEW}x17") == f"<p>Call {after}, please.</p>"


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ("860-425-3800", f"{NEW}x17", "860-425-9999 ext. 17"),
        (
            '<a href="tel:+18604253800">860-425-3800</a>',
            f"{NEW}x17",
            '<a href="tel:+18604259999,17">860-425-9999 ext. 17</a>',
        ),
        ("860-425-3800, ext. 2215", NEW, "860-425-9999"),
        ("860-425-3800 (ext. 2215)", NEW, "860-425-9999"),
        ('<a href="tel:+18604253800,2215">860-425-3800</a> x2215', NEW, '<a href="tel:+18604259999">860-425-9999</a>'),
    ],
)
def test_an_extension_comes_and_goes(before, new, after):
    assert changed(f"<p>Call {before} now</p>", new) == f"<p>Call {after} now</p>"


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ("425-3800", "+12034259999", "203-425-9999"),
        ("425.3800", "+12034259999", "203.425.9999"),
        ("860-425-3800", "+442079460958", "+44 20 7946 0958"),
    ],
)
def test_a_number_from_elsewhere_is_written_whole(before, new, after):
    assert changed(f"<p>{before}</p>", new) == f"<p>{after}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<p>The record 98604253800 and 860-425-38001, 1234-860-425-3800</p>",
        '<p><a href="https://example.org/8604253800" title="860-425-3800">Us</a></p>',
        "<p>https://example.org/8604253800 or ?phone=8604253800</p>",
        "<p>mail8604253800@example.org</p>",
        "<p>In 2019-2020 we saw 1,234,567 patients, 06360-1234.</p>",
        "<p>860-425-</p><p>3800</p>",
    ],
)
def test_what_is_no_number_of_its_own_is_left_alone(text):
    assert changed(text) == text


def test_short_codes_are_read_where_it_is_about_texting_or_dialled():
    body = '<p>Text BACKUS to 31996.</p><p>Our ZIP is 06360.</p><p><a href="sms:31996?body=Hi">Text us</a></p>'

    assert found(body) == [("31996", "31996", False), ("31996", "31996", True)]
    assert changed(body, "41411", "31996") == body.replace("31996", "41411")


def test_a_short_code_and_a_phone_number_do_not_change_into_each_other():
    with pytest.raises(CannotWriteError):
        rewritten("31996", "31996", NEW)
    with pytest.raises(CannotWriteError):
        rewritten("860-425-3800", OLD, "31996")


def test_the_same_number_twice_is_told_apart():
    numbers = numbers_in(Article, {"body": "<p>860-425-3800 or 860.425.3800 or 860-425-3800</p>"})

    assert [(each.written.words, each.nth) for each in numbers] == [
        ("860-425-3800", 0),
        ("860.425.3800", 0),
        ("860-425-3800", 1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("", "<p>", "&", "<", "<p>860-425-3800", "<a <a <a 8604253800", "&#0;860-425-3800", '<a href="tel:'),
        *("\x00" * 20, "1" * 5000, "860-425-3800 " * 300, "<p>" * 3000 + "860-425-3800", "٨٦٠-٤٢٥-٣٨٠٠"),
        *('<p><a href="tel:' + "9" * 500 + '">x</a></p>', '<p><a href="tel:+1860425380０">x</a></p>'),
    ],
)
def test_hostile_texts_are_read_without_harm(text):
    numbers = numbers_in(Article, {"body": text})

    assert all(len(each.written.words) <= 120 and len(each.around) <= 300 for each in numbers)
    assert with_others(text, []) == text
