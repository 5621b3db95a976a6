"""Print the password of the first account while it is still the one that was made for it."""

import django

django.setup()

from django.conf import settings  # noqa: E402 - settings are ready only after setup()
from django.contrib.auth import get_user_model  # noqa: E402 - the same


def initial_password():
    """Return the password, or "" once somebody has changed it, removed the account or the file."""
    admin = get_user_model().objects.filter(username="admin", is_active=True).first()
    kept = settings.DATA_DIR / "admin_password"
    password = kept.read_text().strip() if kept.exists() else ""
    return password if admin and password and admin.check_password(password) else ""


if __name__ == "__main__":
    print(initial_password())
