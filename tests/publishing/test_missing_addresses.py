from datetime import date

import pytest
from django.conf import settings as site_settings
from django.db import DatabaseError
from django.urls import reverse

from publishing import missing_addresses
from publishing.missing_addresses import AddressCounter, is_worth_counting, most_missed
from publishing.models import MissingAddress
from publishing.redirects import leave_redirect
from tests.factories import create_article, create_editor, create_page

pytestmark = pytest.mark.django_db

LIST = reverse("admin:publishing_missingaddress_changelist")


@pytest.fixture
def counter(monkeypatch):
    """A counter of our own in place of the process's."""
    counter = AddressCounter()
    monkeypatch.setattr("publishing.middleware.missing_addresses", counter)
    return counter


def create_missing(path, *, count=1, last_seen_on=date(2026, 1, 2), **fields):
    return MissingAddress.objects.create(
        path=path, count=count, first_seen_on=date(2026, 1, 1), last_seen_on=last_seen_on, **fields
    )


def counts():
    return dict(MissingAddress.objects.values_list("path", "count"))


def test_what_is_missed_is_counted_by_its_path_alone(client, counter):
    for path in ("/gone/?name=anna", "/Gone/", "/gone/", "/es/gone/"):
        client.get(path)
    client.head("/gone/")
    client.post("/gone/")
    assert counts() == {}  # a request never writes

    counter.flush()

    assert counts() == {"/gone/": 3, "/es/gone/": 1}
    assert [field.name for field in MissingAddress._meta.fields] == [
        "id",
        "path",
        "count",
        "first_seen_on",
        "last_seen_on",
        "ignored",
    ]


def test_a_page_that_is_there_or_has_moved_is_not_missed(client, counter):
    create_page(path="")
    create_article(slug="here")
    leave_redirect("/moved/", "/news/here/")
    for path in (
        "/",
        "/news/here/",
        "/moved/",
        "/news/here/?preview=closed",
        "/admin/nothing/",
        "/media/none.jpg",
        "/static/none.css",
    ):
        client.get(path)

    counter.flush()

    assert counts() == {}


def test_counts_are_added_up_over_processes_and_days():
    create_missing("/gone/", count=5)
    for counter in (AddressCounter(), AddressCounter()):
        counter.count("/gone/")
        counter.count("/gone/")
        counter.count("/other/")
        counter.flush()
        counter.flush()

    assert counts() == {"/gone/": 9, "/other/": 2}
    gone = MissingAddress.objects.get(path="/gone/")
    assert gone.first_seen_on == date(2026, 1, 1)
    assert gone.last_seen_on > date(2026, 1, 2)


@pytest.mark.parametrize(
    "path",
    [
        "/patients/anna@example.org/",
        "/newsletter/confirm/NQ:1abcde:xyz/",
        "/call/8608898331/",
        "/" + "a" * 200 + "/",
        "/wp-login.php",
        "/index.php/",
        "/wp-content/",
        "/.env",
        "/.git/config",
        "/blog/.git/head/",
        "/backup.zip",
        "/cgi-bin/luci/",
        "/actuator/health/",
        "/.well-known/change-password/",
    ],
)
def test_what_names_a_person_or_is_an_attack_is_not_kept(path):
    assert is_worth_counting(path) is False


@pytest.mark.parametrize(
    "path",
    ["/patients-visitors/", "/news/2019/06/clinic/", "/find-a-doctor.aspx", "/maps/campus.pdf", "/café/", "/wps/"],
)
def test_what_may_have_been_a_page_is_kept(path):
    assert is_worth_counting(path) is True


def test_a_flood_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(AddressCounter, "MOST_IN_MEMORY", 3)
    counter = AddressCounter()
    for number in range(10):
        counter.count(f"/gone-{number}/")
    counter.count("/gone-0/")

    counter.flush()

    assert counts() == {"/gone-0/": 2, "/gone-1/": 1, "/gone-2/": 1}


