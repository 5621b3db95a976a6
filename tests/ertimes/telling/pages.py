"""The form “I'm on my way” as a browser sends it, and what its pages say."""

import re
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from publishing.form_stamps import make_stamp

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)  # 12:00 PM in Norwich


def form_address(department):
    return f"{department.get_absolute_url()}on-my-way/tell/"


def filled_in(department, *, age=timedelta(seconds=20), **fields):
    """Return what a browser sends of a form that was shown `age` ago."""
    stamp = make_stamp(department, timezone.now() - age)
    return {"stamp": stamp, "arriving_in": "30", "name": "Ana", "website": "", **fields}


def send(client, department, **fields):
    return client.post(form_address(department), filled_in(department, **fields))


def visible(response):
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
