from datetime import UTC, datetime

import pytest

from news.archive import Archive, archive
from publishing.months import Month
from tests.factories import create_article

pytestmark = pytest.mark.django_db

NOW = datetime(2021, 6, 4, 12, tzinfo=UTC)


def test_years_and_months_with_posts_are_found_in_one_query(django_assert_num_queries):
    for published_at in [(2021, 3, 5), (2021, 3, 6), (2021, 6, 4), (2018, 1, 1), (1999, 12, 31)]:
        create_article(published_at=datetime(*published_at, 12, tzinfo=UTC))

    with django_assert_num_queries(1):
        found = archive(NOW)

    assert found == Archive([2021, 2018, 1999], 2021, [Month(2021, 3), Month(2021, 6)])
    assert archive(NOW, 2018) == Archive([2021, 2018, 1999], 2018, [Month(2018, 1)])
    assert archive(NOW, 2017) == Archive([2021, 2018, 1999], 2017, [])


def test_what_nobody_may_read_makes_no_month(settings):
    create_article(published_at=None)
    create_article(published_at=datetime(2021, 6, 5, tzinfo=UTC))
    create_article(published_at=datetime(2021, 5, 1, 12, tzinfo=UTC), expires_at=NOW)
    create_article(published_at=datetime(2021, 4, 1, 12, tzinfo=UTC), demonstration=True)
    settings.DEMONSTRATION = False

    assert archive(NOW) == Archive([], None, [])


def test_the_new_year_begins_by_the_hospitals_clock():
    create_article(published_at=datetime(2021, 1, 1, 4, 59, tzinfo=UTC))

    assert archive(NOW) == Archive([2020], 2020, [Month(2020, 12)])
