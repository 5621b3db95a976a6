"""The first account of a local site."""

import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Make the user 'admin' with a random password, kept in DATA_DIR/admin_password. Never changes one."

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("In production make accounts by: manage.py createsuperuser")
        users = get_user_model().objects
        if users.filter(username="admin").exists():
            return
        path = settings.DATA_DIR / "admin_password"
        password = secrets.token_urlsafe(15)
        # Written first: an account whose password nobody knows would be worse than a file without one.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(password + "\n")
        users.create_superuser("admin", password=password)
