"""The page of one notice, as the visitor who has told it sees it."""

from datetime import timedelta

import pytest

from ertimes.arrival_links import notice_link
from ertimes.models import ArrivalNotice, EmergencyDepartment
from publishing.form_stamps import make_stamp
from tests.ertimes.telling.pages import NOON, send, visible
from tests.factories import create_arrival_notice, create_department

pytestmark = pytest.mark.django_db
Status = ArrivalNotice.Status


def test_notice_page_tells_what_staff_know(client, department):
    link = send(client, department, mobile="860-555-0123", wheelchair="on", interpreter="es")["Location"]

    text = visible(client.get(link))

    code = ArrivalNotice.objects.get().code
    wanted = [code, ", ".join(code), "12:30 PM", "Ana", "860.555.0123", "Wheelchair", "Spanish", "860.823.6389"]
    wanted += ["This is not a reservation", "nobody is turned away", "Call 911", "deleted within 24 hours"]
    assert [words for words in wanted if words not in text] == []


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Status.EXPECTED, "Staff have not looked at it yet."),
        (Status.ACKNOWLEDGED, "Staff have seen your notice."),
        (Status.ARRIVED, "Staff have marked that you are there."),
        (Status.NO_SHOW, "Staff have marked that you did not come."),
        (Status.CANCELLED, "You have cancelled."),
    ],
)
def test_notice_page_tells_what_staff_have_done(client, department, status, sentence):
    link = notice_link(create_arrival_notice(department=department, status=status))

    fragment = client.get(link, headers={"hx-request": "true"}).content.decode()

    assert sentence in fragment
    assert "<html" not in fragment
    assert sentence in visible(client.get(link))


def test_refresh_of_what_has_not_changed_leaves_the_page_alone(client, department):
    notice = create_arrival_notice(department=department)
    link = notice_link(notice)

    same = client.get(f"{link}?known={notice.state}", headers={"hx-request": "true"})
    other = client.get(f"{link}?known=%00", headers={"hx-request": "true"})

    assert (same.status_code, other.status_code) == (204, 200)


def test_visitor_changes_the_time_and_the_needs(client, department, clock):
    notice = create_arrival_notice(department=department, status=Status.ACKNOWLEDGED, mobile="+18605550123")
    clock.shift(timedelta(minutes=10))

    client.post(notice_link(notice), {"do": "change", "arriving_in": "45", "mobile": "", "wheelchair": "on"})

    notice.refresh_from_db()
    assert (notice.expected_at, str(notice.mobile), notice.wheelchair) == (NOON + timedelta(minutes=55), "", True)
    assert (notice.status, notice.changes, notice.changed_at) == (Status.EXPECTED, 1, NOON + timedelta(minutes=10))


def test_change_that_is_none_leaves_the_notice_as_staff_have_seen_it(client, department):
    notice = create_arrival_notice(department=department, status=Status.ACKNOWLEDGED, mobile="+18605550123")

    client.post(notice_link(notice), {"do": "change", "arriving_in": "", "mobile": "860.555.0123"})

    notice.refresh_from_db()
    assert (notice.status, notice.changes) == (Status.ACKNOWLEDGED, 0)


def test_wrong_change_is_told_and_keeps_what_was_typed(client, department):
    notice = create_arrival_notice(department=department)

    response = client.post(notice_link(notice), {"do": "change", "arriving_in": "15", "mobile": "12"})

    assert response.status_code == 422
    assert "This is not a complete phone number." in visible(response)
    assert 'value="12"' in response.content.decode()


def test_visitor_cancels_and_what_staff_no_longer_need_is_gone(client, department):
    notice = create_arrival_notice(
        department=department, mobile="+18605550123", wheelchair=True, interpreter="es", status=Status.ACKNOWLEDGED
    )

    for _ in range(2):
        assert client.post(notice_link(notice), {"do": "cancel"})["Location"] == notice_link(notice)

    notice.refresh_from_db()
    assert (notice.status, str(notice.mobile), notice.wheelchair, notice.interpreter) == ("cancelled", "", False, "")


