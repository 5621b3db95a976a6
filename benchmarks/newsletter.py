"""A newsletter to many through a mail server, with workers killed on the way.

    python -m benchmarks.newsletter [--readers 50000] [--kills 2] [--postgresql]

Makes a site of its own in a temporary folder, on SQLite or on a PostgreSQL that it starts; a mail server in a process
of its own that writes down each recipient; and a worker, as in the Procfile, that is killed with SIGKILL at chance
moments and started again. Prints how long it took and who got how many; ends with exit code 1 where an address got
none, or more addresses got two than there were kills.
"""

import argparse
import contextlib
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psycopg

from tests import postgres, prepared_site
from tests.mail_server import MailServerProcess

ROOT = Path(__file__).resolve().parent.parent
GIVE_UP = 3600  # seconds

START = """
import sys, time, resource, django
django.setup()
from django.utils import timezone
from newsletter.mailings import start
from newsletter.models import Issue, MailingList, Subscriber, Subscription, TextBlock
number, now = int(sys.argv[1]), timezone.now()
health = MailingList.objects.create(name="Health news of the hospital", slug="benchmark", description="Monthly.")
for first in range(0, number, 5000):
    rows = [
        Subscriber(email=f"reader-{each}@example.org")
        for each in range(first, min(number, first + 5000))
    ]
    Subscriber.objects.bulk_create(rows)
    Subscription.objects.bulk_create(
        [Subscription(subscriber=each, mailing_list=health, confirmed_at=now) for each in rows]
    )
issue = Issue.objects.create(subject="Healthy at home", slug="healthy-at-home", published_at=now)
issue.lists.set([health])
paragraph = "<p>Wash your hands, sleep enough, and call us at any hour when you are not sure what to do next.</p>"
TextBlock.objects.create(parent=issue, region="main", ordering=10, text=paragraph * 120)
memory, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
mailing = start(issue)
seconds, memory = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
print(f"start(): {mailing.addresses} deliveries in {seconds:.2f} s, {memory / 1024:.0f} MB more")
"""

WAITING = "SELECT count(*) FROM newsletter_delivery WHERE state = 'waiting'"
STATE = "SELECT state FROM newsletter_mailing"


class Site:
    """The database and the worker of a site in `folder`; `mail` is the port of its mail server."""

    def __init__(self, folder, mail, database=None):
        self.folder = Path(folder)
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment = {
            **kept,
            "DJANGO_SETTINGS_MODULE": "backus_site.settings",
            "DATA_DIR": str(folder),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail}",
            "NEWSLETTER_MAILS_PER_MINUTE": "0",
            **({"DATABASE_URL": database} if database else {}),
        }

    def run(self, *command):
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout.strip()

    def ask(self, sql):
        """Return the one value that `sql` asks for."""
        if "DATABASE_URL" in self.environment:
            with connect(self.environment["DATABASE_URL"]) as database:
                return database.execute(sql).fetchone()[0]
        with contextlib.closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=20)) as database:
            return database.execute(sql).fetchone()[0]

    def start_worker(self):
        log = (self.folder / "worker.log").open("ab")
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "work"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
        )
        log.close()
        return worker


def send_with_kills(site, server, readers, kills):
    """Have the mailing sent while the worker is killed `kills` times; return how long it took, in seconds."""
    moments = sorted(random.uniform(0.05, 0.9) * readers for _each in range(kills))
    begun, worker = time.monotonic(), site.start_worker()
    try:
        while site.ask(STATE) != "done":
            if time.monotonic() - begun > GIVE_UP:
                raise RuntimeError(
                    f"{site.ask(WAITING)} still wait; {(site.folder / 'worker.log').read_text()[-2000:]}"
                )
            if moments and server.number() >= moments[0]:
                moments.pop(0)
                worker.send_signal(signal.SIGKILL)
                worker.wait()
                print(f"killed after {server.number()} mails, {time.monotonic() - begun:.0f} s")
                worker = site.start_worker()
            time.sleep(0.5)
        return time.monotonic() - begun
    finally:
        _, _, used = (worker.send_signal(signal.SIGTERM), worker.wait(), os.times())
        print(f"CPU of all workers {used.children_user + used.children_system:.0f} s (with what made the site ready)")
        print(f"most memory of a child {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--readers", type=int, default=50_000)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--postgresql", action="store_true")
    chosen = parser.parse_args()
    database = postgres.running() if chosen.postgresql else contextlib.nullcontext()
    with tempfile.TemporaryDirectory() as folder, database as address, MailServerProcess(Path(folder)) as server:
        site = Site(folder, server.port, address)
        if address:
            make_database(address)
            site.run("manage.py", "migrate", "--verbosity", "0")
        else:
            prepared_site.copy_to(site.folder)
        print(site.run("-c", START, str(chosen.readers)))
        seconds = send_with_kills(site, server, chosen.readers, chosen.kills)
        times = Counter(server.recipients())
    twice = {address: number for address, number in times.items() if number > 1}
    print(f"{chosen.readers} readers in {seconds:.0f} s: {chosen.readers / seconds:.0f} mails a second")
    print(f"{len(times)} addresses got it, {sum(twice.values()) - len(twice)} mails too many: {twice}")
    good = len(times) == chosen.readers and sum(twice.values()) - len(twice) <= chosen.kills
    raise SystemExit(0 if good else 1)


def connect(address, name=None):
    """Return a connection to the database at `address`, as tests.postgres names it, or to its neighbour `name`."""
    folder, _, own_name = address.partition("@/")[2].rpartition("/")
    return psycopg.connect(host=folder, user=postgres.USER, dbname=name or own_name, autocommit=True)


def make_database(address):
    """Make the database that `address` names on the server that has just been started."""
    with connect(address, "postgres") as database:
        database.execute(f"CREATE DATABASE {address.rpartition('/')[2]}")


if __name__ == "__main__":
    main()
