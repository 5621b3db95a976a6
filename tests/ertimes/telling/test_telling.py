"""Telling an emergency department that one is on the way, as a visitor does it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from ertimes import arrivals
from ertimes.arrival_links import notice_link
from ertimes.models import ArrivalNotice
from publishing.form_stamps import make_stamp
from tests.ertimes.telling.pages import NOON, filled_in, form_address, send, visible
from tests.factories import create_arrival_notice, create_contact, create_department, create_editor, create_reading

pytestmark = pytest.mark.django_db
Status = ArrivalNotice.Status


def test_first_screen_says_911_before_all_else_then_that_it_is_no_reservation(client, department):
    text = visible(client.get(f"{department.get_absolute_url()}on-my-way/"))

    order = ["Call 911", "This is not a reservation", "tell them I am coming", "860.823.6389"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize("closed", [True, False])
def test_first_screen_leads_to_the_form_only_where_somebody_reads_it(client, closed):
    department = create_department(status="closed" if closed else "limited")

    content = client.get(f"{department.get_absolute_url()}on-my-way/").content.decode()

    assert (f'href="{form_address(department)}"' in content) is not closed


def test_nobody_is_led_to_a_department_that_is_closed(client):
    department = create_department(name="Backus ER", status="closed", status_text="Water damage.")
    link = notice_link(create_arrival_notice(department=department))

    for address in (f"{department.get_absolute_url()}on-my-way/", form_address(department), link):
        response = client.get(address)
        main = response.content.decode().partition("<main")[2].partition("</main>")[0]
        assert ("Water damage." in main, department.location.directions_address in main) == (True, False)


def test_form_becomes_a_notice_for_the_department(client, department):
    response = send(client, department, mobile="(860) 555-0123", wheelchair="on", interpreter="ht")

    notice = ArrivalNotice.objects.get()
    assert (response.status_code, response["Location"]) == (302, notice_link(notice))
    assert (notice.department, notice.name, notice.mobile_displayed) == (department, "Ana", "860.555.0123")
    assert (notice.wheelchair, notice.interpreter_told) == (True, "Haitian Creole")
    assert (notice.expected_at, notice.status) == (NOON + timedelta(minutes=30), Status.EXPECTED)


def test_name_and_time_are_all_that_is_needed(client, department):
    send(client, department)

    notice = ArrivalNotice.objects.get()
    assert (str(notice.mobile), notice.wheelchair, notice.interpreter) == ("", False, "")


def test_form_and_its_answers_set_no_cookie_and_are_kept_nowhere(department):
    client = Client(enforce_csrf_checks=True)
    link = send(client, department)["Location"]

    for response in (client.get(form_address(department)), client.post(form_address(department)), client.get(link)):
        assert "no-store" in response["Cache-Control"]
        assert response.context["head"].indexed is False
    assert dict(client.cookies) == {}


def test_page_of_a_notice_tells_nobody_its_address(client, department):
    response = client.get(send(client, department)["Location"])

    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert response.context["head"].canonical is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"arriving_in": ""}, "Choose in how many minutes you will be there."),
        ({"arriving_in": "5"}, "Choose one of the four times."),
        ({"arriving_in": "30\x00"}, "Choose one of the four times."),
        ({"name": " "}, "Type a first name or initials, so that staff know who has come."),
        ({"name": "\x00"}, "Type a first name or initials, so that staff know who has come."),
        ({"name": "\u202e\u200b"}, "Type a first name or initials, so that staff know who has come."),
        ({"name": "👩‍⚕️"}, "Type a first name or initials in letters."),
        ({"name": "A" * 10_000}, "Use at most 40 characters for the name."),
        ({"name": "Ana 01/02/1980"}, "Type a first name or initials only: no birth date and no number."),
        ({"mobile": "555"}, "This is not a complete phone number."),
        ({"mobile": "8" * 10_000}, "This is not a complete phone number."),
        ({"mobile": "860\x005550123"}, "Null characters are not allowed."),
        ({"interpreter": "tlh"}, "Choose a language from the list, or “Another language”."),
        ({"interpreter": "other"}, "Type the language for which you need an interpreter."),
        ({"interpreter": "es", "other_language": "Welsh"}, "Choose a language or type one, not both."),
        ({"other_language": "W" * 41}, "Use at most 40 characters for the language."),
    ],
)
def test_what_is_wrong_is_said_in_words_and_stores_nothing(client, department, fields, sentence):
    response = send(client, department, **fields)

    assert response.status_code == 422
    assert sentence in visible(response)
    assert ArrivalNotice.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Ana \t\n María ", "Ana María"),
        ("\u202eAna\u202c", "Ana"),
        ("J. R. 😀", "J. R. 😀"),
        ("می‌خواهم", "می‌خواهم"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_name_is_kept_as_people_see_it(client, department, typed, stored):
    link = send(client, department, name=typed)["Location"]

    assert ArrivalNotice.objects.get().name == stored
    assert "<script>alert" not in client.get(link).content.decode()


def test_language_that_is_not_in_the_list_is_typed(client, department):
    send(client, department, interpreter="other", other_language="Cape Verdean Creole")

    assert ArrivalNotice.objects.get().interpreter_told == "Cape Verdean Creole"


def test_language_typed_without_choosing_another_one_counts(client, department):
    send(client, department, interpreter="", other_language="Welsh")

    assert ArrivalNotice.objects.get().interpreter == "Welsh"


def test_form_sent_again_makes_one_notice(client, department):
    form = filled_in(department)

    first, second = (client.post(form_address(department), form) for _ in range(2))

    assert ArrivalNotice.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_form_sent_again_with_other_words_says_that_they_were_not_taken_over(client, department):
    form = filled_in(department)
    client.post(form_address(department), form)

    response = client.post(form_address(department), {**form, "arriving_in": "60"}, follow=True)

    assert "What you typed this time was not taken over" in visible(response)
    assert ArrivalNotice.objects.get().expected_at == NOON + timedelta(minutes=30)


def test_who_is_faster_than_two_seconds_is_asked_to_send_once_more(client, department, clock):
    form = filled_in(department, age=timedelta(seconds=1))

    response = client.post(form_address(department), form)
    assert (response.status_code, ArrivalNotice.objects.count()) == (422, 0)
    assert "If you are a person, please send it once more." in visible(response)
    assert 'value="Ana"' in response.content.decode()

    clock.shift(timedelta(seconds=2))
    shown = re.search(r'name="stamp" value="([^"]+)"', response.content.decode())[1]
    assert client.post(form_address(department), {**form, "stamp": shown}).status_code == 302


@pytest.mark.parametrize(
    "stamp",
    [
        pytest.param(lambda department: make_stamp(department, NOON - timedelta(hours=2, seconds=1)), id="too-old"),
        pytest.param(lambda department: make_stamp(create_department(), NOON - timedelta(minutes=1)), id="of-another"),
        pytest.param(lambda department: make_stamp(department, NOON) + "x", id="forged"),
        pytest.param(lambda department: "\x00é" * 5000, id="nonsense"),
        pytest.param(lambda department: "", id="none"),
    ],
)
def test_form_that_is_too_old_comes_back_filled_in_and_good_again(client, department, clock, stamp):
    form = {**filled_in(department, mobile="860-555-0123", interpreter="pl"), "stamp": stamp(department)}

    response = client.post(form_address(department), form)
    content = response.content.decode()
    assert (response.status_code, ArrivalNotice.objects.count()) == (422, 0)
    assert "This page was open for a long time." in visible(response)
    assert ('value="Ana"' in content, 'value="860-555-0123"' in content) == (True, True)
    assert re.search(r'value="30"[^>]*checked', content)
    assert re.search(r'value="pl"[^>]*selected', content)

    clock.shift(timedelta(seconds=10))
    fresh = re.search(r'name="stamp" value="([^"]+)"', content)[1]
    assert client.post(form_address(department), {**form, "stamp": fresh}).status_code == 302


def test_program_that_fills_every_field_makes_no_notice(client, department):
    response = send(client, department, website="https://spam.example")

    assert (response.status_code, ArrivalNotice.objects.count()) == (422, 0)
    assert "spam.example" not in response.content.decode()


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_another_sites_page_cannot_send_the_form(client, department, headers):
    response = client.post(form_address(department), filled_in(department), headers=headers)

    assert (response.status_code, ArrivalNotice.objects.count()) == (403, 0)


def test_closed_department_says_where_else_to_go(client):
    closed = create_department(status="closed", status_text="Water damage.")
    other = create_department(name="Plainfield ER", contact=create_contact(number="860-456-9116"))
    create_reading(department=other, observed_at=NOON)

    response = client.get(form_address(closed))

    text = visible(response)
    assert (response.status_code, "<form" in response.content.decode().partition("<main")[2]) == (200, False)
    assert [words in text for words in ("Water damage.", "Plainfield ER", "860.456.9116", "911")] == [True] * 4
    assert send(client, closed).status_code == 409
    assert ArrivalNotice.objects.count() == 0


def test_closed_department_takes_notices_again_once_its_time_is_over(client):
    department = create_department(status="closed", status_until=NOON - timedelta(minutes=1))

    assert send(client, department).status_code == 302


def test_department_that_is_not_published_takes_no_notice_even_from_its_editors(client):
    draft = create_department(published_at=None)
    assert client.get(form_address(draft)).status_code == 404

    client.force_login(create_editor(permissions=["change_emergencydepartment"]))

    assert "takes no notices now" in visible(client.get(form_address(draft)))
    assert (send(client, draft).status_code, ArrivalNotice.objects.count()) == (409, 0)


def test_too_many_from_one_address_are_told_to_come_anyway(client, department):
    for _ in range(arrivals.MOST_OF_A_SENDER):
        assert (
            client.post(form_address(department), filled_in(department), REMOTE_ADDR="203.0.113.5").status_code == 302
        )

    response = client.post(form_address(department), filled_in(department), REMOTE_ADDR="203.0.113.5")
    elsewhere = client.post(form_address(department), filled_in(department), REMOTE_ADDR="203.0.113.6")

    assert (response.status_code, elsewhere.status_code) == (429, 302)
    text = visible(response)
    assert [words in text for words in ("Come anyway", "860.823.6389", "911")] == [True] * 3


def test_address_itself_is_stored_nowhere(client, department):
    client.post(form_address(department), filled_in(department), REMOTE_ADDR="203.0.113.5")

    sender = ArrivalNotice.objects.get().sender
    assert re.fullmatch(r"[0-9a-f]{64}", sender)


def test_looking_at_the_pages_writes_nothing(client, department, django_assert_num_queries):
    link = notice_link(create_arrival_notice(department=department))

    for address in (f"{department.get_absolute_url()}on-my-way/", form_address(department), link):
        with django_assert_num_queries(7 if address == link else 6) as asked:
            client.get(address)
        assert {query["sql"].split()[0] for query in asked} == {"SELECT"}


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, department, method):
    link = notice_link(create_arrival_notice(department=department))

    for address in (form_address(department), link):
        assert getattr(client, method)(address).status_code == 405


def test_choice_of_language_names_each_in_itself(client, department):
    content = client.get(form_address(department)).content.decode()

    assert re.search(r'<option value="es"[^>]* lang="es"[^>]*>Español \(Spanish\)</option>', content)


def test_department_that_does_not_exist_has_no_such_pages(client):
    for address in ("/er/nowhere/on-my-way/tell/", "/er/nowhere/on-my-way/x/"):
        assert client.get(address).status_code == 404
