"""Opening hours as they are stored and entered: what is refused, what a draft keeps, what the history tells."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from directory.hours_troubles import first_trouble
from directory.models import Location, LocationHours, SpecialHours, WeeklyHours
from directory.opening import ALL_DAY, Hours, Interval, SpecialDay
from publishing import drafting, history
from publishing.changes import changes
from publishing.checks import findings
from publishing.snapshots import read, take
from tests.factories import create_hours, create_location, create_special_hours, create_superuser
from tests.publishing.desk.forms import change_address, opened, save

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

THANKSGIVING = date(2026, 11, 26)
NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)


@pytest.fixture
def keeper(client):
    user = create_superuser()
    client.force_login(user)
    return user


def weekly(number=0, /, *, weekday="0", opens="", closes="", **fields):
    """Return one row of the week's hours as the form sends it."""
    fields = {"id": "", "weekday": weekday, "opens": opens, "closes": closes, **fields}
    return {f"weeklyhours-{number}-{name}": value for name, value in fields.items()}


def special(number=0, /, *, day="2026-11-26", name="Thanksgiving Day", opens="", closes="", **fields):
    """Return one row of a special day as the form sends it."""
    fields = {"id": "", "day": day, "name": name, "opens": opens, "closes": closes, **fields}
    return {f"specialhours-{number}-{name}": value for name, value in fields.items()}


def send(client, location, *rows):
    """Save the form of `location` with `rows` besides those that it has; return the errors at its rows, as texts."""
    fields = opened(client, location)
    for prefix in ("weeklyhours", "specialhours"):
        numbers = {name.split("-")[1] for row in rows for name in row if name.startswith(prefix)}
        total = int(fields[f"{prefix}-TOTAL_FORMS"])
        fields[f"{prefix}-TOTAL_FORMS"] = str(max([total, *(int(number) + 1 for number in numbers)]))
    for row in rows:
        fields.update(row)
    response = client.post(change_address(location), fields)
    if response.status_code == 302:
        return []
    formsets = response.context["inline_admin_formsets"]
    return [
        str(error)
        for each in formsets
        for form in each.formset.forms
        for of_field in form.errors.values()
        for error in of_field
    ]


def rows_of(location):
    return [str(row) for row in location.hours_rows.all()]


def test_rows_become_the_hours_of_a_place(django_assert_num_queries):
    location = create_location()
    create_hours(location, weekday=0, opens=time(13), closes=time(16))
    create_hours(location, weekday=0, opens=time(8), closes=time(12))
    create_hours(location, weekday=5, all_day=True)
    create_special_hours(location, day=THANKSGIVING)
    create_special_hours(location, day=date(2026, 12, 24), name="Christmas Eve", opens=time(8), closes=time(12))

    with django_assert_num_queries(1):
        hours = location.opening_hours

    assert hours == Hours(
        {0: (Interval(time(8), time(12)), Interval(time(13), time(16))), 5: (ALL_DAY,)},
        {
            THANKSGIVING: SpecialDay("Thanksgiving Day"),
            date(2026, 12, 24): SpecialDay("Christmas Eve", (Interval(time(8), time(12)),)),
        },
    )


def test_a_place_without_rows_has_no_known_hours():
    assert create_location().opening_hours == Hours()


def test_only_the_special_days_around_now_are_fetched(django_assert_num_queries):
    location = create_location()
    create_hours(location)
    for days in (-400, -2, -1, 0, 30, 31):
        create_special_hours(location, day=date(2026, 11, 23) + timedelta(days=days))

    with django_assert_num_queries(2):
        [found] = Location.objects.with_hours(NOON)
        hours = found.opening_hours

    assert sorted(hours.special) == [date(2026, 11, 22), date(2026, 11, 23), date(2026, 12, 23)]
    assert list(hours.weekly) == [0]


@pytest.mark.parametrize(
    ("fields", "at_field"),
    [
        pytest.param({"weekday": None, "opens": time(8), "closes": time(9)}, "weekday", id="no-weekday"),
        pytest.param({"weekday": 7, "opens": time(8), "closes": time(9)}, "weekday", id="eighth-weekday"),
        pytest.param({"opens": time(8)}, "closes", id="never-closes"),
        pytest.param({"closes": time(8)}, "opens", id="never-opens"),
        pytest.param({}, "opens", id="no-times"),
        pytest.param({"opens": time(0), "closes": time(0)}, "closes", id="midnight-to-midnight"),
        pytest.param({"opens": time(8), "closes": time(8)}, "closes", id="closes-as-it-opens"),
        pytest.param({"opens": time(8), "closes": time(9), "all_day": True}, "opens", id="times-and-24-hours"),
    ],
)
def test_hours_of_the_week_that_say_nothing_clear_are_refused(fields, at_field):
    row = WeeklyHours(location=create_location(), **{"weekday": 0, **fields})

    with pytest.raises(ValidationError) as refused:
        row.full_clean()

    assert list(refused.value.message_dict) == [at_field]


