import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import get_resolver

from pages.models import Page
from pages.models.page import TAKEN, validate_path
from tests.factories import create_page


@pytest.mark.parametrize("path", ["community", "community/food-pantry", "a", "2021/06", "news-letter", "a/news"])
def test_a_path_of_plain_words_is_taken(path):
    validate_path(path)


@pytest.mark.parametrize(
    "path",
    [
        *("/community", "community/", "/", "a//b", "Community", "com munity", "community\n", "café", "a_b", "-a", "a-"),
        *("..", "a/../b", "a.b", "a?b", "a#b", "<script>", "%2e", "\x00", "a--b"),
    ],
)
def test_a_path_that_cannot_be_an_address_is_refused(path):
    with pytest.raises(ValidationError) as refused:
        validate_path(path)

    assert refused.value.messages == [
        "Use small letters, digits and hyphens, with / between parts: community/food-pantry."
    ]


@pytest.mark.parametrize("path", [*sorted(TAKEN), "news/more", "admin/x", "es/community"])
def test_a_path_that_another_part_answers_is_refused(path):
    with pytest.raises(ValidationError) as refused:
        validate_path(path)

    assert refused.value.messages == ["This address belongs to another part of the site; choose another one."]


def test_no_first_part_of_another_address_is_forgotten():
    firsts = set()
    for pattern in get_resolver().url_patterns:
        inner = getattr(pattern, "url_patterns", None) if str(pattern.pattern) == "" else None
        for each in inner or [pattern]:
            parts = each.url_patterns if str(each.pattern) == "" and hasattr(each, "url_patterns") else [each]
            firsts |= {str(part.pattern).split("/")[0] for part in parts}

    answered = {first for first in firsts if first and first.replace("-", "").isalnum()}
    assert answered <= TAKEN
    assert {"news", "er", "contact", "services", "admin", "media"} <= answered


@pytest.mark.django_db
def test_one_address_has_one_page_in_each_language():
    create_page(path="community")
    create_page(path="community", language="es")

    with pytest.raises(IntegrityError), transaction.atomic():
        create_page(path="community")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/a", "a/"])
def test_the_database_keeps_paths_bare(path):
    with pytest.raises(IntegrityError), transaction.atomic():
        create_page(path=path)


@pytest.mark.django_db
def test_a_page_is_shown_in_the_language_asked_for_or_in_english():
    english = create_page(path="community")
    spanish = create_page(path="community", language="es")
    only_english = create_page(path="only-english")

    assert list(Page.objects.filter(path="community").in_language("es")) == [spanish, english]
    assert list(Page.objects.filter(path="community").in_language("en")) == [english]
    assert list(Page.objects.filter(path="only-english").in_language("es")) == [only_english]


def test_addresses_of_pages():
    assert Page(path="").get_absolute_url() == "/"
    assert Page(path="", language="es").get_absolute_url() == "/es/"
    assert Page(path="a/b").get_absolute_url() == "/a/b/"
    assert Page(path="a/b", language="es").get_absolute_url() == "/es/a/b/"
