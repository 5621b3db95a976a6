"""The board of those on the way, as the staff of an emergency department use it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client

from ertimes.arrival_panel import on_the_way
from ertimes.models import ArrivalNotice
from publishing.dashboard import Viewer
from publishing.models import AuditEntry
from tests.factories import create_arrival_notice, create_department, create_editor, create_superuser

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)  # 12:00 PM in Norwich
BOARD = "/admin/ertimes/arrivalnotice/"
HANDLE = f"{BOARD}handle/"
HTMX = {"hx-request": "true"}
Status = ArrivalNotice.Status


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def department():
    return create_department(name="Backus ER", slug="backus", position=1)


@pytest.fixture
def nurse(client):
    user = create_editor(
        permissions=["view_arrivalnotice", "change_arrivalnotice"], first_name="Nora", last_name="Hill"
    )
    client.force_login(user)
    return user


def expected_in(minutes, **fields):
    return create_arrival_notice(expected_at=NOON + timedelta(minutes=minutes), **fields)


def button(notice, step):
    return {"notice": notice.pk, "step": step, "state": notice.state, "department": notice.department_id}


def codes(response):
    return re.findall(r'data-code="(\w+)"', response.content.decode())


def visible(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_soonest_comes_first_and_whoever_is_late_is_marked(client, nurse, department):
    for code, minutes in {"LATER": 40, "SOON": 10, "LATE": -16}.items():
        expected_in(minutes, department=department, code=code)

    response = client.get(BOARD)

    assert codes(response) == ["LATE", "SOON", "LATER"]
    text = visible(response)
    assert [words in text for words in ("16 min late", "in 10 min", "in 40 min")] == [True] * 3


def test_needs_and_the_number_to_call_are_seen_at_a_glance(client, nurse, department):
    expected_in(10, department=department, wheelchair=True, interpreter="ht", mobile="+18605550123")

    response = client.get(BOARD)

    text = visible(response)
    assert [words in text for words in ("Wheelchair", "Interpreter: Haitian Creole", "860.555.0123")] == [True] * 3
    assert 'href="tel:+18605550123"' in response.content.decode()


def test_name_is_words_and_nothing_else(client, nurse, department):
    expected_in(10, department=department, name="<script>alert(1)</script>")

    for address in (BOARD, f"{BOARD}sheet/"):
        content = client.get(address).content.decode()
        assert "<script>alert" not in content
        assert "<bdi>&lt;script&gt;" in content


@pytest.mark.parametrize("rows", [1, 3])
def test_board_asks_as_many_queries_whatever_its_length(client, nurse, department, django_assert_num_queries, rows):
    for _ in range(rows):
        expected_in(10, department=department, status="acknowledged", handled_by=nurse)

    with django_assert_num_queries(6):  # session, user, his rights twice; departments, notices
        client.get(BOARD, headers=HTMX)


def test_refresh_of_what_looks_the_same_leaves_the_page_alone(client, nurse, department):
    expected_in(10, department=department)
    known = re.search(r"known=([^\"]+)", client.get(BOARD).content.decode())[1]

    same = client.get(f"{BOARD}?department={department.pk}&known={known}", headers=HTMX)
    expected_in(20, department=department)
    changed = client.get(f"{BOARD}?department={department.pk}&known={known}", headers=HTMX)

    assert (same.status_code, changed.status_code, len(codes(changed))) == (204, 200, 2)
    assert "<html" not in changed.content.decode()


def test_board_of_the_department_that_was_chosen_is_kept(client, nurse, department):
    other = create_department(name="Plainfield ER", position=2)
    expected_in(10, department=department, code="HERE")
    expected_in(10, department=other, code="THERE")
    assert codes(client.get(BOARD)) == ["HERE"]

    client.post(f"{BOARD}choose/", {"department": other.pk})

    assert codes(client.get(BOARD)) == ["THERE"]
    assert codes(client.get(f"{BOARD}?department={department.pk}")) == ["HERE"]


@pytest.mark.parametrize("number", ["", "x", "\x00", "-1", "0", "1.5", "9" * 30, "99999"])
def test_department_that_is_none_shows_the_first(client, nurse, department, number):
    expected_in(10, department=department, code="HERE")

    assert codes(client.get(BOARD, {"department": number})) == ["HERE"]
    assert client.post(f"{BOARD}choose/", {"department": number}).status_code == 302


def test_department_that_was_taken_down_keeps_its_board_as_long_as_somebody_comes(client, nurse, department):
    gone = create_department(name="Gone ER", published_at=None, position=2)
    expected_in(10, department=gone)

    assert "Gone ER" in visible(client.get(BOARD))


def test_board_of_a_site_without_departments_says_so(client, nurse):
    assert "No emergency department is published." in visible(client.get(BOARD))
    assert client.get(f"{BOARD}sheet/").status_code == 200


@pytest.mark.parametrize(("step", "status"), [("see", "acknowledged"), ("arrive", "arrived"), ("miss", "no_show")])
def test_button_marks_the_notice_and_shows_the_board_as_it_is_then(client, nurse, department, step, status):
    notice = expected_in(10, department=department, code="K4M7P")

    response = client.post(HANDLE, button(notice, step), headers=HTMX)

    notice.refresh_from_db()
    assert (notice.status, notice.handled_by, notice.handled_at) == (status, nurse, NOON)
    assert f"K4M7P: {notice.get_status_display()}." in visible(response)
    assert "<html" not in response.content.decode()


def test_button_without_javascript_leads_back_to_the_same_board(client, nurse, department):
    notice = expected_in(10, department=department, code="K4M7P")

    response = client.post(HANDLE, button(notice, "arrive"), follow=True)

    assert response.redirect_chain == [(f"{BOARD}?department={department.pk}", 302)]
    assert "K4M7P: Arrived." in visible(response)


def test_second_nurse_is_told_who_was_first(client, nurse, department):
    notice = expected_in(10, department=department, code="K4M7P")
    second = Client()
    second.force_login(create_superuser())
    client.post(HANDLE, button(notice, "arrive"), headers=HTMX)

    response = second.post(HANDLE, button(notice, "miss"), headers=HTMX)

    assert "Nora Hill was first: K4M7P is marked “Arrived” since 12:00 PM." in visible(response)
    assert ArrivalNotice.objects.get().status == Status.ARRIVED


def test_nurse_is_told_that_the_patient_has_cancelled_or_changed_it(client, nurse, department):
    cancelled, changed = (expected_in(10, department=department, code=code) for code in ("KKKKK", "MMMMM"))
    ArrivalNotice.objects.filter(pk=cancelled.pk).update(status=Status.CANCELLED, handled_at=NOON)
    ArrivalNotice.objects.filter(pk=changed.pk).update(changes=1)

    told = [visible(client.post(HANDLE, button(each, "see"), headers=HTMX)) for each in (cancelled, changed)]

    assert "KKKKK: Cancelled, by the patient." in told[0]
    assert "MMMMM has changed since you looked: see what is new, then press again." in told[1]


@pytest.mark.parametrize(
    "fields",
    [
        {"notice": "x"},
        {"notice": "9" * 40},
        {"step": "delete"},
        {"step": ""},
        {"state": ""},
        {"state": "x" * 41},
        {"state": "\x00"},
        {"department": ""},
    ],
)
def test_button_that_is_none_is_refused(client, nurse, department, fields):
    notice = expected_in(10, department=department)

    response = client.post(HANDLE, {**button(notice, "see"), **fields})

    assert (response.status_code, ArrivalNotice.objects.get().status) == (400, Status.EXPECTED)


def test_button_for_a_notice_that_is_over_says_so(client, nurse, department):
    notice = expected_in(10, department=department)
    ArrivalNotice.objects.all().delete()

    assert "is not there any more" in visible(client.post(HANDLE, button(notice, "see"), headers=HTMX))


def test_whoever_may_only_look_sees_no_button_and_marks_nothing(client, department):
    client.force_login(create_editor(permissions=["view_arrivalnotice"]))
    notice = expected_in(10, department=department)

    assert "arrival__steps" not in client.get(BOARD).content.decode()
    assert client.post(HANDLE, button(notice, "see")).status_code == 403


@pytest.mark.parametrize("address", [BOARD, f"{BOARD}sheet/"])
def test_board_is_for_those_who_may_look(client, department, address):
    expected_in(10, department=department, name="Zebedee")
    assert client.get(address).status_code == 302

    client.force_login(create_editor(permissions=["view_emergencydepartment"]))

    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", [HANDLE, f"{BOARD}choose/"])
def test_nothing_is_done_by_looking_or_from_another_site(department, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(create_superuser())
    notice = expected_in(10, department=department)

    assert client.get(address, button(notice, "see")).status_code == 405
    assert client.post(address, button(notice, "see")).status_code == 403
    assert ArrivalNotice.objects.get().status == Status.EXPECTED


def test_nurse_writes_no_notice_and_deletes_none(client, nurse, department):
    notice = expected_in(10, department=department)

    answers = {what: client.get(f"{BOARD}{what}/").status_code for what in ("add", f"{notice.pk}/delete")}

    assert set(answers.values()) == {403}
    client.post(f"{BOARD}{notice.pk}/change/", {"name": "Bo"})
    assert ArrivalNotice.objects.get().name == "Ana"


def test_role_of_the_charge_nurse_opens_the_board(client, department):
    call_command("ensure_roles", verbosity=0)
    user = create_editor()
    user.groups.add(Group.objects.get(name="ED charge nurse"))
    client.force_login(user)
    notice = expected_in(10, department=department)

    assert client.post(HANDLE, button(notice, "see")).status_code == 302


def test_administrator_deletes_and_the_log_tells_only_that(client, department):
    client.force_login(create_superuser())
    notice = expected_in(10, department=department, code="K4M7P", name="Zebedee")

    client.post(f"{BOARD}{notice.pk}/delete/", {"post": "yes"})

    assert (ArrivalNotice.objects.count(), LogEntry.objects.count()) == (0, 0)
    entry = AuditEntry.objects.get(action=AuditEntry.Action.DELETED)
    assert (entry.thing_model, entry.thing_pk, entry.thing_title, entry.details) == (
        "ertimes.arrivalnotice",
        "",
        "arrival notices",
        "",
    )


def test_marking_leaves_nothing_in_the_logs(client, nurse, department):
    notice = expected_in(10, department=department)
    before = AuditEntry.objects.count()

    client.post(HANDLE, button(notice, "arrive"))

    assert (AuditEntry.objects.count() - before, LogEntry.objects.count()) == (0, 0)


def test_sheet_says_when_it_was_printed_and_when_to_destroy_it(client, nurse, department):
    expected_in(10, department=department, code="SOON", name="Zebedee")
    expected_in(40, department=department, code="LATER", status="acknowledged")
    expected_in(-5, department=department, code="THERE", status="arrived")

    text = visible(client.get(f"{BOARD}sheet/?department={department.pk}"))

    assert [code in text for code in ("SOON", "Zebedee", "LATER", "THERE")] == [True, True, True, False]
    assert "As of Monday, March 2, 2026, 12:00 PM EST." in text
    assert "Destroy this sheet by Tuesday, March 3, 10:10 AM EST." in text


def test_board_is_kept_in_no_cache(client, nurse, department):
    for address in (BOARD, f"{BOARD}sheet/"):
        assert {"no-store", "private"} <= set(client.get(address)["Cache-Control"].split(", "))


def test_what_is_over_is_on_no_board(client, nurse, department):
    expected_in(-22 * 60, department=department, name="Zebedee")

    assert codes(client.get(BOARD)) == []


def test_what_was_made_up_is_marked_and_hidden_outside_the_demonstration(client, nurse, department, settings):
    expected_in(10, department=department, demonstration=True)
    assert "Demonstration" in visible(client.get(BOARD))

    settings.DEMONSTRATION = False

    assert codes(client.get(BOARD)) == []


def test_front_page_tells_how_many_are_expected_and_only_when_somebody_is(nurse, department):
    viewer = Viewer(nurse, NOON)
    assert on_the_way(viewer) is None

    expected_in(10, department=department)
    expected_in(20, department=department, status="acknowledged")
    expected_in(-20, department=department, status="arrived")

    (row,) = on_the_way(viewer).rows
    assert (row.title, row.detail, row.urgent) == ("Backus ER", "2 people, 1 new", True)
    assert row.address == f"{BOARD}?department={department.pk}"
    assert on_the_way(Viewer(create_editor(), NOON)) is None
