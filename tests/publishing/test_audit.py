import csv
import io

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from publishing import audit
from publishing.models import AppendOnlyError, AuditEntry
from publishing.spreadsheet_cells import plain_cell
from tests.factories import create_article, create_editor, create_superuser
from tests.responses import body_of

pytestmark = pytest.mark.django_db

Action = AuditEntry.Action
LIST = reverse("admin:publishing_auditentry_changelist")
PASSWORD = "correct horse battery"


def log(*fields, **filters):
    """Return the entries in the order of their making, as tuples of `fields`."""
    return list(AuditEntry.objects.filter(**filters).order_by("pk").values_list(*fields))


def forget():
    """Take away what the arranging of a test has written."""
    empty = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
    with connection.cursor() as cursor:
        cursor.execute(f"{empty} publishing_auditentry")


@pytest.fixture
def viewer():
    return create_editor(permissions=["view_auditentry"])


def test_an_entry_says_who_did_what_to_which_thing():
    editor = create_editor()
    article = create_article(headline="New clinic")

    audit.record(Action.PUBLISHED, user=editor, thing=article, details="At once.")

    assert log("action", "user_pk", "user_name", "thing_model", "thing_pk", "thing_title", "details")[-1] == (
        "published",
        editor.pk,
        editor.username,
        "news.article",
        str(article.pk),
        "New clinic",
        "At once.",
    )
    assert AuditEntry.objects.filter(thing_model="news.article", thing_pk=str(article.pk)).count() == 1


def test_an_entry_stays_when_its_user_and_its_thing_are_deleted():
    editor = create_editor()
    article = create_article(headline="New clinic")
    entry = audit.record(Action.PUBLISHED, user=editor, thing=article)
    name = editor.username

    article.delete()
    editor.delete()

    entry.refresh_from_db()
    assert (entry.user_name, entry.thing_title) == (name, "New clinic")


def test_a_command_is_nobody_and_a_model_is_a_thing():
    audit.record_export(get_user_model(), rows=3)

    assert log("user_pk", "user_name", "thing_model", "thing_pk", "details") == [(None, "", "auth.user", "", "Rows: 3")]


def test_long_and_hostile_texts_are_cut_to_what_is_stored():
    entry = audit.record(Action.LOGIN, user=get_user_model()(username="a\x00b" * 100), details="one\ntwo\x1b[0m\x00")

    entry.refresh_from_db()
    assert entry.user_name == ("a b" * 100)[:150]
    assert entry.details == "one two [0m"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda entry: entry.save(), id="save"),
        pytest.param(lambda entry: entry.delete(), id="delete"),
        pytest.param(lambda entry: AuditEntry.objects.update(details="x"), id="update"),
        pytest.param(lambda entry: AuditEntry.objects.all().delete(), id="delete-all"),
        pytest.param(lambda entry: AuditEntry.objects.bulk_update([entry], ["details"]), id="bulk-update"),
        pytest.param(
            lambda entry: AuditEntry.objects.update_or_create(pk=entry.pk, defaults={"details": "x"}), id="or"
        ),
        pytest.param(
            lambda entry: AuditEntry.objects.bulk_create(
                [entry], update_conflicts=True, unique_fields=["id"], update_fields=["details"]
            ),
            id="upsert",
        ),
    ],
)
def test_an_entry_is_never_changed(change):
    entry = audit.record(Action.LOGIN, user=create_editor(), details="first")
    before = AuditEntry.objects.count()

    with pytest.raises(AppendOnlyError):
        change(entry)

    assert AuditEntry.objects.count() == before
    assert AuditEntry.objects.get(pk=entry.pk).details == "first"


def test_the_database_itself_refuses_a_change():
    entry = audit.record(Action.LOGIN, user=create_editor(), details="first")
    refused = ["UPDATE publishing_auditentry SET details = 'x'"]
    if connection.vendor == "postgresql":
        refused.append("DELETE FROM publishing_auditentry")

    for sql in refused:
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    assert AuditEntry.objects.get(pk=entry.pk).details == "first"


# What writes itself.


def test_logins_write_themselves_without_a_password(client, settings):
    # Django's own page after logging out asks for the session that has just ended.
    settings.ZEAL_ALLOWLIST = [{"model": "sessions.Session", "field": "*"}]
    editor = create_editor()
    forget()

    client.post(reverse("admin:login"), {"username": "x" * 151, "password": "secret"})
    client.post(reverse("admin:login"), {"username": editor.username, "password": PASSWORD})
    client.post(reverse("admin:logout"))

    assert log("action", "user_name", "user_pk", "details") == [
        ("login failed", "x" * 150, None, ""),
        ("login", editor.username, editor.pk, ""),
        ("logout", editor.username, editor.pk, ""),
    ]