@pytest.mark.parametrize("data", [{"do": "cancel"}, {"do": "change", "arriving_in": "15"}])
def test_who_has_arrived_cannot_change_or_cancel_and_is_told_so(client, department, data):
    notice = create_arrival_notice(department=department, status=Status.ARRIVED)

    response = client.post(notice_link(notice), data, follow=True)

    notice.refresh_from_db()
    assert notice.status == Status.ARRIVED
    assert "This could not be changed here any more." in visible(response)


def test_who_was_given_up_may_still_say_that_they_come(client, department):
    notice = create_arrival_notice(department=department, status=Status.NO_SHOW)

    client.post(notice_link(notice), {"do": "change", "arriving_in": "15"})

    notice.refresh_from_db()
    assert (notice.status, notice.expected_at) == (Status.EXPECTED, NOON + timedelta(minutes=15))


def test_forms_of_the_notice_come_without_an_origin_since_the_address_is_told_nobody(client, department):
    notice = create_arrival_notice(department=department)

    response = client.post(notice_link(notice), {"do": "cancel"}, headers={"origin": "null"})

    assert response.status_code == 302


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(lambda notice: notice_link(notice).split("/")[-2][:-1], id="cut"),
        pytest.param(lambda notice: notice_link(notice).split("/")[-2] + "A", id="longer"),
        pytest.param(lambda notice: notice.nonce, id="unsigned"),
        pytest.param(lambda notice: notice.code, id="code"),
        pytest.param(lambda notice: str(notice.pk), id="number"),
        pytest.param(lambda notice: make_stamp(notice.department, NOON), id="stamp-of-a-form"),
        pytest.param(lambda notice: "%00", id="nul"),
        pytest.param(lambda notice: "é" * 1000, id="long"),
    ],
)
def test_forged_link_opens_nothing_and_says_what_to_do(client, department, token):
    notice = create_arrival_notice(department=department, name="Zebedee")
    address = f"/er/backus/on-my-way/{token(notice)}/"

    for response in (client.get(address), client.post(address, {"do": "cancel"})):
        assert response.status_code == 410
        text = visible(response)
        assert [words in text for words in ("Zebedee", "911", "just come")] == [False, True, True]
    notice.refresh_from_db()
    assert notice.status == Status.EXPECTED


def test_link_under_another_department_opens_nothing(client, department):
    notice = create_arrival_notice(department=department)
    create_department(slug="plainfield")
    address = notice_link(notice).replace("/backus/", "/plainfield/")

    assert client.get(address).status_code == 410
    assert client.post(address, {"do": "cancel"}).status_code == 410
    assert ArrivalNotice.objects.get().status == Status.EXPECTED


def test_link_of_a_notice_whose_time_is_over_says_so_before_it_is_deleted(client, department):
    notice = create_arrival_notice(department=department, expected_at=NOON - timedelta(hours=22), name="Zebedee")

    response = client.get(notice_link(notice))

    assert response.status_code == 410
    assert ("its time has passed" in visible(response).lower(), "Zebedee" in visible(response)) == (True, False)


def test_department_that_has_closed_since_says_so_on_the_notice(client, department):
    notice = create_arrival_notice(department=department)
    EmergencyDepartment.objects.update(status="closed", status_text="Water damage.")

    text = visible(client.get(notice_link(notice)))

    assert "Backus ER is temporarily closed. Water damage." in text


@pytest.mark.parametrize(("rows", "queries"), [(1, 7), (3, 7)])
def test_notice_page_asks_as_many_queries_whatever_else_was_told(
    client, department, django_assert_num_queries, rows, queries
):
    for _ in range(rows):
        notice = create_arrival_notice(department=department)

    with django_assert_num_queries(queries):  # the frame's three; department, contact, numbers; the notice
        client.get(notice_link(notice))
