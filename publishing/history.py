"""The history of a thing: every save is a revision with who, when and a note."""

from django.db import transaction
from reversion.models import Version

from .models import RevisionNote
from .row_numbers import row_number
from .snapshots import store, take

Deed = RevisionNote.Deed


def revisions_of(model, key):
    """Return the Versions of the thing `key` of `model`, the newest first, each with its revision, user and note."""
    versions = Version.objects.get_for_object_reference(model, key)
    return versions.select_related("revision__user", "revision__note").order_by("-revision_id")


def version_of(thing, number):
    """Return the Version of `thing` in the revision that `number`, a text from a request, names; None for none."""
    return revisions_of(type(thing), thing.pk).filter(revision_id=row_number(number)).first()


def head_of(thing):
    """Return the newest Revision of `thing` that nobody set aside; None where it has no history yet."""
    version = revisions_of(type(thing), thing.pk).exclude(revision__note__deed=Deed.SET_ASIDE).first()
    return version and version.revision


def first_of(thing):
    """Return the oldest Revision of `thing`; None where it has no history yet."""
    version = revisions_of(type(thing), thing.pk).order_by("revision_id").first()
    return version and version.revision


@transaction.atomic
def begin(thing):
    """Return the newest Revision of `thing`, made from its rows where it has none: a program may have stored it."""
    head = head_of(thing)
    if head is None:
        type(thing)._base_manager.select_for_update().filter(pk=thing.pk).first()  # two would begin it twice
        head = head_of(thing) or store(take(thing), user=None, deed=Deed.FOUND)
    return head


def number_of_head(thing):
    """Return the id of the newest Revision of `thing` as a form sends it; "0" where it has no history yet."""
    head = head_of(thing)
    return str(head.pk) if head else "0"


def record(thing, *, user, deed, note=""):
    """Keep the rows of `thing` as they are now as a Revision and return it."""
    return store(take(thing), user=user, deed=deed, note=note)


def deleted(model):
    """Return the newest Version of each deleted thing of `model`, the last deleted first."""
    return Version.objects.get_deleted(model).select_related("revision__user").order_by("-revision_id")