def test_changes_of_groups_and_permissions_write_themselves():
    group = Group.objects.create(name="Reviewer")
    editor = create_editor()
    right = Permission.objects.get(codename="change_article")
    before = AuditEntry.objects.count()

    editor.groups.add(group)
    editor.groups.add(group)  # nothing new
    editor.user_permissions.set([right])
    editor.user_permissions.clear()
    group.permissions.add(right)
    group.user_set.remove(editor)
    right.user_set.add(editor)
    right.user_set.clear()

    assert log("action", "thing_title", "details")[before:] == [
        ("permission changed", editor.username, "Given: Reviewer"),
        ("permission changed", editor.username, "Given: news.change_article"),
        ("permission changed", editor.username, "Taken: news.change_article"),
        ("permission changed", "Reviewer", "Given: news.change_article"),
        ("permission changed", "Reviewer", f"Taken: {editor.username}"),
        ("permission changed", str(right), f"Given: {editor.username}"),
        ("permission changed", str(right), f"Taken: {editor.username}"),
    ]


def test_changes_of_an_account_write_themselves():
    user = get_user_model().objects.create_user("anna", password=PASSWORD)
    user.is_staff = user.is_superuser = True
    user.save()
    user.first_name = "Anna"
    user.save()
    user.set_password("another " + PASSWORD)
    user.save()
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.delete()

    assert log("action", "thing_title", "details") == [
        ("permission changed", "anna", "Account made; staff: no, superuser: no, active: yes"),
        ("permission changed", "anna", "staff: yes, superuser: yes"),
        ("password changed", "anna", ""),
        ("permission changed", "anna", "active: no"),
        ("deleted", "anna", ""),
    ]


def test_a_password_hashed_anew_at_login_was_not_changed(client, settings):
    editor = create_editor()
    forget()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]
    hashed = editor.password

    client.login(username=editor.username, password=PASSWORD)

    editor.refresh_from_db()
    assert editor.password != hashed
    assert log("action") == [("login",)]


def test_whoever_is_signed_in_is_named(client):
    chief = create_superuser()
    client.force_login(chief)
    forget()

    client.post(reverse("admin:auth_group_add"), {"name": "Reviewer", "permissions": [Permission.objects.first().pk]})

    assert log("user_name", "action", "thing_title") == [(chief.username, "permission changed", "Reviewer")]


# The admin's list.


def test_nobody_can_change_the_log_in_the_admin(client):
    entry = audit.record(Action.LOGIN, user=create_editor())
    client.force_login(create_superuser())
    page = f"/admin/publishing/auditentry/{entry.pk}"

    answers = {
        "add": client.get(reverse("admin:publishing_auditentry_add")).status_code,
        "change": client.post(f"{page}/change/", {"details": "x"}).status_code,
        "delete": client.post(f"{page}/delete/", {"post": "yes"}).status_code,
    }
    client.post(LIST, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})

    assert answers == {"add": 403, "change": 403, "delete": 403}
    entry.refresh_from_db()
    assert entry.details == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_whoever_may_view_the_log_reads_it(client, viewer, rows, django_assert_num_queries):
    client.force_login(viewer)
    forget()
    for _ in range(rows):
        audit.record(Action.PUBLISHED, user=viewer, thing=create_article())

    with django_assert_num_queries(9):
        response = client.get(LIST)

    assert response.context["cl"].result_count == rows
    assert client.get(f"/admin/publishing/auditentry/{AuditEntry.objects.first().pk}/change/").status_code == 200


def test_the_log_is_searched_and_filtered(client, viewer):
    client.force_login(viewer)
    forget()
    audit.record(Action.PUBLISHED, user=viewer, thing=create_article(headline="New clinic"))
    audit.record(Action.DELETED, user=viewer, thing=create_article(headline="Old clinic"))

    found = client.get(LIST, {"q": "clinic", "action__exact": "deleted"}).context["cl"].result_list

    assert [entry.thing_title for entry in found] == ["Old clinic"]


def test_entries_about_no_thing_have_a_name_in_the_filter(client, viewer):
    client.force_login(viewer)
    forget()
    audit.record(Action.LOGIN, user=viewer)
    audit.record(Action.PUBLISHED, user=viewer, thing=create_article())

    changelist = client.get(LIST).context["cl"]
    kinds = next(spec for spec in changelist.filter_specs if spec.title == "kind of thing")

    assert [str(choice["display"]) for choice in kinds.choices(changelist)] == ["All", "(none)", "news.article"]


def test_others_do_not_see_the_log(client):
    client.force_login(create_editor(permissions=["change_article", "view_article"]))

    assert client.get(LIST).status_code == 403
    assert client.post(LIST, {"action": "export", "select_across": "1", "_selected_action": ["1"]}).status_code == 403


def test_an_export_is_written_to_the_log_and_holds_no_formula(client, viewer):
    client.force_login(viewer)
    forget()
    audit.record(Action.PUBLISHED, user=viewer, thing=create_article(headline="=HYPERLINK(1)"), details="+1")

    response = client.post(LIST, {"action": "export", "select_across": "1", "_selected_action": ["1"]})
    rows = list(csv.DictReader(io.StringIO(body_of(response).decode("utf-8-sig"))))

    assert [(row["action"], row["thing_title"], row["details"]) for row in rows][-1] == (
        "published",
        "'=HYPERLINK(1)",
        "'+1",
    )
    assert log("action", "user_name", "thing_model", "details")[-1] == (
        "exported",
        viewer.username,
        "publishing.auditentry",
        "Rows: 1",
    )


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("News", "News"),
        ("", ""),
        (None, ""),
        (7, "7"),
    ],
)
def test_a_cell_is_never_a_formula(value, cell):
    assert plain_cell(value) == cell
