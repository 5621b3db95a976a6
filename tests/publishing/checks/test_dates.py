from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from publishing.checks.dates import dated_words
from tests.factories import create_alert, create_article, create_event, create_page
from tests.publishing.checks.reading import found, messages

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Closed this week.", ["this week"]),
        ("Come tomorrow", ["tomorrow"]),
        ("On June 12 we walk", ["June 12"]),
        ("On Friday, June 12th, we walk", ["June 12th"]),
        ("From June 12 to June 14", ["June 12 to June 14"]),
        ("June 12–14, 2030", ["June 12–14, 2030"]),
        ("by next Friday", ["next Friday"]),
        ("THIS MONTH only", ["THIS MONTH"]),
        ("Sept. 3", ["Sept. 3"]),
        ("12 June", ["12 June"]),
        ("on 6/12/2026", ["6/12/2026"]),
        ("until 2026-06-12", ["2026-06-12"]),
        ("open today at 9 and later today", ["today at", "later today"]),
        ("esta semana", ["esta semana"]),
        ("el 12 de junio", ["12 de junio"]),
        ("del 12 al 14 de junio de 2030", ["12 al 14 de junio de 2030"]),
        ("el próximo viernes", ["el próximo viernes"]),
        ("este mes y mañana", ["este mes", "mañana"]),
        ("la semana que viene", ["la semana que viene"]),
        ("on February 30, 2020", ["February 30, 2020"]),
    ],
)
def test_words_that_pass_are_found(text, words):
    assert dated_words(text, TODAY) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Open Monday through Friday, 8 AM to 4:30 PM, every week.",
        "The hospital opened on March 1, 1893.",
        "On June 12–14, 2019, and on 12 June 2019, and on June 12 to June 14, 2019.",
        "El 12 de junio de 2019.",
        "On 6/12/2019 and 2019-06-12.",
        "You may 5 times a day march 3 miles.",
        "Call today. We are here 24/7, 365 days.",
        "Todos los días por la mañana y cada mañana.",
        "Room 12 Maypole Street, 1/2 cup, version 2026-13",
        "In May 120 people came.",
    ],
)
def test_words_that_stay_true_are_not_found(text):
    assert dated_words(text, TODAY) == []


def test_dated_words_want_a_take_down_date():
    soon = timezone.now() + timedelta(days=7)

    assert found(create_article(headline="The café this week")) == [("warning", "dated-words", "article", "headline")]
    assert found(create_article(headline="The café this week", expires_at=soon)) == []
    assert messages(create_alert(text="Closed\nuntil tomorrow"), "dated-words") == [
        "“tomorrow” will be out of date one day: give a take-down date, or say it without a date."
    ]


def test_an_event_has_its_own_dates():
    assert found(create_event(title="Walk with us on June 4", place="Room 1")) == []


def test_a_full_date_passes_with_the_time_of_publishing():
    page = create_page(lead="We move on June 12, 2026.")

    assert found(page, at=datetime(2026, 6, 12, 12, tzinfo=UTC)) == [("warning", "dated-words", "page", "lead")]
    assert found(page, at=datetime(2026, 6, 13, 12, tzinfo=UTC)) == []


def test_a_take_down_date_that_has_passed_is_an_error():
    end = datetime(2026, 6, 12, 12, tzinfo=UTC)
    page = create_page(expires_at=end)

    assert found(page, at=end - timedelta(seconds=1)) == []
    assert found(page, at=end) == [("error", "take-down-passed", "page", "expires_at")]
