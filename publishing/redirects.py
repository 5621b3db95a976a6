"""Leaving a redirect where a page was, and finding it again.

Rules that `leave_redirect` keeps, so that a visitor makes one step and never goes round in a circle:
no redirect leads to the old path of another one, and none to itself.
"""

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.urls import is_valid_path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import audit
from .models import MissingAddress, Redirect
from .site_paths import PREFIXES, is_apart, is_home, normal_old_path, normal_target, path_of

Action = audit.Action


@transaction.atomic
def leave_redirect(old_path, new_path, *, user=None, by_hand=False):
    """Lead visitors of `old_path` to `new_path` (a path of this site or an https address); return the Redirect.

    Where `new_path` was left for another address, visitors are led straight there; where it was left for
    `old_path`, that older redirect goes, since the newest word counts. Redirects that led to `old_path`
    lead to `new_path` from now on. Raises ValidationError with a sentence for an editor.
    """
    old, new = normal_old_path(old_path), normal_target(new_path)
    _one_at_a_time()
    if path_of(new) == old:
        raise ValidationError(_("This address would lead to itself."))
    further = Redirect.objects.filter(old_path=path_of(new)).first()
    if further is not None and path_of(further.new_path) == old:
        _remove(Redirect.objects.filter(pk=further.pk), user)
    elif further is not None:
        new = further.new_path
    _leading_to(old).update(new_path=new)
    redirect, _made = Redirect.objects.update_or_create(
        old_path=old,
        defaults={"new_path": new, "made_by_hand": by_hand, "by": user, "created_at": timezone.now()},
    )
    MissingAddress.objects.filter(path=old).delete()
    audit.record(Action.REDIRECT_MADE, user=user, thing=redirect)
    return redirect


@transaction.atomic
def address_changed(thing, old_path, *, user=None):
    """Leave a redirect from `old_path` to where `thing` is now. Call it when a published thing has moved.

    Returns the Redirect, or None where the address is still the same, or was the home page's.
    """
    address_live(thing, user=user)
    new_path = thing.get_absolute_url()
    old = path_of(normal_target(old_path))
    if old == path_of(normal_target(new_path)) or is_home(old):
        return None
    return leave_redirect(old_path, new_path, user=user)


def address_live(thing, *, user=None):
    """Forget a redirect away from the address of `thing`: a page stands there (again). Call it on publishing."""
    path = path_of(normal_target(thing.get_absolute_url()))
    _remove(Redirect.objects.filter(old_path=path), user)
    MissingAddress.objects.filter(path=path).delete()


def new_address(path):
    """Return where visitors of `path` (in the normal form) are led, or None. Asks the database once.

    A Spanish address without a redirect of its own follows the one of the page without /es/, to the
    Spanish address of the new page.
    """
    prefix = next((prefix for prefix in PREFIXES if path.startswith(prefix)), None)
    plain = path.replace(prefix, "/", 1) if prefix else path
    found = dict(Redirect.objects.filter(old_path__in={path, plain}).values_list("old_path", "new_path"))
    if path in found or not found:
        return found.get(path)
    target = found[plain]
    target_path = path_of(target)
    if not target_path or is_apart(target_path) or target.startswith(tuple(PREFIXES)):
        return target
    return f"{prefix}{target[1:]}" if is_valid_path(f"{prefix}{target_path[1:]}") else target


def remove(redirects, *, user=None):
    """Remove `redirects` (a queryset) and tell the audit log."""
    with transaction.atomic():
        _remove(redirects, user)


def _remove(redirects, user):
    for redirect in redirects:
        audit.record(Action.REDIRECT_REMOVED, user=user, thing=redirect)
    redirects.delete()


def _leading_to(path):
    return Redirect.objects.filter(
        Q(new_path=path) | Q(new_path__startswith=f"{path}?") | Q(new_path__startswith=f"{path}#")
    )


def _one_at_a_time():
    """Let no other transaction write a redirect until this one is done: two halves of a loop could meet.

    SQLite has one writer at a time anyway (the settings begin every transaction as IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE publishing_redirect IN SHARE ROW EXCLUSIVE MODE")
