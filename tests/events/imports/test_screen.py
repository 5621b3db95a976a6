"""The coordinator imports a calendar: every entry is accounted for, and nothing is seen before it is published."""

from datetime import UTC, date, datetime, time, timedelta
from time import process_time

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import pre_save

from events.imports import plan
from events.models import CalendarImport, Event, ImportedUid
from events.recurrence import MOST_LISTED
from publishing import drafting
from publishing.models import AuditEntry
from tests.events.imports.test_reading import calendar
from tests.factories import LIVE_SINCE, create_editor, create_superuser

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
IMPORT = "/admin/events/event/import/"
SERIES = ("UID:walk", "SUMMARY:Walk", "DTSTART:20261201T180000", "DTEND:20261201T190000", "RRULE:FREQ=WEEKLY;COUNT=4")
MOVED = (
    "UID:walk",
    "RECURRENCE-ID:20261208T180000",
    "SUMMARY:Walk",
    "DTSTART:20261209T170000",
    "DTEND:20261209T190000",
)
OFF = (
    "UID:walk",
    "RECURRENCE-ID:20261215T180000",
    "DTSTART:20261215T180000",
    "DTEND:20261215T190000",
    "STATUS:CANCELLED",
)
WRONG = ("UID:wrong", "SUMMARY:=HYPERLINK()", "DTSTART:soon")
LOST = ("UID:lost", "RECURRENCE-ID:20261208T180000", "SUMMARY:Lost", "DTSTART:20261209T170000")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def coordinator(client, settings):
    many = [{"model": "*", "field": "*"}]  # each entry is stored for itself
    settings.ZEAL_ALLOWLIST = [*settings.ZEAL_ALLOWLIST, *many]
    user = create_superuser()
    client.force_login(user)
    return user


def bring(client, *entries):
    response = client.post(IMPORT, {"file": SimpleUploadedFile("walks.ics", calendar(*entries))})
    assert response.status_code == 302
    return response["Location"]


def outcomes(run=None):
    return [(line["number"], line["outcome"]) for line in (run or CalendarImport.objects.first()).lines]


def test_every_entry_is_accounted_for_before_anything_is_stored(client, coordinator):
    address = bring(client, SERIES, MOVED, WRONG, OFF, LOST, SERIES)

    page = " ".join(client.get(address).content.decode().split())

    assert outcomes() == [
        *((1, "new"), (2, "merged"), (3, "refused"), (4, "merged"), (5, "refused"), (6, "refused")),
    ]
    assert "<strong>6</strong> entries = <strong>1</strong> new + <strong>2</strong> one date of a series" in page
    assert "“soon” is no day or time." in page
    assert Event.objects.count() == 0


def test_new_events_are_drafts_with_their_single_dates(client, coordinator):
    address = bring(client, SERIES, MOVED, OFF)

    client.post(address)
    client.post(address)

    event = Event.objects.get()
    assert (event.title, event.rule, event.published_at) == ("Walk", "FREQ=WEEKLY;COUNT=4", None)
    assert [(each.first_day, each.start_time, each.status) for each in event.dates.order_by("day")] == [
        (date(2026, 12, 1), time(18), "on"),
        (date(2026, 12, 9), time(17), "on"),
        (date(2026, 12, 15), time(18), "cancelled"),
        (date(2026, 12, 22), time(18), "on"),
    ]
    run = CalendarImport.objects.get()
    assert (bytes(run.data), run.imported_at) == (b"", NOW)
    assert [line["event"] for line in run.lines] == [event.pk, None, None]
    assert AuditEntry.objects.filter(action=AuditEntry.Action.IMPORTED).count() == 1


def test_the_same_again_changes_nothing_and_another_text_changes_it(client, coordinator):
    client.post(bring(client, SERIES))
    bring(client, SERIES)
    again = outcomes()
    other = bring(client, (*SERIES[:1], "SUMMARY:Long walk", *SERIES[2:]))

    client.post(other)

    assert (again, outcomes()) == ([(1, "unchanged")], [(1, "changed")])
    assert [event.title for event in Event.objects.all()] == ["Long walk"]
    assert ImportedUid.objects.count() == 1