def test_a_flood_does_not_fill_the_table(monkeypatch):
    monkeypatch.setattr(missing_addresses, "MOST_ROWS", 3)
    create_missing("/often/", count=9)
    create_missing("/once-long-ago/", count=1)
    create_missing("/last-year/", count=99, last_seen_on=date(2020, 1, 1))
    counter = AddressCounter()
    for path in ("/a/", "/b/", "/b/"):
        counter.count(path)

    counter.flush()

    assert counts() == {"/often/": 9, "/b/": 2, "/a/": 1}


def test_without_the_database_nothing_is_lost_and_nothing_grows(monkeypatch):
    monkeypatch.setattr(AddressCounter, "MOST_IN_MEMORY", 2)
    counter = AddressCounter()
    counter.count("/gone/")

    def fails(self, counts):
        raise DatabaseError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(AddressCounter, "store", fails)
        for number in range(5):
            counter.count(f"/gone-{number}/")
            counter.flush()
    counter.count("/gone/")
    counter.flush()

    assert counts() == {"/gone/": 2, "/gone-0/": 1}


def test_in_a_test_no_thread_is_started():
    counter = AddressCounter()
    counter.count("/gone/")

    assert site_settings.COUNTS_STORED_EVERY is None
    assert counter._thread is None


# For the staff.


def test_most_missed_are_told_most_asked_first():
    create_missing("/rare/", count=1)
    create_missing("/often/", count=9)
    create_missing("/ignored/", count=99, ignored=True)

    assert [missing.path for missing in most_missed(limit=5)] == ["/often/", "/rare/"]
    assert [missing.path for missing in most_missed(limit=1)] == ["/often/"]


@pytest.fixture
def webmaster(client):
    rights = ["view_missingaddress", "change_missingaddress", "add_redirect", "view_redirect"]
    editor = create_editor(permissions=rights)
    client.force_login(editor)
    return editor


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_offers_a_redirect_and_to_ignore(client, webmaster, rows, django_assert_num_queries):
    for number in range(rows):
        create_missing(f"/gone-{number}/")
    create_missing("/ignored/", ignored=True)

    with django_assert_num_queries(7):
        response = client.get(LIST)

    body = response.content.decode()
    assert response.context["cl"].result_count == rows
    assert body.count("/admin/publishing/redirect/add/?old_path=%2Fgone-0%2F") == 1
    assert body.count('aria-label="Ignore /gone-0/"') == 1


def test_one_click_ignores_and_another_offers_it_again(client, webmaster):
    missing = create_missing("/gone/")

    response = client.post(f"{LIST}ignore/", {"pk": missing.pk}, follow=True)
    assert response.context["cl"].result_count == 0
    assert client.get(LIST, {"ignored": "yes"}).context["cl"].result_count == 1

    client.post(f"{LIST}?ignored=yes", {"action": "offer_again", "_selected_action": [missing.pk]})
    assert [missing.path for missing in most_missed()] == ["/gone/"]


@pytest.mark.parametrize("pk", ["", "x", "-1", "9" * 40, "²"])
def test_a_button_of_no_row_does_nothing(client, webmaster, pk):
    missing = create_missing("/gone/")

    assert client.post(f"{LIST}ignore/", {"pk": pk}).status_code == 302
    missing.refresh_from_db()
    assert missing.ignored is False


def test_a_click_needs_the_right_and_a_post(client, webmaster):
    missing = create_missing("/gone/")
    assert client.get(f"{LIST}ignore/").status_code == 405

    client.force_login(create_editor(permissions=["view_missingaddress"]))

    assert client.post(f"{LIST}ignore/", {"pk": missing.pk}).status_code == 403
    body = client.get(LIST).content.decode()
    assert "Make a redirect" not in body
    assert "Ignore /gone/" not in body


def test_a_hostile_path_is_only_text_in_the_list(client, webmaster):
    create_missing("/'><script>alert(1)</script>/")

    body = client.get(LIST).content.decode()

    assert "<script>alert" not in body
