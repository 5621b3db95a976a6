"""The public pages of events among many: `python -m benchmarks.events [--events 20000] [--folder FOLDER]`.

Fills an empty database: SQLite in a temporary folder (or in `--folder`, which is kept and found filled the next
time), or the PostgreSQL that DATABASE_URL names. One in fifty is a weekly series, a third lies ahead. Tells for each
page the queries and what the server takes, the best and the middle of some requests.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import django

TIMES = 7
GOAL = 100  # ms of the processor
TOPICS, PLACES = 12, 8


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="events-") as folder:
        folder = options.folder or folder
        os.environ["DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "backus_site.settings"
        (Path(folder) / "static").mkdir(parents=True, exist_ok=True)
        django.setup()
        run(options.events)


def run(wanted):
    from django.core.management import call_command
    from django.utils import timezone

    from events.models import Event

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Event.objects.exists():
        fill(wanted)
    today = timezone.localdate()
    measure(
        [
            "/events/",
            "/events/?page=40",
            "/events/?topic=topic-3&location=place-2&free=on",
            f"/events/?from={today + timedelta(days=60)}",
            f"/events/{today.year}/{today.month}/",
            f"/events/past/{today.year}/",
            "/events/event-0/",
            "/events/event-1/",
            "/events/topics/topic-3.ics",
            "/events/calendar.ics",
        ]
    )


def fill(wanted):
    from django.utils import timezone

    from directory.models import Location
    from events.dates import fit, planned_dates
    from events.models import Event, EventDate, Topic

    choose = random.Random(7)
    since = timezone.now() - timedelta(days=3000)
    topics = [Topic.objects.create(name=f"Topic {each}", slug=f"topic-{each}") for each in range(TOPICS)]
    places = [
        Location.objects.create(name=f"Place {each}", slug=f"place-{each}", published_at=since)
        for each in range(PLACES)
    ]
    today = timezone.localdate()
    events = []
    for number in range(wanted):
        first_day = today + timedelta(days=choose.randint(-800, 400))
        event = Event(
            title=f"Event {number} about health",
            slug=f"event-{number}",
            summary="A class for everybody.",
            published_at=since,
            first_day=first_day,
            start_time=f"{choose.randint(8, 18):02}:00",
            location=choose.choice(places),
            free=number % 3 == 0,
            sign_up_by="here" if number % 4 == 0 else "none",
            seats=20,
            languages=choose.choice(["", "English", "English, Spanish"]),
            rule=f"FREQ=WEEKLY;BYDAY={['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][first_day.weekday()]}"
            if number % 50 == 0
            else "",
        )
        event.start_time = Event._meta.get_field("start_time").to_python(event.start_time)
        event.starts_at, event.ends_at = event._bounds()
        events.append(event)
    Event.objects.bulk_create(events, batch_size=500)
    Event.topics.through.objects.bulk_create(
        [Event.topics.through(event=event, topic=choose.choice(topics)) for event in events], batch_size=500
    )
    dates = []
    for event in Event.objects.prefetch_related("changes").iterator(chunk_size=500):
        until = max(event.first_day, today) + timedelta(days=550) if event.rule else event.first_day + timedelta(days=1)
        for day, plan in planned_dates(event, event.first_day, until).items():
            date = EventDate(event=event, day=day, change=None)
            fit(date, plan)
            dates.append(date)
    EventDate.objects.bulk_create(dates, batch_size=500)
    print(f"{len(events)} events with {len(dates)} dates")


def measure(addresses):
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    for address in addresses:
        took = []
        for _time in range(TIMES):
            before = time.process_time()
            response = client.get(address)
            took.append((time.process_time() - before) * 1000)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        slowest = max((float(query["time"]) * 1000 for query in queries), default=0)
        told = f"{min(took):7.0f} best {statistics.median(took):7.0f} middle (ms of the processor)"
        print(
            f"{address:52}{response.status_code} {len(queries):3} queries {told} {len(response.content) // 1024:6} KiB"
            f" {slowest:6.0f} ms the slowest query{'' if statistics.median(took) <= GOAL else '  OVER THE GOAL'}"
        )


if __name__ == "__main__":
    main()
