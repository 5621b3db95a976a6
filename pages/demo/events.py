import calendar
from datetime import timedelta

from django.utils import timezone

from events.models import Event
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
    new = 0
    for spec in content["events"]:
        new += _store(spec, published_at=local_midnight(spec["first_day"]))
    today = timezone.localdate(now)
    for spec in content["upcoming"]:
        first_day = next_weekday(today, spec.pop("weekday")) + timedelta(weeks=spec.pop("weeks_ahead"))
        last_day = first_day + timedelta(days=spec.pop("days", 1) - 1)
        new += _store(
            {**spec, "sign_up": content["sign_up_for_upcoming"]},
            first_day=first_day,
            last_day=last_day if last_day > first_day else None,
            published_at=now,
            demonstration=True,
        )
    return Tally("events", len(content["events"]) + len(content["upcoming"]), new)


def move_events_on(now):
    """Move each made-up event that is over at `now` to a day still to come, on its weekday. Return how many."""
    over = list(Event.objects.dated().filter(demonstration=True, ends_at__lte=now))
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


def _store(spec, **values):
    values = {**spec, **values, "body": spec["body"].strip(), "image": picture(spec.get("image"))}
    _, is_new = store(Event, {"slug": values.pop("slug")}, **values)
    return is_new