@pytest.mark.parametrize(
    ("fields", "at_field"),
    [
        pytest.param({"day": None, "closed": True}, "day", id="no-date"),
        pytest.param({"day": date(1, 1, 1), "closed": True}, "day", id="year-one"),
        pytest.param({"name": "", "closed": True}, "name", id="no-name"),
        pytest.param({"name": "  ", "closed": True}, "name", id="blank-name"),
        pytest.param({}, "opens", id="neither-closed-nor-open"),
        pytest.param({"closed": True, "all_day": True}, "closed", id="closed-and-24-hours"),
        pytest.param({"closed": True, "opens": time(8), "closes": time(9)}, "opens", id="closed-with-times"),
    ],
)
def test_a_special_day_that_says_nothing_clear_is_refused(fields, at_field):
    row = SpecialHours(location=create_location(), **{"day": THANKSGIVING, "name": "Thanksgiving Day", **fields})

    with pytest.raises(ValidationError) as refused:
        row.full_clean()

    assert list(refused.value.message_dict) == [at_field]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"opens": time(8), "closes": time(9)}, id="of-no-day"),
        pytest.param({"weekday": 0, "day": THANKSGIVING, "name": "X", "closed": True}, id="of-both-kinds-of-day"),
        pytest.param({"weekday": 7, "all_day": True}, id="eighth-weekday"),
        pytest.param({"weekday": 0, "closed": True}, id="closed-weekday"),
        pytest.param({"weekday": 0, "name": "X", "all_day": True}, id="named-weekday"),
        pytest.param({"day": THANKSGIVING, "closed": True}, id="special-day-without-a-name"),
        pytest.param({"weekday": 0}, id="without-times"),
        pytest.param({"weekday": 0, "opens": time(8)}, id="half-a-time"),
        pytest.param({"weekday": 0, "opens": time(8), "closes": time(8)}, id="closes-as-it-opens"),
        pytest.param({"weekday": 0, "opens": time(8), "closes": time(9), "all_day": True}, id="times-and-24-hours"),
        pytest.param({"day": THANKSGIVING, "name": "X", "closed": True, "all_day": True}, id="closed-and-24-hours"),
    ],
)
def test_the_database_holds_the_rules_too(fields):
    location = create_location()

    with pytest.raises(IntegrityError), transaction.atomic():
        LocationHours.objects.create(location=location, **fields)


def test_a_keeper_enters_a_week_and_a_special_day(client, keeper):
    location = create_location(published_at=None)

    errors = send(
        client,
        location,
        weekly(0, weekday="4", opens="22:00", closes="02:00"),
        weekly(1, weekday="0", opens="08:00", closes="16:30"),
        weekly(2, weekday="6", all_day="on"),
        special(0, closed="on"),
    )

    assert errors == []
    assert rows_of(location) == [
        "Monday: 8 AM to 4:30 PM",
        "Friday: 10 PM to 2 AM",
        "Sunday: 24 hours",
        "Thanksgiving Day (November 26, 2026): closed",
    ]


def test_a_line_left_empty_is_no_line(client, keeper):
    location = create_location(published_at=None)

    assert send(client, location, weekly(0, weekday="")) == []
    assert rows_of(location) == []


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        pytest.param(
            [weekly(0, opens="08:00", closes="12:00"), weekly(1, opens="11:00", closes="16:00")],
            ["“Monday: 8 AM to noon” and “Monday: 11 AM to 4 PM” overlap. Change or remove one of them."],
            id="on-a-day",
        ),
        pytest.param(
            [weekly(0, opens="08:00", closes="12:00"), weekly(1, opens="08:00", closes="12:00")],
            ["“Monday: 8 AM to noon” and “Monday: 8 AM to noon” overlap. Change or remove one of them."],
            id="twice-the-same",
        ),
        pytest.param(
            [weekly(0, weekday="6", opens="22:00", closes="02:00"), weekly(1, weekday="0", all_day="on")],
            ["“Monday: 24 hours” and “Sunday: 10 PM to 2 AM” overlap. Change or remove one of them."],
            id="past-midnight-into-the-next-week",
        ),
        pytest.param(
            [special(0, closed="on"), special(1, opens="08:00", closes="12:00")],
            ["November 26, 2026 is closed and has another line too. Remove one of them."],
            id="closed-and-open",
        ),
        pytest.param(
            [special(0, opens="08:00", closes="12:00"), special(1, name="Turkey Day", opens="13:00", closes="14:00")],
            ["November 26, 2026 has two names, “Thanksgiving Day” and “Turkey Day”. Give all its lines the same one."],
            id="two-names",
        ),
        pytest.param([weekly(0, opens="08:00", closes="26:00")], ["Enter a valid time."], id="no-time-of-day"),
        pytest.param([weekly(0, weekday="9", all_day="on")], None, id="no-weekday"),
        pytest.param([special(0, day="2026-02-30", closed="on")], ["Enter a valid date."], id="no-date"),
        pytest.param([special(0, name="x" * 81, closed="on")], None, id="too-long-a-name"),
        pytest.param([special(0, name="\x00", closed="on")], None, id="nul"),
    ],
)
def test_rows_that_do_not_fit_are_refused_in_a_sentence(client, keeper, rows, errors):
    location = create_location(published_at=None)

    told = send(client, location, *rows)

    assert rows_of(location) == []
    assert told
    if errors:
        assert told[:1] == errors


