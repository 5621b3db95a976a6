import io

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from backus_site.roles import ROLES, rights_of
from tests.factories import create_editor

pytestmark = pytest.mark.django_db


def ensure_roles(**options):
    """Run the command and return the lines that it said."""
    said = io.StringIO()
    call_command("ensure_roles", stdout=said, **options)
    return said.getvalue().splitlines()


def rights_in(group):
    return set(group.permissions.values_list("content_type__app_label", "codename"))


@pytest.mark.either_database
def test_every_role_has_the_rights_of_the_table_and_no_others():
    lines = ensure_roles()

    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    assert {group.name: rights_in(group) for group in Group.objects.all()} == {role: rights_of(role) for role in ROLES}
    assert "Reviewer: made" in lines
    assert "Reviewer: given news.publish_article" in lines


def test_every_right_of_the_table_is_one_of_the_site():
    known = set(Permission.objects.values_list("content_type__app_label", "codename"))

    assert {role: rights_of(role) - known for role in ROLES} == {role: set() for role in ROLES}


def test_the_second_time_there_is_nothing_to_say():
    ensure_roles()

    assert ensure_roles() == []


def test_it_can_be_told_to_say_nothing():
    assert ensure_roles(verbosity=0) == []
    assert Group.objects.count() == len(ROLES)


def test_what_differs_from_the_table_is_put_right_and_told():
    ensure_roles()
    group = Group.objects.get(name="Audit viewer")
    group.permissions.set(Permission.objects.filter(codename="change_user"))

    assert ensure_roles() == ["Audit viewer: given publishing.view_auditentry", "Audit viewer: taken auth.change_user"]
    assert rights_in(group) == {("publishing", "view_auditentry")}


def test_users_and_other_groups_stay_as_they_are():
    right = Permission.objects.get(codename="delete_user")
    other = Group.objects.create(name="Night shift")
    other.permissions.add(right)
    editor = create_editor(permissions=["change_page"])
    ensure_roles()
    editor.groups.add(Group.objects.get(name="News editor"))

    ensure_roles()

    assert rights_in(other) == {("auth", "delete_user")}
    assert [group.name for group in editor.groups.all()] == ["News editor"]
    assert [right.codename for right in editor.user_permissions.all()] == ["change_page"]


def test_a_right_that_is_not_known_yet_is_named_and_left_out():
    Permission.objects.filter(codename="publish_article").delete()

    lines = ensure_roles()

    assert "News editor: left out news.publish_article, which this site does not know" in lines
    assert ("news", "change_article") in rights_in(Group.objects.get(name="News editor"))


def test_the_administrator_may_do_all_that_any_role_may():
    others = set().union(*(rights_of(role) for role in ROLES))

    assert rights_of("Site administrator") == others


def test_every_model_of_the_table_is_there():
    for role, table in ROLES.items():
        for model in table:
            assert apps.get_model(model) is not None, role
