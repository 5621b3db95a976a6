"""What editors see of the searches that found nothing."""

import pytest

from publishing.dashboard import panels_for
from search.missed import most_missed
from search.models import IndexCheck, MissedSearch
from tests.factories import create_editor, create_superuser
from tests.search.test_missed import create_missed

pytestmark = pytest.mark.django_db

LIST = "/admin/search/missedsearch/"


def panel_of(user, title):
    return next((panel for panel in panels_for(user) if panel.title == title), None)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_offers_a_lay_word_a_best_bet_and_to_ignore(client, editor, rows, django_assert_num_queries):
    for number in range(rows):
        create_missed(f"tattoo {'x' * number}removal")
    create_missed("", count=2)
    create_missed("ignored", ignored=True)

    with django_assert_num_queries(7):
        response = client.get(LIST)

    body = response.content.decode()
    assert response.context["cl"].result_count == rows
    assert "/admin/search/layword/add/?words=tattoo+removal" in body
    assert "/admin/search/bestbet/add/?queries=tattoo+removal" in body
    assert "/admin/search/layword/try/?q=tattoo+removal" in body
    assert 'aria-label="Ignore tattoo removal"' in body


def test_rare_words_are_shown_to_nobody(client, editor):
    rare = create_missed("", count=2)

    assert client.get(f"{LIST}{rare.pk}/change/").status_code == 302
    assert client.get(LIST, {"ignored": "all"}).context["cl"].result_count == 0


def test_one_click_ignores_words_in_every_week(client, editor):
    missed = create_missed("unicorn")

    response = client.post(f"{LIST}ignore/", {"pk": missed.pk}, follow=True)

    assert response.context["cl"].result_count == 0
    assert most_missed(5) == []
    client.post(f"{LIST}?ignored=yes", {"action": "offer_again", "_selected_action": [missed.pk]})
    assert [each["words"] for each in most_missed(5)] == ["unicorn"]


@pytest.mark.parametrize("pk", ["", "x", "-1", "9" * 40, "²", "\0"])
def test_a_button_of_no_row_does_nothing(client, editor, pk):
    create_missed("unicorn")

    assert client.post(f"{LIST}ignore/", {"pk": pk}).status_code == 302
    assert MissedSearch.objects.filter(ignored=True).count() == 0


def test_nobody_adds_or_deletes_them(client, editor):
    missed = create_missed("unicorn")
    client.force_login(create_superuser())

    assert [client.get(f"{LIST}{path}").status_code for path in ("add/", f"{missed.pk}/delete/")] == [403, 403]
    assert client.get(f"{LIST}ignore/").status_code == 405


def test_the_front_page_tells_the_five_most_frequent(editor):
    for count in range(3, 10):
        create_missed("x" * count, count=count)

    panel = panel_of(editor, "People looked for and did not find")

    assert [(row.title, row.detail) for row in panel.rows][:2] == [("x" * 9, "9 times"), ("x" * 8, "8 times")]
    assert len(panel.rows) == 5
    assert panel.rows[0].address == f"/admin/search/layword/try/?q={'x' * 9}"
    assert panel_of(create_editor(permissions=["view_event"]), panel.title) is None


def test_an_administrator_is_told_when_the_index_differed(django_assert_num_queries):
    chief = create_superuser()
    check = IndexCheck.objects.create(checked_at="2026-03-02T08:04:00Z", right=10)
    title = "The search’s index differed"
    assert panel_of(chief, title) is None

    check.wrong, check.extra = 2, 1
    check.save()

    (row,) = panel_of(chief, title).rows
    assert row.title == "3 things were not in the search as they are on the site"
    assert row.detail == "found and mended Mon, Mar 2, 3:04 AM EST"
    assert panel_of(create_editor(permissions=["view_layword"]), title) is None
