"""The staff's list of readings, of which there are millions."""

from datetime import UTC, datetime, timedelta

import pytest

from publishing.admin.newest_first import NewestFirst
from tests.factories import create_department, create_editor, create_reading

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
LIST = "/admin/ertimes/waittimereading/"


@pytest.fixture
def nurse(client):
    client.force_login(create_editor(permissions=["view_waittimereading"]))
    return client


def test_the_list_counts_no_further_than_it_shows(nurse, monkeypatch):
    monkeypatch.setattr(NewestFirst, "MOST", 3)
    department = create_department()
    for minutes in range(5):
        create_reading(department=department, observed_at=NOON - timedelta(minutes=minutes), minutes=minutes)

    response = nurse.get(LIST)

    shown = response.context["cl"]
    assert (shown.result_count, [reading.minutes for reading in shown.result_list]) == (3, [0, 1, 2, 3, 4])
    assert "The newest 3 of what you choose." in response.content.decode()


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_asks_as_many_queries_whatever_its_length(nurse, rows, django_assert_num_queries):
    for minutes in range(rows):
        create_reading(department=create_department(), observed_at=NOON - timedelta(minutes=minutes))

    # Who asks and may (4); the departments to choose from; how many, and which.
    with django_assert_num_queries(7) as queries:
        nurse.get(LIST)

    counts = [query["sql"] for query in queries.captured_queries if "COUNT(" in query["sql"]]
    assert [f"LIMIT {NewestFirst.MOST}" in sql for sql in counts] == [True]


def test_the_filters_find_what_lies_further_back(nurse):
    department = create_department()
    create_reading(department=department, observed_at=NOON)
    create_reading(observed_at=NOON)

    response = nurse.get(LIST, {"department__id__exact": department.pk, "source__exact": "staff"})

    assert [reading.department for reading in response.context["cl"].result_list] == [department]


def test_counts_of_the_filters_cannot_be_asked_for(nurse):
    create_reading(observed_at=NOON)

    response = nurse.get(LIST, {"_facets": "True"})

    assert response.status_code == 200
    assert response.context["cl"].add_facets is False
