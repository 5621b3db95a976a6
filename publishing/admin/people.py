"""How the staff are named on the screens."""

from django.utils.translation import gettext as _


def name_of(user):
    """Return the full name of `user`, else the name used to sign in; of None, what a program did."""
    if user is None:
        return _("The site itself")
    return user.get_full_name() or user.get_username()