def test_a_change_of_a_live_event_waits_beside_it(client, coordinator):
    client.post(bring(client, SERIES))
    Event.objects.update(published_at=LIVE_SINCE)

    client.post(bring(client, (*SERIES[:1], "SUMMARY:Long walk", *SERIES[2:]), OFF))

    event = Event.objects.get()
    assert event.title == "Walk"
    assert drafting.draft_beside(event).title == "Long walk"
    assert outcomes() == [(1, "changed"), (2, "refused")]
    assert set(event.dates.values_list("status", flat=True)) == {"on"}


def test_a_series_with_more_days_than_can_be_listed_is_refused_and_the_others_are_imported(client, coordinator):
    days = ",".join(f"{date(2027, 1, 1) + timedelta(days=number):%Y%m%d}" for number in range(MOST_LISTED + 1))
    many = [("UID:a", "DTSTART:20261201", "RRULE:FREQ=DAILY", f"EXDATE:{days}")]
    many += [("UID:b", "DTSTART:20261201", f"RDATE:{days}")]

    response = client.post(bring(client, *many, SERIES))

    lines = CalendarImport.objects.get().lines
    assert response.status_code == 302
    assert [(line["outcome"], line["told"]) for line in lines] == [
        *[("refused", ["At most 200 days can be listed."])] * 2,
        ("new", []),
    ]
    assert Event.objects.get().title == "Walk"


def test_a_calendar_that_takes_too_long_is_accounted_for(client, coordinator, monkeypatch):
    monkeypatch.setattr(plan, "PATIENCE", 0)

    client.post(bring(client, SERIES, MOVED))

    told = ["The entries before it took too long to read. Import fewer at once."]
    lines = CalendarImport.objects.get().lines
    assert [(line["outcome"], line["title"], line["told"]) for line in lines] == [("refused", "Walk", told)] * 2


def test_entries_whose_rules_have_no_day_do_not_hold_up_the_rest(client, coordinator):
    none = ("DTSTART:20261130", "RRULE:FREQ=MONTHLY;BYMONTHDAY=30;BYSETPOS=2", "EXDATE:20261130")
    began = process_time()

    bring(client, *[(f"UID:{number}", *none) for number in range(5)], SERIES)

    assert outcomes() == [*((number, "refused") for number in range(1, 6)), (6, "new")]
    assert process_time() - began < 2  # until the year 9999 each takes as long


def test_an_entry_that_cannot_be_stored_leaves_the_others_alone(client, coordinator):
    def refuses(instance, **kwargs):
        if instance.title == "Walk":
            raise ValidationError("No walks.")

    address = bring(client, SERIES, MOVED, ("UID:talk", "SUMMARY:Talk", "DTSTART:20261201T180000"))
    pre_save.connect(refuses, sender=Event)
    try:
        client.post(address)
    finally:
        pre_save.disconnect(refuses, sender=Event)

    assert [(line["outcome"], line["told"]) for line in CalendarImport.objects.get().lines] == [
        ("refused", ["No walks."]),
        ("refused", ["It is one date of a series, and the series is refused."]),
        ("new", []),
    ]
    assert [event.title for event in Event.objects.all()] == ["Talk"]


def test_a_live_event_that_is_cancelled_there_is_to_be_cancelled_here(client, coordinator):
    client.post(bring(client, SERIES))
    Event.objects.update(published_at=LIVE_SINCE)
    cancelled = (*SERIES, "STATUS:CANCELLED")

    address = bring(client, cancelled)
    before = CalendarImport.objects.first().lines
    client.post(address)
    after = CalendarImport.objects.first().lines

    event = Event.objects.get()
    told = "It is cancelled there, and published here. Cancel its dates under “Dates” of the event."
    assert [(line["outcome"], line["told"], line["event"]) for line in before] == [("refused", [told], event.pk)]
    assert after == before
    assert set(event.dates.values_list("status", flat=True)) == {"on"}

    event.dates.update(status="cancelled")
    bring(client, cancelled)

    assert outcomes() == [(1, "changed")]


