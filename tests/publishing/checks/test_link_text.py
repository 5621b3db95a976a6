import pytest

from tests.factories import create_alert, create_article, create_menu_item
from tests.publishing.checks.reading import found, messages

pytestmark = pytest.mark.django_db

CODES = ("vague-link", "link-without-words")


def linked(words, href="/er/"):
    return create_article(body=f'<p>See <a href="{href}">{words}</a>.</p>')


@pytest.mark.parametrize(
    "words",
    [
        "Read about our birth center",
        "Here to help",
        "anna@example.org",
        "backushospital.org",
        "860.889.8331",
        "Más de ER",
    ],
)
def test_words_that_say_where_a_link_leads_are_good(words):
    assert found(linked(words), *CODES) == []


@pytest.mark.parametrize(
    "words",
    [
        *(
            "click here",
            "Click Here!",
            "here",
            "learn more",
            "Learn&nbsp;more »",
            "READ MORE…",
            "<strong>here</strong>",
        ),
        *("More", "this link", "haga clic aquí", "Leer más", "aqui", "https://www.example.org/page", "www.example.org"),
        *("example.org/a/b", "Click<br>here", "h&#101;re"),
    ],
)
def test_words_that_fit_any_link_are_found(words):
    assert found(linked(words), *CODES) == [("warning", "vague-link", "article", "body")]


@pytest.mark.parametrize("words", [" ", "→", "…"])
def test_a_link_without_words_is_found(words):
    assert found(linked(words), *CODES) == [("warning", "link-without-words", "article", "body")]


def test_the_vague_words_are_named():
    assert messages(linked("Click here"), "vague-link") == [
        "The link “Click here” does not say where it leads: name it, as “Read about our birth center”."
    ]


def test_fields_for_links_are_read_too():
    alert = create_alert(link_label="Learn more", link_address="/er/")

    assert found(alert) == [("warning", "vague-link", "sitealert", "link_label")]
    assert found(create_menu_item(label="More", address="/er/")) == [("warning", "vague-link", "menuitem", "label")]
    assert found(create_menu_item(label="ER wait times", address="/er/")) == []
