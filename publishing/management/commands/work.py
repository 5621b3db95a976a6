"""The worker of the site: tasks as they come, and the jobs that come round again."""

import os

from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from django_tasks_db.management.commands import db_worker

from publishing.jobs import running_jobs


class Command(db_worker.Command):
    help = "Run the tasks in the queue and, beside them, the jobs that come round again. With --batch: tasks alone."

    def handle(self, **options):
        # With --reload this process only watches the code; its child, which has the variable, does the work.
        only_watches = options["reload"] and os.environ.get(DJANGO_AUTORELOAD_ENV) != "true"
        if options["batch"] or only_watches:
            super().handle(**options)
            return
        with running_jobs():
            super().handle(**options)
