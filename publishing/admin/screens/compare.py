"""Two versions of a thing side by side: field by field and block by block."""

from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from ... import history
from ...changes import changes
from ...snapshots import read, take
from .. import people
from ..desk import show

ROUTE = "compare/"


def screen(admin, request, thing):
    """Show what differs from version `a` to version `b`; without `b`, to what is stored in the row now."""
    older, newer = (history.version_of(thing, request.GET.get(name, "")) for name in ("a", "b"))
    if older is None:
        return HttpResponseRedirect(admin.address(thing, "history"))
    if newer is not None and newer.revision_id < older.revision_id:
        older, newer = newer, older
    before = read(older.revision, type(thing), thing.pk)
    after = read(newer.revision, type(thing), thing.pk) if newer else take(thing)
    return show(
        admin,
        request,
        thing,
        "admin/desk/compare.html",
        _("Compare two versions"),
        older=older,
        newer=newer,
        older_by=people.name_of(older.revision.user),
        newer_by=people.name_of(newer.revision.user) if newer else "",
        changes=changes(before, after),
        may_restore=admin.has_change_permission(request, thing),
    )
