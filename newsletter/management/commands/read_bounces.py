from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsletter.mailboxes import MailboxError
from newsletter.reading_bounces import read_bounces


class Command(BaseCommand):
    help = "Read the mailbox for returned mail now; the worker does so every five minutes."

    def add_arguments(self, parser):
        parser.add_argument("mailbox", nargs="?", help="imaps://…, maildir:///…, mbox:///…; default: RETURNED_MAILBOX")

    def handle(self, *args, mailbox, **options):
        if not (mailbox or settings.RETURNED_MAILBOX):
            raise CommandError("Name a mailbox, or set RETURNED_MAILBOX.")
        try:
            done = read_bounces(mailbox)
        except (MailboxError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Acted on: {done.acted}. Nothing to do: {done.nothing}. Left for a person: {done.unread}.")
