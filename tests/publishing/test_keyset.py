from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404
from django.test import RequestFactory

from news.models import Article
from publishing.keyset import Cursor, cursor_of, keyset_page
from tests.factories import create_article

NOON = datetime(2021, 6, 4, 12, tzinfo=UTC)


def page_at(per_page=2, **address):
    return keyset_page(RequestFactory().get("/news/", address), Article.objects.published(), per_page)


def walk(per_page=2):
    """Return the pages from the first on, as a reader meets them who follows “Older posts”."""
    pages = [page_at(per_page)]
    while pages[-1].older:
        pages.append(page_at(per_page, after=pages[-1].older))
    return pages


@pytest.mark.parametrize("at", [NOON, NOON.replace(microsecond=1), datetime(1960, 1, 1, tzinfo=UTC)])
def test_a_cursor_comes_back_from_its_address(at):
    assert cursor_of(str(Cursor(at, 17))) == Cursor(at, 17)


@pytest.mark.parametrize(
    "text",
    ["", "x", "1-", "-1", "1-2-3", "1-x", "٣-٤", "1-2\n", "\0", "9" * 17 + "-1", "1-" + "9" * 19, "1.5-2", "' OR 1=1"],
)
def test_what_is_no_cursor_is_refused(text):
    with pytest.raises(ValueError, match="no "):
        cursor_of(text)


@pytest.mark.django_db
def test_things_of_one_instant_stand_on_one_page_each():
    things = [create_article(published_at=NOON) for _ in range(5)]

    pages = walk()

    assert [page.rows for page in pages] == [[things[4], things[3]], [things[2], things[1]], [things[0]]]
    assert [page.is_first for page in pages] == [True, False, False]


@pytest.mark.django_db
def test_what_is_added_between_two_pages_moves_nothing():
    things = [create_article(published_at=NOON + timedelta(microseconds=number)) for number in range(4)]
    first = page_at()
    newest = [create_article(published_at=NOON + timedelta(days=1)) for _ in range(3)]

    second = page_at(after=first.older)

    assert (first.rows, second.rows) == ([things[3], things[2]], [things[1], things[0]])
    assert page_at(before=second.newer).rows == [things[3], things[2]]
    assert page_at(before=page_at(before=second.newer).newer).rows == [newest[1], newest[0]]


@pytest.mark.django_db
def test_the_last_step_towards_the_newer_ones_leads_to_the_full_first_page():
    things = [create_article(published_at=NOON + timedelta(days=number)) for number in range(3)]

    page = page_at(before=Cursor(things[1].published_at, things[1].pk))

    assert (page.rows, page.is_first, page.newer) == ([things[2], things[1]], True, None)


@pytest.mark.django_db
def test_a_place_holds_after_its_thing_is_gone():
    things = [create_article(published_at=NOON + timedelta(days=number)) for number in range(4)]
    older = page_at().older
    things[2].delete()

    assert page_at(after=older).rows == [things[1], things[0]]


@pytest.mark.django_db
@pytest.mark.parametrize("address", [{"after": "x"}, {"before": "\0"}, {"after": "0-1", "before": "0-1"}])
def test_a_page_that_is_none_is_not_found(address):
    with pytest.raises(Http404):
        page_at(**address)


@pytest.mark.django_db
def test_nothing_older_is_not_found_and_nothing_newer_is_the_first_page():
    only = create_article(published_at=NOON)
    place = Cursor(NOON, only.pk)

    with pytest.raises(Http404):
        page_at(after=place)
    assert page_at(before=place).rows == [only]
    assert page_at().older is None
