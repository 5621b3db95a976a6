"""The conflict desk as the directory's keeper uses it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from directory import panels
from directory.conflicts import Kind, cases_of, find_conflicts
from directory.models import ConflictDecision, Contact
from publishing.dashboard import Viewer, panels_for
from tests.factories import create_check, create_contact, create_editor, create_section

pytestmark = pytest.mark.django_db

LIST, CASE = reverse("admin:directory_contact_conflicts"), reverse("admin:directory_contact_case")
KEY = "same_name:human resources"


@pytest.fixture
def keeper(client):
    call_command("ensure_roles", verbosity=0)
    user = create_editor(first_name="Kim", last_name="Park")
    user.groups.add(Group.objects.get(name="Directory maintainer"))
    client.force_login(user)
    return user


@pytest.fixture
def two_numbers():
    section = create_section(name="Programs and services")
    contacts = [
        create_contact(name="Human Resources", section=section, number=number)
        for number in ("860-425-5885", "860-823-6314")
    ]
    for contact in contacts:
        create_check(contact=contact)  # otherwise never verified, too
    return contacts


def case():
    return cases_of(each for each in find_conflicts() if each.key == KEY)[0]


def post(client, address=f"{CASE}?key={KEY}", **data):
    return client.post(address, {"seen": case().seen, **data}, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def shown_on(response):
    """Return what is shown as {kind: [about]}."""
    return {group.kind.value: [shown.about for shown in group.shown] for group, _what in response.context["groups"]}


def test_the_contacts_stand_side_by_side_with_their_numbers(client, keeper, two_numbers):
    response = client.get(LIST)

    page = response.content.decode()
    assert shown_on(response) == {"same_name": ["Human Resources"]}
    assert [page.count(text) for text in ("860.425.5885", "860.823.6314", "Nobody looks after it yet.")] == [1, 1, 1]
    assert [f"/admin/directory/contact/{contact.pk}/change/" in page for contact in two_numbers] == [True, True]


def test_the_public_page_shows_both_until_it_is_decided(client, two_numbers):
    page = client.get("/contact/").content.decode()

    assert ("860.425.5885" in page, "860.823.6314" in page) == (True, True)


def test_a_decision_with_its_reason(client, keeper, two_numbers):
    response = post(client, decide="1", decision="right", reason="One is for applicants.")

    assert said(response) == ["Decided. It stays so until somebody changes these contacts."]
    assert shown_on(client.get(f"{LIST}?state=open")) == {}
    decided = client.get(f"{LIST}?state=decided").content.decode()
    assert ("One is for applicants." in decided, "Kim Park" in decided) == (True, True)


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        pytest.param({"decision": "right", "reason": "  "}, ["reason"], id="no-reason"),
        pytest.param({"decision": "", "reason": "Why not."}, ["decision"], id="nothing-chosen"),
        pytest.param({"decision": "flip", "reason": "Coin."}, ["decision"], id="no-such-decision"),
        pytest.param({"decision": "right", "reason": "\0"}, ["reason"], id="what-no-database-stores"),
        pytest.param({"decision": "right", "reason": "x" * 251}, ["reason"], id="too-long"),
    ],
)
def test_half_a_decision_is_asked_for_again(client, keeper, two_numbers, data, errors):
    response = post(client, decide="1", **data)

    assert list(response.context["decide_form"].errors) == errors
    assert case().is_open is True


def test_the_decision_before_is_shown_once_the_numbers_change(client, keeper, two_numbers):
    post(client, decide="1", decision="right", reason="Two offices.")
    two_numbers[0].numbers.update(number="+18604250000")
    create_check(contact=two_numbers[0])

    page = client.get(f"{LIST}?state=open").content.decode()

    assert "Open again: the contacts have changed since it was decided." in page
    assert "Two offices." in page


def test_two_at_once(client, keeper, two_numbers):
    seen = case().seen
    post(client, decide="1", decision="right", reason="Two offices.")

    response = post(client, decide="1", decision="mend", reason="Late.", seen=seen)

    assert said(response)[-1].startswith("Nothing was stored: somebody has decided")
    assert ConflictDecision.objects.get().reason == "Two offices."


def test_an_owner_and_what_is_mine(client, keeper, two_numbers):
    post(client, mine="1")
    assert ConflictDecision.objects.get().owner == keeper
    assert shown_on(client.get(f"{LIST}?whose=mine")) == {"same_name": ["Human Resources"]}
    assert shown_on(client.get(f"{LIST}?whose=nobody")) == {}

    post(client, assign="1", owner="")
    assert ConflictDecision.objects.get().owner is None

    response = post(client, assign="1", owner="99999999")
    assert list(response.context["owner_form"].errors) == ["owner"]


def test_a_conflict_that_is_gone_leads_back_to_the_list(client, keeper, two_numbers):
    Contact.objects.filter(pk=two_numbers[0].pk).update(name="Careers")

    response = client.post(f"{CASE}?key={KEY}&state=open", {"decide": "1"}, follow=True)

    assert response.redirect_chain == [(f"{LIST}?state=open", 302)]
    assert said(response) == ["This conflict is not there any more: somebody has changed the contacts."]


@pytest.mark.parametrize("query", ["kind=%00", "whose=them&state=%27", "kind=same_name&page=1&x=%F0%9F%8F%A5"])
def test_a_filter_that_cannot_be_is_left_out(client, keeper, two_numbers, query):
    response = client.get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert shown_on(response) == {"same_name": ["Human Resources"]}


@pytest.mark.parametrize("page", ["0", "99", "x", "9" * 40])
def test_a_page_that_is_not_there(client, keeper, two_numbers, page):
    assert client.get(f"{LIST}?kind=same_name&page={page}").status_code == 404


def test_many_of_a_kind_are_shown_in_part_and_then_page_by_page(client, keeper):
    section = create_section()
    for number in range(30):
        create_contact(name=f"Ward {number}", section=section, number=f"860-425-{1000 + number}")

    overview = client.get(LIST)
    second = client.get(f"{LIST}?kind=never_verified&page=2")

    assert len(shown_on(overview)["never_verified"]) == 8
    assert "22 more" in overview.content.decode()
    assert len(shown_on(second)["never_verified"]) == 5


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_same_of_the_database_whatever_there_is(client, keeper, django_assert_num_queries, count):
    section = create_section()
    for number in range(count):
        for _ in range(2):
            create_contact(name=f"Ward {number}", section=section, number=f"860-425-{1000 + number}")

    with django_assert_num_queries(10):
        client.get(LIST)


@pytest.mark.parametrize("address", [LIST, f"{CASE}?key={KEY}"])
def test_who_does_not_keep_the_directory_sees_no_desk(client, two_numbers, address):
    client.force_login(create_editor(permissions=["view_contact"]))

    assert client.get(address).status_code == 403


def test_who_may_only_look_decides_nothing(client, two_numbers):
    client.force_login(create_editor(permissions=["view_contact", "view_conflictdecision"]))

    response = client.post(f"{CASE}?key={KEY}", {"decision": "right", "reason": "x", "seen": case().seen})

    assert (response.status_code, client.get(LIST).status_code) == (403, 200)
    assert case().is_open is True


def test_the_front_page_counts_what_is_open(client, keeper, two_numbers):
    def counted():
        panel = next(each for each in panels_for(keeper) if each.title == "Conflicts in the directory")
        return [(row.title, row.detail, row.urgent) for row in panel.rows]

    assert counted() == [(Kind.SAME_NAME.label, "1 open", True)]

    post(client, decide="1", decision="right", reason="Two offices.")
    assert counted() == []


def test_of_a_large_directory_the_front_page_remembers_for_a_minute(keeper, two_numbers, monkeypatch):
    monkeypatch.setattr(panels, "MANY", 1)
    monkeypatch.setattr("publishing.once._made", {})
    begin = timezone.now()
    before = panels.open_conflicts(Viewer(keeper, begin)).rows
    Contact.objects.all().delete()

    within, later = (
        panels.open_conflicts(Viewer(keeper, begin + timedelta(seconds=seconds))).rows for seconds in (59, 60)
    )

    assert (len(before), within, later) == (1, before, [])


def test_the_front_page_of_others_says_nothing_of_it(two_numbers):
    titles = [panel.title for panel in panels_for(create_editor(permissions=["change_contact", "view_contact"]))]

    assert "Conflicts in the directory" not in titles
