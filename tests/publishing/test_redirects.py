import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from publishing.models import AuditEntry, MissingAddress, Redirect
from publishing.redirects import address_changed, address_live, leave_redirect, new_address
from tests.factories import create_article, create_editor, create_page, create_superuser

ADD = reverse("admin:publishing_redirect_add")
LIST = reverse("admin:publishing_redirect_changelist")


def table():
    return dict(Redirect.objects.values_list("old_path", "new_path"))


# The table.


@pytest.mark.django_db
def test_a_redirect_leads_from_the_old_to_the_new_address():
    editor = create_editor()

    redirect = leave_redirect("/news/Old", "/news/new/", user=editor)

    assert (redirect.old_path, redirect.new_path, redirect.by, redirect.made_by_hand) == (
        "/news/old/",
        "/news/new/",
        editor,
        False,
    )
    entry = AuditEntry.objects.get(action="redirect made")
    assert (entry.user_name, entry.thing_title) == (editor.username, "/news/old/ → /news/new/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param(["/a/ /b/", "/b/ /c/"], {"/a/": "/c/", "/b/": "/c/"}, id="moved-twice"),
        pytest.param(["/b/ /c/", "/a/ /b/"], {"/a/": "/c/", "/b/": "/c/"}, id="led-to-what-has-moved"),
        pytest.param(["/a/ /b/", "/b/ /a/"], {"/b/": "/a/"}, id="moved-back"),
        pytest.param(["/a/ /b/", "/b/ /c/", "/c/ /a/"], {"/b/": "/a/", "/c/": "/a/"}, id="moved-in-a-circle"),
        pytest.param(["/a/ /b/", "/a/ /c/"], {"/a/": "/c/"}, id="said-anew"),
        pytest.param(["/a/ /b/?page=2", "/b/ /c/"], {"/a/": "/c/", "/b/": "/c/"}, id="with-a-query"),
        pytest.param(["/a/ /b/#top", "/b/ /a/"], {"/b/": "/a/"}, id="with-a-part"),
        pytest.param(
            ["/a/ /b/", "/b/ https://e.example/"],
            {"/a/": "https://e.example/", "/b/": "https://e.example/"},
            id="left-the-site",
        ),
    ],
)
def test_there_is_never_a_chain_or_a_loop(steps, expected):
    for step in steps:
        leave_redirect(*step.split())

    assert table() == expected


@pytest.mark.django_db
@pytest.mark.parametrize(("old", "new"), [("/a/", "/a"), ("/a/", "/A/?x=1"), ("/a/", "/a/#b")])
def test_a_redirect_to_itself_is_refused(old, new):
    with pytest.raises(ValidationError):
        leave_redirect(old, new)

    assert table() == {}


@pytest.mark.django_db
def test_the_database_refuses_a_redirect_to_itself():
    with pytest.raises(IntegrityError), transaction.atomic():
        Redirect.objects.create(old_path="/a/", new_path="/a/")


class AnyMoves(TestCase):
    @given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=12))
    def test_whatever_moves_every_visitor_makes_one_step(self, moves):
        Redirect.objects.all().delete()
        for old, new in moves:
            if old != new:
                leave_redirect(f"/{old}/", f"/{new}/")

        redirects = table()
        assert [new for new in redirects.values() if new in redirects] == []
        for old, _new in [move for move in moves if move[0] != move[1]][-1:]:
            assert f"/{old}/" in redirects


