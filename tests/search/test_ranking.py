"""The formula, line by line."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from search.engine import find
from search.lay_words import LayWords
from search.rebuilding import rebuild
from tests.factories import (
    create_article,
    create_contact,
    create_event,
    create_page,
    create_person,
    create_service,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 17, tzinfo=UTC)
WHERE = "Where the words stand (title 500, other names 400, summary 250, text 100)"
TITLE_IS_IT = "Its title, or its number, is what was asked"
NAME_IS_IT = "It is also known as what was asked, or has an extension of the number"
TITLE = "How much of the title was asked for"


def results(query, **asked):
    rebuild()
    return find(query, language="en", at=NOW, **asked).results


def points(query, **asked):
    """Return {reason: points} of the only thing that is found."""
    [result] = results(query, **asked)
    return {str(reason): points for reason, points in result.points}


def order(query, **asked):
    return [result.entry.title for result in results(query, **asked)]


def test_the_title_is_what_was_asked_in_whatever_order():
    create_service(name="Wound Healing")

    for query in ("wound healing", "healing of the wound", "Wound-Healing"):
        assert points(query)[TITLE_IS_IT] == 1000


def test_a_telephone_number_is_as_good_as_a_title():
    create_contact(name="Gift Shop", number="860-823-6389")

    assert points("860 823 6389")[TITLE_IS_IT] == 1000


def test_another_name_is_what_was_asked():
    create_service(name="Anticoagulation Clinic", also_known_as="blood thinner, warfarin")

    assert points("warfarin")[NAME_IS_IT] == 900


def test_an_extension_of_the_number():
    create_contact(name="Gift Shop", number="860-823-6389 ext. 12")

    assert points("860 823 6389")[NAME_IS_IT] == 900
    assert points("860 823 6389 ext. 12")[TITLE_IS_IT] == 1000


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"name": "Kidney Stones"}, 500, id="title"),
        pytest.param({"name": "Urology", "also_known_as": "kidney stones, bladder"}, 400, id="other names"),
        pytest.param({"name": "Urology", "summary": "For kidneys."}, 250, id="summary"),
        pytest.param({"name": "Urology", "body": "<p>All about kidneys.</p>"}, 100, id="text"),
        pytest.param(
            {"name": "Kidney Stones", "body": "<p>Kidney</p>", "summary": "Kidney"}, 500, id="the best counts"
        ),
    ],
)
def test_where_the_words_stand(fields, expected):
    create_service(**fields)

    assert points("kidney")[WHERE] == expected


def test_points_are_divided_by_how_many_things_were_asked():
    create_service(name="Kidney Stones", body="<p>Without pain.</p>")

    assert points("kidney pain")[WHERE] == (500 + 100) / 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Cardiology Group", 450), ("Vascular Group", 400), ("Thoracic Group", 350), ("Heart Doctor Group", 500)],
)
def test_a_meaning_counts_a_tenth_less_and_each_later_one_another(name, expected):
    create_service(name=name)
    lay = LayWords([("heart doctor", "en", ["cardiology", "vascular", "thoracic"])])

    assert points("heart doctor", lay=lay)[WHERE] == expected


def test_a_beginning_counts_a_fifth_less():
    create_service(name="Lithotripsy Group")

    assert points("lithotr")[WHERE] == 400


@pytest.mark.parametrize(("name", "expected"), [("Kidney Group", 25), ("Kidney One Two Three", 12), ("Kidney", 50)])
def test_how_much_of_the_title_was_asked_for(name, expected):
    create_service(name=name)

    assert points("kidney")[TITLE] == expected


def test_the_kind_gives_points_and_more_where_a_word_asks_for_it():
    create_person(name="Ana Kidney", sort_name="Kidney, Ana")

    assert points("kidney")["Its kind: People"] == 85
    assert "Its kind was asked for" not in points("kidney")
    assert points("kidney doctor")["Its kind was asked for"] == 250


@pytest.mark.parametrize(
    ("age", "expected"),
    [(timedelta(0), 40), (timedelta(days=182), 20), (timedelta(days=364), 10), (timedelta(days=3650), 0)],
)
def test_news_count_half_after_half_a_year(age, expected):
    create_article(headline="Kidney Day", published_at=NOW - age)

    assert points("kidney")["How new it is"] == expected


@pytest.mark.parametrize(("days", "expected"), [(0, 40), (60, 20), (120, 10)])
def test_events_count_half_after_sixty_days(days, expected):
    create_event(
        title="Kidney Day", first_day=date(2026, 3, 2) + timedelta(days=days), start_time=time(12), end_time=time(14)
    )

    assert points("kidney")["How near it is"] == expected


def test_an_event_that_is_over_comes_last_of_all():
    create_event(title="Kidney", first_day=date(2026, 3, 1))
    create_article(headline="Old News", body="<p>kidney</p>", published_at=NOW - timedelta(days=3000))
    create_event(title="Class", body="<p>kidney</p>", first_day=date(2027, 3, 1))

    assert order("kidney") == ["Class", "Old News", "Kidney"]


def test_an_event_is_over_at_its_end_and_not_before():
    create_event(title="Kidney Day", first_day=date(2026, 3, 2), start_time=time(10), end_time=time(12, 1))
    assert "It is over" not in points("kidney")

    create_event(title="Stone Day", first_day=date(2026, 3, 2), start_time=time(10), end_time=time(12))
    assert points("stone")["It is over"] == -2000


def test_an_event_at_any_time_is_never_over():
    create_event(title="Kidney Day", timing="any_time")

    assert points("kidney")["At any time"] == 0


def test_newer_news_come_first_and_of_equal_points_too():
    for year in (2019, 2021, 2020):
        create_article(headline=f"Kidney {year}", published_at=datetime(year, 1, 1, tzinfo=UTC))

    assert order("kidney") == ["Kidney 2021", "Kidney 2020", "Kidney 2019"]


def test_of_equal_points_and_no_date_the_title_decides():
    for name in ("Kidney Zeta", "Kidney Alpha", "Kidney Mu"):
        create_service(name=name)

    assert order("kidney") == ["Kidney Alpha", "Kidney Mu", "Kidney Zeta"]


def test_services_and_numbers_come_before_pages_and_news():
    create_article(headline="Kidney Care")
    create_page(title="Kidney Care")
    create_contact(name="Kidney Care")
    create_service(name="Kidney Care")

    assert [result.entry.kind for result in results("kidney")] == ["service", "contact", "page", "article"]


def test_the_points_are_the_sum_of_their_reasons():
    create_service(name="Kidney Stones")

    [result] = results("kidney")

    assert result.score == sum(points for _reason, points in result.points) == 500 + 25 + 95
