import calendar
from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify

from events.dates import write_dates
from events.models import Audience, Event, Registration, Topic
from events.recurrence import WEEKDAY_CODES
from publishing.local_time import local_midnight

from .files import read
from .pictures import picture
from .storing import Tally, store

# The made-up events lie in six weeks. One that is over moves on by six, so they stay spread as they are.
MOVES_ON_BY = timedelta(weeks=6)
WEEKDAYS = [name.lower() for name in calendar.day_name]


def load_events(now):
    """Store the hospital's own events on their days, and the made-up ones in the weeks after `now`."""
    content = read("events")
    kinds = {
        "topics": {key: _kind(Topic, name) for key, name in content["topics"].items()},
        "audiences": {key: _kind(Audience, name) for key, name in content["audiences"].items()},
    }
    new = 0
    for spec in content["events"]:
        new += _store(spec, kinds, published_at=local_midnight(spec["first_day"]))
    for spec in content["upcoming"]:
        here = spec.get("sign_up_by") == Event.SignUp.HERE
        sign_up = content["sign_up_here_for_upcoming" if here else "sign_up_for_upcoming"]
        days = _days_of(spec, timezone.localdate(now))
        new += _store({**spec, **days, "sign_up": sign_up}, kinds, published_at=now, demonstration=True)
    return Tally("events", len(content["events"]) + len(content["upcoming"]), new)


def move_events_on(now):
    """Move each made-up event that is over at `now` to a day still to come, on its weekday. Return how many.

    A series goes on by itself.
    """
    over = list(Event.objects.dated().filter(demonstration=True, rule="", ends_at__lte=now))
    for event in over:
        while event.is_over(now):
            event.first_day += MOVES_ON_BY
            if event.last_day:
                event.last_day += MOVES_ON_BY
            event.full_clean()
        event.save()
    return len(over)


def next_weekday(day, name):
    """Return the first day after `day` that is the weekday `name` ("tuesday")."""
    return day + timedelta(days=(WEEKDAYS.index(name) - day.weekday() - 1) % 7 + 1)


def _kind(model, name):
    return store(model, {"slug": slugify(name)}, name=name)[0]


def _days_of(spec, today):
    """Take from `spec` by which weekday it is placed, and return the fields of Event that say so."""
    if "weekday" not in spec:
        return {}
    first_day = next_weekday(today, spec.pop("weekday")) + timedelta(weeks=spec.pop("weeks_ahead"))
    length = timedelta(days=spec.pop("days", 1) - 1)
    rules = {"": "", "week": "FREQ=WEEKLY;BYDAY={}", "2 weeks": "FREQ=WEEKLY;INTERVAL=2;BYDAY={}"}
    return {
        "first_day": first_day,
        "last_day": first_day + length if length else None,
        "rule": rules[spec.pop("every", "")].format(WEEKDAY_CODES[first_day.weekday()]),
    }


def _store(spec, kinds, **values):
    values = {**spec, **values, "body": spec["body"].strip(), "image": picture(spec.get("image"))}
    several = {name: values.pop(name, []) for name in kinds}
    dates, registered, waiting = (values.pop(name, []) for name in ("dates", "registered", "waiting"))
    event, is_new = store(Event, {"slug": values.pop("slug")}, **values)
    if is_new:
        for name, keys in several.items():
            getattr(event, name).set([kinds[name][key] for key in keys])
        _store_dates(event, dates)
        _register(event, registered, Registration.State.CONFIRMED)
        _register(event, waiting, Registration.State.WAITING)
    return is_new


def _store_dates(event, specs):
    for spec in specs:
        date = event.dates.all()[spec.pop("number")]
        event.dates.filter(pk=date.pk).update(**spec, sequence=date.sequence + 1)
    write_dates(event)


def _register(event, parties, state):
    """Register made-up people for the first date of `event`. They have no address, so nobody is mailed."""
    first = event.dates.first()
    for number, party in enumerate(parties, start=1):
        key = f"demonstration-{event.slug}-{state}-{number}"
        Registration.objects.get_or_create(
            nonce=key,
            defaults={
                "date": first,
                "state": state,
                "name": f"Demonstration {state} {number}",
                "party": party,
                "demonstration": True,
            },
        )