def test_a_row_that_is_removed_overlaps_with_nothing(client, keeper):
    location = create_location(published_at=None)
    row = create_hours(location)

    errors = send(
        client,
        location,
        {"weeklyhours-0-DELETE": "on", "weeklyhours-0-id": str(row.pk)},
        weekly(1, opens="09:00", closes="16:00"),
    )

    assert errors == []
    assert rows_of(location) == ["Monday: 9 AM to 4 PM"]


def test_visitors_keep_the_old_hours_until_the_draft_is_published(client, keeper):
    location = create_location()
    create_hours(location)
    save(client, location, **{"weeklyhours-0-closes": "15:00"})

    assert rows_of(location) == ["Monday: 8 AM to 4:30 PM"]
    assert opened(client, location)["weeklyhours-0-closes"] == "15:00"

    drafting.publish(location, user=keeper)

    assert rows_of(location) == ["Monday: 8 AM to 3 PM"]


def test_a_row_that_stands_in_the_draft_alone_is_edited_again(client, keeper):
    location = create_location()
    send(client, location, weekly(0, opens="08:00", closes="16:30"), special(0, closed="on"))
    save(client, location, **{"weeklyhours-0-closes": "15:00", "specialhours-0-name": "Thanksgiving"})

    drafting.publish(location, user=keeper)

    assert rows_of(location) == ["Monday: 8 AM to 3 PM", "Thanksgiving (November 26, 2026): closed"]


def test_the_history_tells_which_hours_changed_and_restores_them(client, keeper):
    location = create_location(published_at=None)
    create_hours(location)
    create_special_hours(location, day=THANKSGIVING)
    history.begin(location)
    save(client, location, **{"weeklyhours-0-closes": "15:00", "specialhours-0-DELETE": "on"})
    newest, oldest = history.revisions_of(Location, location.pk)

    before, after = (read(version.revision, Location, location.pk) for version in (oldest, newest))
    told = [(c.title, c.how, [(f.label, f.before, f.after) for f in c.fields]) for c in changes(before, after)]
    screen = client.get(
        change_address(location, "compare"), {"a": oldest.revision_id, "b": newest.revision_id}
    ).content.decode()
    drafting.restore(location, oldest.revision, user=keeper)

    assert told[0] == (
        "opening hours: Monday: 8 AM to 3 PM",
        "changed",
        [("Closes", "4:30 PM", "3:00 PM")],
    )
    assert told[1][:2] == ("opening hours: Thanksgiving Day (November 26, 2026): closed", "removed")
    assert "<del>4:30</del><ins>3:00</ins> PM" in screen
    assert rows_of(location) == ["Monday: 8 AM to 4:30 PM", "Thanksgiving Day (November 26, 2026): closed"]
    assert take(location).same_content_as(before)


def test_hours_that_came_to_overlap_are_not_published(client, keeper):
    location = create_location(published_at=None)
    LocationHours.objects.create(location=location, weekday=0, opens=time(8), closes=time(12))
    row = LocationHours.objects.create(location=location, weekday=0, opens=time(11), closes=time(13))

    [found] = [finding for finding in findings(location) if finding.code == "hours"]

    assert (found.level, found.part, found.field) == ("error", row, "opens")
    assert found.message == "“Monday: 8 AM to noon” and “Monday: 11 AM to 1 PM” overlap. Change or remove one of them."


def test_two_versions_put_together_drop_times_beside_24_hours():
    row = WeeklyHours(weekday=0, opens=time(8), closes=time(12), all_day=True)

    row.derive()

    assert (row.opens, row.closes, row.all_day) == (None, None, True)


def test_no_rows_have_no_trouble():
    assert first_trouble([]) is None
