"""The news among many posts: `python -m benchmarks.news [--posts 100000] [--folder FOLDER]`.

Fills an empty database: SQLite in a temporary folder (or in `--folder`, which is kept and found filled the next
time), or the PostgreSQL that DATABASE_URL names. The posts are spread over twenty years, each with one to three
topics and every second one with a facility; one topic has old posts only, some posts share an instant, and one in
fifty has expired. Tells for each page the queries and what the server takes, the best and the middle of some
requests. The deep pages are near the end of their list.
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

TIMES = 9
GOAL = 100  # ms of the processor
TOPICS, PLACES, YEARS = 12, 8, 20


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="news-") as folder:
        folder = options.folder or folder
        os.environ["DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "backus_site.settings"
        (Path(folder) / "static").mkdir(parents=True, exist_ok=True)
        django.setup()
        run(options.posts)


def run(wanted):
    from django.core.management import call_command
    from django.utils import timezone

    from news.models import Article, LocationListing, TopicListing
    from publishing.keyset import Cursor

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Article.objects.exists():
        fill(wanted)
    settle()

    def deep(rows, key):
        listed = rows.order_by("published_at", key)
        row = listed[min(30, listed.count() - 1)]
        return Cursor(row.published_at, getattr(row, key))

    everything = deep(Article.objects.published(), "pk")
    of_topic = deep(TopicListing.objects.filter(topic__slug="topic-3").published(), "article_id")
    of_place = deep(LocationListing.objects.filter(location__slug="place-2").published(), "article_id")
    year = timezone.localdate().year - 5
    middle = Article.objects.published().order_by("pk")[Article.objects.published().count() // 2]
    measure(
        [
            "/news/",
            f"/news/?after={everything}",
            f"/news/?before={everything}",
            "/news/topics/topic-3/",
            f"/news/topics/topic-3/?after={of_topic}",
            "/news/topics/old/",
            f"/news/locations/place-2/?after={of_place}",
            "/news/press-releases/",
            "/news/notices/",
            f"/news/{year}/",
            f"/news/{year}/?topic=topic-3&location=place-2",
            f"/news/{year}/6/",
            middle.get_absolute_url(),
            "/services/care/",
            "/news/feed/",
            "/news/topics/topic-3/rss/",
            "/news/sitemap.xml",
            "/sitemap.xml",
            "/sitemap-news.xml?p=3",
        ]
    )


def settle():
    """Let PostgreSQL see how the rows are spread, as its own housekeeping does in time. SQLite is left without."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def fill(wanted):
    from django.utils import timezone

    from directory.models import Location, Service
    from news.listings import rewrite
    from news.models import Article, Block, Topic

    choose = random.Random(7)
    now = timezone.now()
    since = now - timedelta(days=YEARS * 365)
    topics = [Topic.objects.create(name=f"Topic {each}", slug=f"topic-{each}") for each in range(TOPICS)]
    old = Topic.objects.create(name="Old", slug="old")
    Topic.objects.create(name="Without a post", slug="without")
    service = Service.objects.create(name="Care", slug="care", published_at=since)
    service.topics.set([*topics[:3], old])
    places = [
        Location.objects.create(name=f"Place {each}", slug=f"place-{each}", published_at=since)
        for each in range(PLACES)
    ]
    step = (now - since) / wanted
    kinds = [Article.Kind.STORY] * 8 + [Article.Kind.PRESS_RELEASE, Article.Kind.NOTICE]
    posts = [
        Article(
            headline=f"Post {number} about health",
            slug=f"post-{number}",
            summary="What is new at the hospital." if number % 2 else "",
            body=f"<p>{'The hospital tells what is new. ' * 30}</p>",
            kind=choose.choice(kinds),
            published_at=since + step * (number - number % 3 if number % 100 < 6 else number),
            expires_at=now - timedelta(minutes=1) if number % 50 == 0 else None,
            featured_until=now + timedelta(days=1) if number in (wanted - 5, wanted // 2) else None,
        )
        for number in range(wanted)
    ]
    Article.objects.bulk_create(posts, batch_size=500)
    with_topic = [
        Article.topics.through(article=post, topic=topic)
        for number, post in enumerate(posts)
        for topic in [*choose.sample(topics, choose.randint(1, 3)), *([old] if number < wanted // 10 else [])]
    ]
    Article.topics.through.objects.bulk_create(with_topic, batch_size=500)
    there = [Article.locations.through(article=post, location=choose.choice(places)) for post in posts[::2]]
    Article.locations.through.objects.bulk_create(there, batch_size=500)
    words = [
        Block(parent=post, region="main", ordering=10 * each, kind=Block.Kind.TEXT, text="<p>More of it.</p>")
        for post in posts[-200:]
        for each in range(4)
    ]
    Block.objects.bulk_create(words, batch_size=500)
    rewrite()
    print(f"{len(posts)} posts, {len(with_topic)} times with a topic")


def measure(addresses):
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    for address in addresses:
        took = []
        for _time in range(TIMES):
            before = time.process_time()
            began = time.perf_counter()
            response = client.get(address)
            took.append(((time.process_time() - before) * 1000, (time.perf_counter() - began) * 1000))
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        slowest = max((float(query["time"]) * 1000 for query in queries), default=0)
        middle = statistics.median(each[0] for each in took)
        waited = statistics.median(each[1] for each in took)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        print(
            f"{address:58}{response.status_code} {len(queries):3} queries {min(each[0] for each in took):6.1f} best"
            f" {middle:6.1f} middle (ms of the processor) {waited:6.1f} ms in all {len(body) // 1024:5} KiB"
            f" {slowest:4.0f} ms the slowest query{'' if middle <= GOAL else '  OVER THE GOAL'}"
        )


if __name__ == "__main__":
    main()
