import pytest
from django.http import Http404
from django.test import RequestFactory

from publishing.paging import page_of

HOSTILE = ["x", "0", "-1", "1.5", "1e3", "１２x", "\x00", "1\x00", "9" * 400, str(2**63), "<b>", "page", "1,2", "👩‍⚕️"]


def ask(query, *, count=25):
    return page_of(RequestFactory().get("/", query), range(count), 10)


def test_the_first_page_is_shown_by_default():
    assert list(ask({})) == list(range(10))
    assert list(ask({"page": ""})) == list(range(10))


def test_the_last_page_has_the_rest():
    page = ask({"page": "3"})

    assert list(page) == [20, 21, 22, 23, 24]
    assert page.has_next() is False


def test_an_empty_list_has_one_empty_page():
    assert list(ask({}, count=0)) == []


@pytest.mark.parametrize("page", [*HOSTILE, "4"])
def test_a_page_that_is_not_there_is_not_found(page):
    with pytest.raises(Http404):
        ask({"page": page})


def test_an_array_in_place_of_a_number_is_no_error():
    assert ask({"page[]": "2"}).number == 1
    assert ask({"page": ["1", "2"]}).number == 2
