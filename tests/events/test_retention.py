from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models

from events.models import DateStatus, EventDate, Registration, RegistrationMail
from events.registering import cancel, change
from events.retention import purge_registrations
from events.sending import send_due_mails
from tests.events.registrations import BEGINS, WEEK_BEFORE, come, one_date
from tests.factories import create_registration

pytestmark = pytest.mark.django_db

ENDS = BEGINS + timedelta(minutes=90)
SAID = "Zebedee Quillfeather"


def tables_with(words):
    """Return the tables in which any column of text or JSON holds `words`."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.local_concrete_fields:
                if isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField):
                    name = connection.ops.quote_name(field.column)
                    table = connection.ops.quote_name(model._meta.db_table)
                    cursor.execute(
                        f"SELECT count(*) FROM {table} WHERE CAST({name} AS text) LIKE %s",  # noqa: S608  our own names
                        [f"%{words}%"],
                    )
                    if cursor.fetchone()[0]:
                        found.add(model._meta.db_table)
    return found


@pytest.mark.parametrize(("at", "left"), [(ENDS + timedelta(days=30, seconds=-1), 1), (ENDS + timedelta(days=30), 0)])
def test_registrations_are_deleted_so_many_days_after_the_date(at, left):
    create_registration(one_date(keep_days=30))

    assert purge_registrations(at) == 1 - left
    assert Registration.objects.count() == left


def test_also_of_those_who_waited_or_cancelled_and_each_event_has_its_own_days():
    short, long = one_date(keep_days=1), one_date(keep_days=365)
    for state in ("confirmed", "waiting", "cancelled"):
        create_registration(short, state=state)
        create_registration(long, state=state)

    assert purge_registrations(ENDS + timedelta(days=2)) == 3
    assert set(Registration.objects.values_list("date", flat=True)) == {long.pk}


def test_more_than_one_statement_takes_are_deleted_too(monkeypatch):
    monkeypatch.setattr("events.retention.PART", 2)
    date = one_date()
    for _each in range(5):
        create_registration(date)

    assert purge_registrations(ENDS + timedelta(days=31)) == 5


def test_afterwards_no_table_holds_the_name_or_the_answers_in_any_column():
    registration = come(one_date(seats=2), name=SAID, answers=[{"question": "Diet?", "answer": f"{SAID} eats all"}])
    change(registration, party=2, phone="", answers=registration.answers, at=WEEK_BEFORE)
    send_due_mails()
    cancel(registration, WEEK_BEFORE)
    assert tables_with(SAID) == {"events_registration"}

    purge_registrations(ENDS + timedelta(days=31))

    assert tables_with(SAID) == set()
    assert RegistrationMail.objects.count() == 0


def not_held(status, changed_at):
    """Store a date of that status with somebody registered, to which the last thing was done at `changed_at`."""
    date = one_date(keep_days=30)
    create_registration(date)
    EventDate.objects.filter(pk=date.pk).update(status=status, changed_at=changed_at)


@pytest.mark.parametrize(
    ("changed_at", "at", "left"),
    [
        (WEEK_BEFORE, ENDS + timedelta(days=31), 1),
        (WEEK_BEFORE, ENDS + timedelta(days=365, seconds=-1), 1),
        (WEEK_BEFORE, ENDS + timedelta(days=365), 0),
        (ENDS + timedelta(days=9), ENDS + timedelta(days=365), 1),
        (ENDS + timedelta(days=9), ENDS + timedelta(days=374), 0),
    ],
)
def test_the_people_of_a_postponed_date_wait_for_its_new_day_but_not_for_ever(changed_at, at, left):
    not_held(DateStatus.POSTPONED, changed_at)

    assert purge_registrations(at) == 1 - left
    assert Registration.objects.count() == left


@pytest.mark.parametrize(
    ("changed_at", "at", "left"),
    [
        (WEEK_BEFORE, ENDS + timedelta(days=30), 0),
        (ENDS + timedelta(days=60), ENDS + timedelta(days=61), 1),
        (ENDS + timedelta(days=60), ENDS + timedelta(days=90), 0),
    ],
)
def test_of_what_was_postponed_and_then_cancelled_the_days_count_from_the_cancelling(changed_at, at, left):
    not_held(DateStatus.CANCELLED, changed_at)

    assert purge_registrations(at) == 1 - left
