"""Workers as the Procfile starts them, killed in the middle of a mailing: everybody gets it, one twice a kill at most.

One site and one mailing for all of it, since each worker takes seconds to start.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from tests import prepared_site
from tests.live_site import ROOT, free_port
from tests.mail_server import MailServerProcess

READERS = 600

BEGIN = """
import sys, django; django.setup()
from django.utils import timezone
from newsletter.mailings import start
from newsletter.models import Issue, MailingList, Subscriber, Subscription, TextBlock
now = timezone.now()
health = MailingList.objects.create(name="Health news for all", slug="killed", description="Monthly.")
rows = Subscriber.objects.bulk_create(
    [Subscriber(email=f"reader-{each}@example.org") for each in range(int(sys.argv[1]))]
)
Subscription.objects.bulk_create(
    [Subscription(subscriber=each, mailing_list=health, confirmed_at=now) for each in rows]
)
issue = Issue.objects.create(subject="Healthy at home", slug="healthy-at-home", published_at=now)
issue.lists.set([health])
TextBlock.objects.create(parent=issue, region="main", ordering=1, text="<p>Wash your hands.</p>")
start(issue)
"""

ENQUEUE = """
import django; django.setup()
from publishing.tasks import make_renditions
make_renditions.enqueue(0)
"""


class Worker:
    """A site in `folder` whose mail server listens on `port`, and its worker."""

    def __init__(self, folder, port):
        self.database = folder / "db.sqlite3"
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment = {
            **kept,
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "backus_site.settings",
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "NEWSLETTER_MAILS_PER_MINUTE": "0",
        }
        self.process = None

    def run(self, *command):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=self.environment, check=True, capture_output=True)

    def start(self):
        command = [sys.executable, "manage.py", "work", "--no-startup-delay"]
        null = subprocess.DEVNULL
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=null, stderr=null)

    def kill(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def ask(self, sql):
        with closing(sqlite3.connect(self.database, timeout=20)) as database:
            return database.execute(sql).fetchone()[0]


def wait_until(question, seconds=90):
    give_up = time.monotonic() + seconds
    while not question():
        if time.monotonic() > give_up:
            raise AssertionError("it has not come to that")
        time.sleep(0.02)


@pytest.mark.either_database
def test_workers_killed_on_the_way_leave_nobody_out_and_send_twice_once_each_at_most(tmp_path):
    prepared_site.copy_to(tmp_path)
    port = free_port()
    worker = Worker(tmp_path, port)
    worker.run("-c", BEGIN, str(READERS))

    try:
        worker.start()  # nobody listens there yet: it is to come again
        wait_until(lambda: worker.ask("SELECT count(*) FROM newsletter_mailserver WHERE failures > 0"))
        with MailServerProcess(tmp_path, port) as server:
            for moment in (READERS // 7, READERS // 2):
                wait_until(lambda least=moment: server.number() >= least)
                worker.kill()
                worker.start()
            # The mailing goes on in rounds, so that what else is to be done has its turn in the middle of it.
            wait_until(lambda: server.number() >= READERS * 0.6)
            worker.run("-c", ENQUEUE)
            other = "FROM django_tasks_database_dbtaskresult WHERE task_path LIKE '%make_renditions'"
            wait_until(lambda: worker.ask(f"SELECT status {other}") == "SUCCESSFUL")
            wait_until(lambda: worker.ask("SELECT state FROM newsletter_mailing") == "done")
            mails = server.mails()
    finally:
        worker.kill()

    assert len({address for address, _message_id in mails}) == READERS
    assert len(mails) - READERS <= 2
    assert len(set(mails)) == READERS  # what came twice had the same Message-ID
    assert worker.ask("SELECT count(*) FROM newsletter_delivery WHERE state = 'sent'") == READERS
