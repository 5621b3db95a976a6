"""The search among many documents: `python -m benchmarks.search [--documents 100000] [--folder FOLDER]`.

Fills an empty database with news, events, contacts, people and services of made-up words, as often as words are
in a language: SQLite in a temporary folder (or in `--folder`, which is kept, and found filled the next time), or
the PostgreSQL that DATABASE_URL names. Then rebuilds the index as the command does, and times searches,
suggestions and the writing of one thing. Beside the time by the clock stands the time of the processor, the
database's own included where it runs on this machine: other work on the machine disturbs it less.
"""

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import django

WORDS = 50_000
FILLERS = 40  # so many of the most frequent words say nothing: the, and, of
MIX = {"service": 0.01, "person": 0.02, "contact": 0.05, "event": 0.12, "article": 0.80}
AT_ONCE = 2_000
OF_EACH = 20  # queries of each group
GOALS = {"search": 20, "suggestion": 10, "index of one thing": 20}  # ms at the 95th percentile
COMMON = ["hospital", "care", "health", "patient", "clinic", "doctor", "nurse", "community", "medical", "family"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--folder")
    parser.add_argument("--no-rebuild", action="store_true", help="take the index as it is")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="search-") as folder:
        folder = options.folder or folder
        os.environ["DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "backus_site.settings"
        (Path(folder) / "static").mkdir(parents=True, exist_ok=True)
        django.setup()
        run(options)


def run(options):
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from news.models import Article

    setup_test_environment()
    call_command("migrate", verbosity=0)
    texts = Texts(random.Random(5))
    if not Article.objects.exists():
        began = time.monotonic()
        fill(options.documents, texts)
        print(f"{options.documents:,} documents: {time.monotonic() - began:.0f} s to fill", flush=True)
    if not options.no_rebuild:
        rebuild()
    told = measure(texts)
    print(f"\n{'':24}{'times':>6}{'p50':>9}{'p95':>9}{'p99':>9}  of the processor: p50, p95, p99 (ms)")
    for name, times in told.items():
        print(f"{name:24}{times.told()}")
    print()
    missed = [name for name, most in GOALS.items() if told[name].percentile(95, "cpu") > most]
    sys.exit(f"Over the goal: {', '.join(missed)}" if missed else None)


class Texts:
    """Makes texts up; a word's place in `words` is how often it stands there: the second half as often as the first."""

    def __init__(self, chance):
        from search.lay_words import telling
        from search.starter import STARTER
        from search.words import STOP_WORDS, words_of

        self.chance = chance
        known = words_of(STARTER.read_text(encoding="utf-8"))
        words = [*sorted(STOP_WORDS)[:FILLERS], *COMMON, *telling(known)]
        syllables = [first + vowel for first in "bcdfglmnprstvz" for vowel in "aeiou"]
        words = list(dict.fromkeys(words))
        while len(words) < WORDS:
            some = [*words, *("".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(5_000))]
            words = list(dict.fromkeys(some))
        self.words = words[:WORDS]
        self.often = list(accumulate(1 / place for place in range(1, WORDS + 1)))
        self.telling_words = self.words[FILLERS:]
        self.telling_often = [often - self.often[FILLERS - 1] for often in self.often[FILLERS:]]

    def several(self, least, most, *, telling=False):
        """Return `least` to `most` words with blanks between; with `telling`, none of those that say nothing."""
        count = self.chance.randint(least, most)
        if telling:
            return " ".join(self.chance.choices(self.telling_words, cum_weights=self.telling_often, k=count))
        return " ".join(self.chance.choices(self.words, cum_weights=self.often, k=count))

    def title(self):
        return self.several(3, 8, telling=True).capitalize()

    def rare(self):
        return self.words[self.chance.randrange(5_000, WORDS)]

    def known(self):
        return self.words[self.chance.randrange(FILLERS, 5_000)]


def fill(documents, texts):
    """Store `documents` things, live for one day to twenty years; every hundredth is a draft or scheduled."""
    from django.db import connection

    from search.starter import load_starter

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
    load_starter()
    makers = {
        "article": articles,
        "event": events,
        "contact": contacts,
        "person": people,
        "service": services,
    }
    for kind, share in MIX.items():
        wanted = round(documents * share)
        for start in range(0, wanted, AT_ONCE):
            makers[kind](range(start, min(start + AT_ONCE, wanted)), texts)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _live(texts):
    days = texts.chance.randint(-60, 7_300)
    return {"published_at": None if days % 100 == 0 else datetime.now(UTC) - timedelta(days=days)}


def _html(texts):
    return "".join(f"<p>{texts.several(50, 134)}</p>" for _ in range(3))


def articles(numbers, texts):
    from news.models import Article, Topic

    topics = list(Topic.objects.all()) or Topic.objects.bulk_create(
        Topic(name=name.capitalize(), slug=name) for name in COMMON[:8]
    )
    made = Article.objects.bulk_create(
        Article(
            headline=texts.title(),
            slug=f"article-{number}",
            summary=texts.several(12, 25),
            body=_html(texts),
            **_live(texts),
        )
        for number in numbers
    )
    through = Article.topics.through
    through.objects.bulk_create(
        through(article_id=article.pk, topic_id=texts.chance.choice(topics).pk) for article in made
    )


def events(numbers, texts):
    from events.models import Event, EventDate
    from tests.factories import build_event

    made = [
        build_event(
            title=texts.title(),
            slug=f"event-{number}",
            summary=texts.several(12, 25),
            body=_html(texts),
            first_day=datetime.now(UTC).date() + timedelta(days=texts.chance.randint(-3_000, 200)),
            **_live(texts),
        )
        for number in numbers
    ]
    for event in made:
        event.clean()
    Event.objects.bulk_create(made)
    EventDate.objects.bulk_create(
        EventDate(
            event=event,
            day=event.first_day,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            has_end=True,
            on_day=event.first_day,
            until_day=event.first_day,
        )
        for event in made
    )


def contacts(numbers, texts):
    from directory.models import Contact, ContactNumber, Section

    section, _made = Section.objects.get_or_create(slug="all", defaults={"name": "All", "position": 1})
    made = Contact.objects.bulk_create(
        Contact(
            name=texts.title(),
            also_known_as=f"{texts.several(1, 3, telling=True)}, {texts.several(1, 2, telling=True)}",
            section=section,
            position=number + 1,
            note=texts.several(5, 20),
            published_at=datetime(2020, 1, 1, tzinfo=UTC),
        )
        for number in numbers
    )
    ContactNumber.objects.bulk_create(
        ContactNumber(contact=contact, number=_number(number), kind=ContactNumber.Kind.VOICE, position=1)
        for number, contact in zip(numbers, made, strict=True)
    )


def _number(number):
    return f"+1860{823_0000 + number}"


def people(numbers, texts):
    from directory.models import Person

    Person.objects.bulk_create(
        Person(
            name=f"{texts.rare()} {texts.rare()}".title(),
            sort_name=f"Person {number}",
            slug=f"person-{number}",
            provider=True,
            title=texts.several(2, 4, telling=True),
            biography=_html(texts),
            published_at=datetime(2020, 1, 1, tzinfo=UTC),
        )
        for number in numbers
    )


def services(numbers, texts):
    from directory.models import Service

    Service.objects.bulk_create(
        Service(
            name=f"{texts.several(1, 3, telling=True).capitalize()} {number}",
            slug=f"service-{number}",
            also_known_as=texts.several(1, 3, telling=True),
            summary=texts.several(12, 25),
            body=_html(texts),
            published_at=datetime(2020, 1, 1, tzinfo=UTC),
        )
        for number in numbers
    )


def rebuild():
    """Rebuild the index in a process of its own, and print how long it took and how much memory at most."""
    began = time.monotonic()
    subprocess.run([sys.executable, "manage.py", "rebuild_search"], check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    print(
        f"Rebuilt in {seconds:.0f} s, {cpu:.0f} s of the processor, {used.ru_maxrss / 1024:.0f} MB at most", flush=True
    )


@dataclass
class Times:
    """Milliseconds by the clock, and of the processor."""

    wall: list = field(default_factory=list)
    cpu: list = field(default_factory=list)

    def percentile(self, percent, which):
        times = getattr(self, which)
        return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]

    def told(self):
        wall, cpu = ([self.percentile(percent, which) for percent in (50, 95, 99)] for which in ("wall", "cpu"))
        return f"{len(self.wall):6}" + "".join(f"{each:9.1f}" for each in (*wall, *cpu))

    def __add__(self, other):
        return Times(self.wall + other.wall, self.cpu + other.cpu)


def timed(function, *given):
    """Return the (milliseconds by the clock, of the processor) that the call takes."""
    wall, cpu = time.perf_counter(), time.process_time() + _database_seconds()
    function(*given)
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() + _database_seconds() - cpu)