def test_a_date_of_a_live_series_that_is_cancelled_there_is_to_be_cancelled_here(client, coordinator):
    client.post(bring(client, SERIES))
    Event.objects.update(published_at=LIVE_SINCE)
    event = Event.objects.get()

    bring(client, SERIES, OFF)
    lines = CalendarImport.objects.first().lines
    event.dates.filter(day=date(2026, 12, 15)).update(status="cancelled")
    bring(client, SERIES, OFF)

    told = "It is cancelled there, and published here. Cancel this date under “Dates” of the event."
    assert [(line["outcome"], line["told"], line["event"]) for line in lines] == [
        ("unchanged", [], event.pk),
        ("refused", [told], event.pk),
    ]
    assert outcomes() == [(1, "unchanged"), (2, "merged")]


def test_what_will_not_be_done_of_a_single_date_is_told_before(client, coordinator):
    series = (*SERIES[:-1], "RRULE:FREQ=WEEKLY")
    far = ("UID:walk", "RECURRENCE-ID:20290102T180000", "SUMMARY:Walk", "DTSTART:20290102T170000")

    address = bring(client, series, far)
    before = [line["told"] for line in CalendarImport.objects.get().lines]
    client.post(address)

    assert before == [
        [],
        ["Its date is not written yet: it is too far ahead. Enter it later."],
    ]
    assert [line["told"] for line in CalendarImport.objects.get().lines] == before


def test_a_single_date_without_an_end_lasts_as_long_as_the_others(client, coordinator):
    later = ("UID:walk", "RECURRENCE-ID:20261208T180000", "SUMMARY:Walk", "DTSTART:20261208T200000")

    client.post(bring(client, SERIES, later))

    date_of_it = Event.objects.get().dates.get(day=date(2026, 12, 8))
    assert (date_of_it.start_time, date_of_it.end_time) == (time(20), time(21))


def test_the_report_is_a_file_without_formulas(client, coordinator):
    address = bring(client, SERIES, WRONG)

    report = client.get(f"{address}report.csv").content.decode("utf-8-sig").splitlines()

    assert report == [
        "Entry,UID,Title,When,What becomes of it,Remarks",
        "1,walk,Walk,2026-12-01 18:00 · FREQ=WEEKLY;COUNT=4,New,",
        "2,wrong,'=HYPERLINK(),,Refused,“soon” is no day or time.",
    ]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Choose a file, or give an address: one of the two."),
        ({"address": "http://example.org/a.ics"}, "Give an address that begins with https://"),
        ({"address": "https://127.0.0.1/a.ics"}, "is not on the open internet."),
        ({"file": b""}, "The file is empty."),
        ({"file": b"\xff\xfe"}, "The file is not in UTF-8."),
    ],
)
def test_what_is_no_calendar_is_told(client, coordinator, fields, told):
    if "file" in fields:
        fields = {"file": SimpleUploadedFile("a.ics", fields["file"])}

    response = client.post(IMPORT, fields)

    assert response.status_code == 200
    assert told in response.content.decode()


def test_a_text_that_is_code_is_shown_as_text(client, coordinator):
    entry = (
        "UID:x",
        "SUMMARY:<script>alert(1)</script>",
        "DESCRIPTION:<img src=x onerror=alert(1)>",
        "DTSTART:20261201",
    )
    address = bring(client, entry)

    page = client.get(address).content.decode()
    client.post(address)

    assert "<script>alert(1)" not in page
    assert "onerror" not in Event.objects.get().body


def test_who_may_not_add_may_not_import(client):
    client.force_login(create_editor(permissions=["view_event", "change_event"]))

    assert [client.get(address).status_code for address in (IMPORT, f"{IMPORT}1/", f"{IMPORT}1/report.csv")] == [
        403
    ] * 3


def test_an_import_that_is_gone_leads_to_a_new_one(client, coordinator):
    assert client.get(f"{IMPORT}777/")["Location"] == IMPORT
