"""How long the staff's lists of registrations take: `python -m benchmarks.registrations [REGISTRATIONS]`.

Writes that many (default 200,000) for 200 dates into the database of DATA_DIR, which must be migrated and empty,
and asks for each list as a superuser; prints the median of five times in milliseconds. The budget is 300.
"""

import os
import statistics
import sys
import time
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backus_site.settings")
DATES = 200


def fill(number):
    from django.utils import timezone

    from events.models import Event, EventDate, Registration

    Event(
        title="Class",
        slug="class",
        first_day=date(2099, 1, 1),
        rule=f"FREQ=DAILY;COUNT={DATES}",
        sign_up_by="here",
        published_at=timezone.now(),
    ).save()
    keys = list(EventDate.objects.values_list("pk", flat=True))
    states = ["confirmed"] * 8 + ["waiting", "cancelled"]
    rows = (
        Registration(
            date_id=keys[each % DATES],
            name=f"Visitor {each}",
            email=f"visitor-{each}@example.org",
            nonce=f"nonce-{each}",
            state=states[each % 10],
            created_at=timezone.now() - timedelta(seconds=each),
        )
        for each in range(number)
    )
    Registration.objects.bulk_create(rows, batch_size=2000)
    return keys[0]


def measure(client, address):
    times = []
    for _turn in range(6):  # the first one loads templates
        begun = time.perf_counter()
        response = client.get(address)
        times.append((time.perf_counter() - begun) * 1000)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")
    return statistics.median(times[1:])


def main(number):
    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    key = fill(number)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("bench"))
    everything, of_date = "/admin/events/registration/", f"/admin/events/registration/date/{key}/"
    for address in (
        *(everything, f"{everything}?p=150", f"{everything}?q=visitor-1999", f"{everything}?q=nobody-at-all"),
        *(
            f"{everything}?state__exact=waiting",
            of_date,
            f"{of_date}?page=9",
            f"{of_date}?q=visitor-1",
            f"{of_date}sheet/",
        ),
        *(f"{of_date}check-in/", f"{of_date}registrations.csv", "/admin/"),
    ):
        print(f"{measure(client, address):8.1f} ms  {address}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