def _database_seconds():
    """Return how long our connection's PostgreSQL process has run; 0 for SQLite and where it cannot be seen."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    connection.ensure_connection()
    statistic = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(statistic.read_text().split()[0]) / 1e9 if statistic.exists() else 0


def measure(texts):
    """Return {name: Times}: of all searches, of each group of them, of suggestions, and of writing one thing."""
    from search.engine import find, suggest
    from search.indexing import refresh

    groups = queries(texts)
    told = {"search": Times()}
    find("hospital")  # reads the words that are kept in memory
    for name, group in groups.items():
        language = "es" if name == "Spanish" else "en"
        times = told[f"  {name}"] = Times()
        for query in group:
            keep(times, lambda query=query: find(query, language=language))  # noqa: B023  it is called at once
        told["search"] += times
    told["suggestion"] = Times()
    typed = {query[:length] for group in groups.values() for query in group[:4] for length in range(2, len(query) + 1)}
    for prefix in sorted(typed):
        keep(told["suggestion"], suggest, prefix)
    told["index of one thing"] = Times()
    for kind, ids in some_things(texts).items():
        times = told[f"  {kind}"] = Times()
        for pk in ids:
            keep(times, refresh, kind, [pk])
        told["index of one thing"] += times
    return told


def keep(times, function, *given):
    wall, cpu = timed(function, *given)
    times.wall.append(wall)
    times.cpu.append(cpu)


def some_things(texts):
    """Return {kind: primary keys of a few of its things}."""
    from search.models import Entry

    ids = {
        kind: list(Entry.objects.filter(kind=kind, object_id__gt=0).values_list("object_id", flat=True)) for kind in MIX
    }
    return {kind: texts.chance.sample(known, min(OF_EACH, len(known))) for kind, known in ids.items()}


def queries(texts):
    """Return {group: list of queries} as visitors may type them."""
    from search.models import Entry, LayWord

    chance = random.Random(7)
    texts.chance = chance
    lay = {
        language: list(LayWord.objects.filter(language=language).order_by("pk").values_list("words", flat=True))
        for language in ("en", "es")
    }
    titles = list(
        Entry.objects.filter(object_id__gt=0)
        .order_by("pk")
        .values_list("title", flat=True)[:: max(1, Entry.objects.count() // 200)]
    )
    makers = {
        "one common word": lambda: chance.choice(COMMON),
        "one known word": texts.known,
        "one rare word": texts.rare,
        "common words": lambda: " ".join(chance.sample(COMMON, chance.randint(2, 4))),
        "several words": lambda: " ".join(texts.known() for _ in range(chance.randint(2, 4))),
        "a whole title": lambda: chance.choice(titles),
        "a sentence": lambda: f"where can i find {chance.choice(COMMON)} for {texts.known()} and {texts.known()}",
        "a typing error": lambda: misspelt(texts.known(), chance),
        "several typing errors": lambda: " ".join(misspelt(texts.rare(), chance) for _ in range(3)),
        "nothing like it": lambda: "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=9)),
        "a lay word": lambda: chance.choice(lay["en"]),
        "lay words": lambda: " ".join(chance.sample(lay["en"], 2)),
        "a number": lambda: _number(chance.randrange(2_000))[2:],
        "nobody's number": lambda: f"212-555-{chance.randrange(10_000):04}",
        "a phrase": lambda: '"' + " ".join(chance.choice(titles).split()[:2]) + '"',
        "a common phrase": lambda: '"' + " ".join(chance.sample(COMMON, 2)) + '"',
        "a minus word": lambda: f"{texts.known()} -{chance.choice(COMMON)}",
        "common, a minus word": lambda: f"{chance.choice(COMMON)} -{texts.known()}",
        "a beginning": lambda: texts.known()[:4],
        "Spanish": lambda: chance.choice(lay["es"]),
    }
    return {name: [make() for _ in range(OF_EACH)] for name, make in makers.items()}


def misspelt(word, chance):
    """Return `word` with two letters changed round, or with one letter wrong where it is short."""
    place = chance.randrange(len(word) - 1)
    if len(word) > 3 and word[place] != word[place + 1]:
        return f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}"
    return f"{word[:place]}k{word[place + 1 :]}"


if __name__ == "__main__":
    main()
