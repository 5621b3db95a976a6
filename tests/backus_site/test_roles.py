"""Every address of the admin, asked for as every role: 200 where the table of roles allows it, else 403."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.template.backends.django import Template
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from backus_site.roles import ROLES
from directory.models import NumberMention
from ertimes.feed_keys import issue_key
from events.models import Audience
from events.models import Topic as EventTopic
from newsletter.models import Mailing, UnreadMessage
from newsletter.suppression import suppress
from publishing import audit
from publishing.models import MissingAddress, Upload
from publishing.redirects import leave_redirect
from search.models import BestBet, LayWord, MissedSearch
from tests.factories import (
    create_alert,
    create_arrival_notice,
    create_article,
    create_cafe_menu,
    create_contact,
    create_department,
    create_digest,
    create_document,
    create_editor,
    create_event,
    create_holiday,
    create_image,
    create_issue,
    create_location,
    create_mailing_list,
    create_menu_item,
    create_page,
    create_person,
    create_promotion,
    create_reading,
    create_registration,
    create_service,
    create_subscriber,
    create_superuser,
    create_text_alert,
    create_topic,
    create_video,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture(autouse=True)
def two_users_in_a_request(settings):
    """Let a request ask for two users one by one: who is signed in, and whose account is open."""
    twice = [{"model": "auth.User", "field": "get()"}, {"model": "sessions.Session", "field": "get()"}]
    settings.ZEAL_ALLOWLIST = [*settings.ZEAL_ALLOWLIST, *twice]


NOBODY = "a member of the staff without a role"


@pytest.fixture
def things():
    """One thing of every model that has a screen, by model."""
    today = timezone.localdate()
    contact, department = create_contact(), create_department()
    found = [
        contact,
        contact.section,
        department,
        create_reading(department=department),
        create_arrival_notice(department=department),
        issue_key(department, "Interface engine", None)[0],
        create_location(),
        create_person(),
        create_service(),
        create_holiday(),
        article := create_article(),
        NumberMention.objects.create(thing=article, row_model="news.article", row_id=article.pk, state="unknown"),
        create_topic(),
        create_cafe_menu(dishes=[{}]),
        event := create_event(),
        create_registration(event.dates.get()),
        EventTopic.objects.create(name="Heart health", slug="heart-health"),
        Audience.objects.create(name="Caregivers", slug="caregivers"),
        create_page(),
        create_alert(),
        create_promotion(),
        create_menu_item(),
        create_image(),
        create_document(),
        Upload.objects.create(
            kind=Upload.Kind.PICTURE, file="images/new.jpg", size=1, uploaded_as="new.jpg", uploaded_by=create_editor()
        ),
        create_video(),
        create_subscriber(),
        create_mailing_list(),
        create_text_alert(),
        suppress("gone@example.org", "asked"),
        UnreadMessage.objects.create(key="1", problem="It is no report."),
        Mailing.objects.create(subject="Healthy at home", text="Words"),
        create_issue(),
        create_digest(),
        create_editor(),
        Group.objects.create(name="Night shift"),
        leave_redirect("/old/", "/new/"),
        MissingAddress.objects.create(path="/gone/", first_seen_on=today, last_seen_on=today),
        audit.record(audit.Action.EXPORTED),
        LayWord.objects.create(words="ticker", means="cardiology"),
        BestBet.objects.create(queries="parking", path="/locations/"),
        MissedSearch.objects.create(week=today, digest="x", words="unicorn", count=3),
        DBTaskResult.objects.create(args_kwargs={"args": [], "kwargs": {}}, task_path="x", run_after=get_date_max()),
    ]
    return {type(thing): thing for thing in found}


@pytest.fixture
def somebody():
    """Return a function that makes a member of the staff with a role."""
    call_command("ensure_roles", verbosity=0)

    def with_role(role):
        user = create_editor()
        if role != NOBODY:
            user.groups.add(Group.objects.get(name=role))
        return User.objects.get(pk=user.pk)

    return with_role


def rights_on(role, label):
    """Return the rights of `role` on the model called `label`, as the table says."""
    table = ROLES.get(role, {})
    if label == "publishing.upload":  # the way into the library, for whoever may add to it
        adds = {name for name in ("publishing.image", "publishing.document") if "add" in table.get(name, "").split()}
        return {"view"} if adds else set()
    return set(table.get(label, "").split())


def addresses_of(model_admin, thing):
    """Yield (what, address) of every screen of a model; `what` is the end of its name: "changelist", "publish"."""
    start = f"{thing._meta.app_label}_{thing._meta.model_name}_"
    for pattern in model_admin.get_urls():
        # UserAdmin names the screen of the password auth_user_password_change.
        name = pattern.name or ""
        if name.startswith(start):
            for arguments in ([], [thing.pk]):
                try:
                    yield name.removeprefix(start), reverse(f"admin:{name}", args=arguments)
                except NoReverseMatch:
                    continue


def expected_answers(what, rights, possible):
    """Return the set of answers that are right for somebody with `rights` at the screen `what`.

    `possible` is what the screens let a superuser do: there are things that nobody may change.
    """
    reads = bool({"view", "change"} & rights & possible)
    needs = {
        "changelist": reads,
        "change": reads,
        "history": reads,
        "add": "add" in rights & possible,
        "delete": "delete" in rights & possible,
        "password_change": "change" in rights & possible,
        "publish": "publish" in rights,
        "unpublish": "publish" in rights,
    }
    if what in needs:
        return {200, 302} if needs[what] else {403}
    # What else the desk offers, each to some of those who may read or add.
    return {200, 302, 403, 405} if reads or "add" in rights else {403}


@pytest.fixture
def blank_pages(monkeypatch):
    """Leave the pages blank: who only asks whether a screen opens need not wait for its page to be written out."""
    monkeypatch.setattr(Template, "render", lambda *_: "")


@pytest.mark.parametrize("role", [NOBODY, *ROLES])
def test_every_screen_answers_a_role_as_the_table_says(client, somebody, things, blank_pages, role):
    user = somebody(role)
    client.force_login(user)
    superuser_asks = RequestFactory().get("/admin/")
    superuser_asks.user = create_superuser()
    wrong = {}

    for model, model_admin in admin.site._registry.items():
        thing = things[model]
        rights = rights_on(role, thing._meta.label_lower)
        possible = {
            act
            for act in ("view", "add", "change", "delete")
            if getattr(model_admin, f"has_{act}_permission")(superuser_asks)
        }
        asked = list(addresses_of(model_admin, thing))
        assert {"changelist", "add", "change", "delete", "history"} <= {what for what, _address in asked}
        for what, address in asked:
            status = client.get(address).status_code
            if status not in expected_answers(what, rights, possible):
                wrong[address] = (status, sorted(rights))

    assert wrong == {}


@pytest.mark.parametrize("role", [NOBODY, *ROLES])
def test_the_front_page_lists_what_a_role_may_touch(client, somebody, role):
    client.force_login(somebody(role))

    apps = client.get(reverse("admin:index")).context["app_list"]

    listed = {f"{app['app_label']}.{model['object_name'].lower()}" for app in apps for model in app["models"]}
    screens = {model._meta.label_lower for model in admin.site._registry}
    assert listed == {label for label in screens if rights_on(role, label)}


def test_a_visitor_is_asked_to_sign_in_everywhere(client, things):
    wrong = {}
    for model, model_admin in admin.site._registry.items():
        for _what, address in addresses_of(model_admin, things[model]):
            response = client.get(address)
            if (response.status_code, response.get("Location", "").partition("?")[0]) != (302, reverse("admin:login")):
                wrong[address] = response.status_code

    assert wrong == {}


def test_a_role_posts_no_more_than_it_sees(client, somebody, things):
    client.force_login(somebody("Audit viewer"))
    wrong = {}
    for model, model_admin in admin.site._registry.items():
        if model is audit.AuditEntry:
            continue
        for _what, address in addresses_of(model_admin, things[model]):
            status = client.post(address, {"post": "yes"}).status_code
            if status != 403:
                wrong[address] = status

    assert wrong == {}


# Accounts: nobody lifts himself or another above himself.


@pytest.fixture
def administrator(client, somebody):
    user = somebody("Site administrator")
    client.force_login(user)
    return user


def account_form(user, **changes):
    """Return what the form of an account posts."""
    user = User.objects.get(pk=user.pk)
    data = {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "is_active": "on" if user.is_active else "",
        "is_staff": "on" if user.is_staff else "",
        "groups": list(user.groups.values_list("pk", flat=True)),
        "user_permissions": list(user.user_permissions.values_list("pk", flat=True)),
        "date_joined_0": "2021-06-04",
        "date_joined_1": "12:00:00",
    }
    return {name: value for name, value in {**data, **changes}.items() if value != ""}


def change_address(thing):
    return reverse(f"admin:auth_{thing._meta.model_name}_change", args=[thing.pk])


def test_an_administrator_gives_a_colleague_a_role(client, administrator):
    editor = create_editor()
    role = Group.objects.get(name="News editor")

    response = client.post(change_address(editor), account_form(editor, first_name="Ben", groups=[role.pk]))

    assert response.status_code == 302
    editor.refresh_from_db()
    assert (editor.first_name, list(editor.groups.all())) == ("Ben", [role])


@pytest.mark.parametrize("whom", ["himself", "another"])
def test_an_administrator_makes_nobody_a_superuser(client, administrator, whom):
    user = administrator if whom == "himself" else create_editor()

    response = client.post(change_address(user), account_form(user, is_superuser="on"))

    assert response.status_code == 302
    user.refresh_from_db()
    assert user.is_superuser is False


@pytest.mark.parametrize("whom", ["himself", "another"])
def test_an_administrator_gives_no_right_that_he_has_not(client, administrator, whom):
    user = administrator if whom == "himself" else create_editor()
    right = audit.Permission.objects.get(codename="delete_session")
    group = Group.objects.create(name="Engineers")
    group.permissions.add(right)

    for change in ({"user_permissions": [right.pk]}, {"groups": [group.pk]}):
        response = client.post(change_address(user), account_form(user, **change))
        assert response.status_code == 200
        assert list(response.context["adminform"].form.errors) == list(change)

    assert User.objects.get(pk=user.pk).has_perm("sessions.delete_session") is False


def test_an_administrator_does_not_touch_who_may_more(client, administrator):
    superuser = create_superuser()
    engineer = create_editor(permissions=["delete_session"])
    closed = create_editor(permissions=["delete_session"], is_active=False)

    for user in (superuser, engineer, closed):
        password = reverse("admin:auth_user_password_change", args=[user.pk])
        answers = [
            client.get(password).status_code,
            client.post(password, {"password1": "new horse battery", "password2": "new horse battery"}).status_code,
            client.post(change_address(user), account_form(user, email="x@example.org")).status_code,
            client.post(reverse("admin:auth_user_delete", args=[user.pk]), {"post": "yes"}).status_code,
        ]
        client.post(
            reverse("admin:auth_user_changelist"),
            {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"},
        )
        stored = User.objects.get(pk=user.pk)
        assert answers == [403, 403, 403, 403]
        assert (stored.email, stored.password) == (user.email, user.password)


def test_an_administrator_changes_the_password_of_a_colleague(client, administrator, somebody):
    editor = somebody("News editor")
    words = "a new horse battery"

    client.post(
        reverse("admin:auth_user_password_change", args=[editor.pk]),
        {"password1": words, "password2": words, "usable_password": "true"},
    )

    editor.refresh_from_db()
    assert editor.check_password(words) is True


def test_an_administrator_puts_no_right_into_a_group_that_he_has_not(client, administrator):
    group = Group.objects.create(name="Night shift")
    engineers = Group.objects.create(name="Engineers")
    right = audit.Permission.objects.get(codename="delete_session")
    engineers.permissions.add(right)

    refused = client.post(change_address(group), {"name": "Night shift", "permissions": [right.pk]})
    closed = client.post(change_address(engineers), {"name": "Engineers", "permissions": []})

    assert list(refused.context["adminform"].form.errors) == ["permissions"]
    assert closed.status_code == 403
    assert list(engineers.permissions.all()) == [right]


def test_a_superuser_may_give_everything(client):
    client.force_login(create_superuser())
    editor = create_editor()

    client.post(change_address(editor), account_form(editor, is_superuser="on"))

    editor.refresh_from_db()
    assert editor.is_superuser is True