@pytest.mark.django_db(transaction=True)
@pytest.mark.several_writers
def test_two_who_move_pages_at_once_make_no_loop():
    errors = []

    def move(barrier, old, new):
        try:
            barrier.wait()
            leave_redirect(old, new)
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    for _ in range(10):
        Redirect.objects.all().delete()
        barrier = threading.Barrier(3)
        threads = [
            threading.Thread(target=move, args=(barrier, old, new))
            for old, new in [("/a/", "/b/"), ("/b/", "/c/"), ("/c/", "/a/")]
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        redirects = table()
        assert errors == []
        assert [new for new in redirects.values() if new in redirects] == []


# What the desk calls.


@pytest.mark.django_db
def test_a_page_that_moved_leaves_a_redirect():
    article = create_article(slug="new")
    MissingAddress.objects.create(path="/news/old/", first_seen_on="2026-01-01", last_seen_on="2026-01-01")

    redirect = address_changed(article, "/news/old/")

    assert (redirect.old_path, redirect.new_path) == ("/news/old/", "/news/new/")
    assert MissingAddress.objects.count() == 0


@pytest.mark.django_db
def test_a_page_that_moved_back_is_not_led_away_again():
    article = create_article(slug="first")
    leave_redirect("/news/first/", "/news/elsewhere/")

    address_changed(article, "/news/second/")

    assert table() == {"/news/second/": "/news/first/"}


@pytest.mark.django_db
def test_an_address_that_stays_leaves_nothing():
    assert address_changed(create_article(slug="same"), "/news/same/") is None
    assert address_changed(create_page(path="former-home"), "/") is None
    assert table() == {}


@pytest.mark.django_db
def test_a_page_at_a_former_address_ends_the_redirect():
    leave_redirect("/news/old/", "/news/new/")
    leave_redirect("/news/older/", "/news/new/")

    address_live(create_article(slug="old"))

    assert table() == {"/news/older/": "/news/new/"}
    assert AuditEntry.objects.filter(action="redirect removed").count() == 1


# What a visitor gets.


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("/news/old/", "/news/new/"),
        ("/NEWS/Old/", "/news/new/"),
        ("/news/old/?utm=x&a=%20b", "/news/new/?utm=x&a=%20b"),
        ("/es/news/old/", "/es/news/new/"),
        ("/es/patients/", "/es/pacientes/"),
        ("/caf%C3%A9/", "/news/?page=2#top"),
        ("/caf%C3%A9/?a=1", "/news/?page=2&a=1#top"),
        ("/portal/", "https://mychart.example.com/"),
        ("/portal/?name=anna", "https://mychart.example.com/"),
        ("/es/portal/", "https://mychart.example.com/"),
        ("/plan/", "/media/Plan.pdf"),
        ("/es/plan/", "/media/Plan.pdf"),
        ("/es/robots/", "/robots.txt"),
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_visitor_is_led_to_the_new_address(client, asked, answer, method):
    for old, new in [
        ("/news/old/", "/news/new/"),
        ("/es/patients/", "/es/pacientes/"),
        ("/patients/", "/services/"),
        ("/café/", "/news/?page=2#top"),
        ("/portal/", "https://mychart.example.com/"),
        ("/plan/", "/media/Plan.pdf"),
        ("/robots/", "/robots.txt"),
    ]:
        leave_redirect(old, new)

    response = getattr(client, method)(asked)

    assert (response.status_code, response["Location"]) == (301, answer)
    assert response["Cache-Control"] == "no-cache"
    assert response.cookies == {}


@pytest.mark.django_db
def test_an_address_without_its_slash_is_found_too(client):
    leave_redirect("/news/old/", "/news/new/")

    response = client.get("/news/old", follow=True)

    assert [address for address, _status in response.redirect_chain] == ["/news/old/", "/news/new/"]


@pytest.mark.django_db
def test_a_page_that_is_there_is_shown_and_asks_for_no_redirect(client, django_assert_num_queries):
    create_article(slug="new")
    client.get("/news/new/")
    with CaptureQueriesContext(connection) as before:
        client.get("/news/new/")

    leave_redirect("/news/new/", "/news/elsewhere/")
    with django_assert_num_queries(len(before)):
        response = client.get("/news/new/")

    assert response.status_code == 200
    assert [query for query in before.captured_queries if "redirect" in query["sql"]] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/nowhere/", "/%00/", "/%ff/", "/a//nowhere/", "/a/../b/", "/" + "a" * 2000 + "/", "/es/nowhere/"]
)
def test_without_a_redirect_it_is_not_found(client, path):
    create_page(path="")
    leave_redirect("/old/", "/new/")

    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_nothing_is_sent_on_but_what_was_asked_for(client):
    leave_redirect("/old-page/", "/newsletter/")

    assert client.post("/OLD-page/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/old/", "/api/old/", "/media/old/", "/static/old/"])
def test_screens_of_the_staff_and_files_are_never_led_away(client, path):
    Redirect.objects.create(old_path=path, new_path="/")  # got in by some other way
    client.force_login(create_superuser())

    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_an_address_is_looked_up_in_one_query(django_assert_num_queries):
    leave_redirect("/old/", "/news/new/")

    with django_assert_num_queries(1):
        assert new_address("/es/old/") == "/es/news/new/"


@pytest.mark.django_db
def test_without_the_database_the_page_is_still_not_found(client, monkeypatch):
    def fails(path):
        raise DatabaseError("gone")

    monkeypatch.setattr("publishing.middleware.new_address", fails)

    assert client.get("/nowhere/").status_code == 404


# The admin.


@pytest.fixture
def webmaster(client):
    editor = create_editor(permissions=[f"{act}_redirect" for act in ("add", "change", "delete", "view")])
    client.force_login(editor)
    return editor


@pytest.mark.django_db
def test_a_redirect_is_made_by_hand(client, webmaster):
    leave_redirect("/before/", "/old/")

    response = client.post(ADD, {"old_path": "/Old", "new_path": "/new"})

    assert response.status_code == 302
    redirect = Redirect.objects.get(old_path="/old/")
    assert (redirect.new_path, redirect.made_by_hand, redirect.by) == ("/new/", True, webmaster)
    assert table()["/before/"] == "/new/"


@pytest.mark.django_db
def test_a_redirect_is_changed_and_told_where_it_leads_in_the_end(client, webmaster):
    leave_redirect("/moved/", "/final/")
    redirect = leave_redirect("/old/", "/new/")

    response = client.post(f"/admin/publishing/redirect/{redirect.pk}/change/", {"new_path": "/moved/"}, follow=True)

    assert table() == {"/moved/": "/final/", "/old/": "/final/"}
    assert "/moved/ has moved itself, so visitors are led straight to /final/." in [
        str(message) for message in response.context["messages"]
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("/a/", "/a", "new_path"),
        ("/a/", "javascript:alert(1)", "new_path"),
        ("/a/", "//evil.example/", "new_path"),
        ("https://elsewhere.example/", "/b/", "old_path"),
        ("/admin/", "/b/", "old_path"),
        ("/a/?p=1", "/b/", "old_path"),
        ("\x00", "/b/", "old_path"),
        ("", "", "old_path"),
        ("/taken/", "/b/", "old_path"),
    ],
)
def test_a_wrong_redirect_is_told_beside_its_field(client, webmaster, old, new, field):
    leave_redirect("/taken/", "/new/")

    response = client.post(ADD, {"old_path": old, "new_path": new})

    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
    assert table() == {"/taken/": "/new/"}


@pytest.mark.django_db
def test_a_wrong_change_is_told_beside_its_field(client, webmaster):
    redirect = leave_redirect("/old/", "/new/")

    response = client.post(f"/admin/publishing/redirect/{redirect.pk}/change/", {"new_path": "/old/"})

    assert list(response.context["adminform"].form.errors) == ["new_path"]


@pytest.mark.django_db
def test_a_removed_redirect_is_in_the_audit_log(client, webmaster):
    one, two = leave_redirect("/one/", "/new/"), leave_redirect("/two/", "/new/")

    client.post(f"/admin/publishing/redirect/{one.pk}/delete/", {"post": "yes"})
    client.post(LIST, {"action": "delete_selected", "_selected_action": [two.pk], "post": "yes"})

    assert table() == {}
    removed = AuditEntry.objects.filter(action="redirect removed").order_by("pk")
    assert list(removed.values_list("thing_title", "user_name")) == [
        ("/one/ → /new/", webmaster.username),
        ("/two/ → /new/", webmaster.username),
    ]


@pytest.mark.django_db
def test_the_form_offers_pages_that_are_spelled_alike(client, webmaster):
    create_article(slug="new-heart-clinic-opens")
    create_article(slug="heart-month")
    create_article(slug="heart-clinic", published_at=None)
    create_page(path="about-hearts")

    body = client.get(ADD, {"old_path": "/news/heart-clinic-opens/"}).content.decode()

    assert 'value="/news/heart-clinic-opens/"' in body
    assert "old_path=%2Fnews%2Fheart-clinic-opens%2F&amp;new_path=%2Fnews%2Fnew-heart-clinic-opens%2F" in body
    assert "new_path=%2Fnews%2Fheart-clinic%2F" not in body  # a draft


@pytest.mark.django_db
@pytest.mark.parametrize("old_path", ["", "/x/", "//", "\x00", "/<script>/", "/" + "a" * 999])
def test_the_form_opens_whatever_it_is_filled_with(client, webmaster, old_path):
    response = client.get(ADD, {"old_path": old_path, "new_path": '"><script>'})

    assert response.status_code == 200
    assert b"<script>/" not in response.content
    assert b'"><script>"' not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(client, webmaster, rows, django_assert_num_queries):
    for number in range(rows):
        leave_redirect(f"/old-{number}/", "/new/", user=create_editor())

    with django_assert_num_queries(7):
        assert client.get(LIST).context["cl"].result_count == rows
