"""The history of a thing: every version with who, when and why; two of them to compare, one to restore."""

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from ... import drafting, history
from .. import people
from ..desk import show

ROUTE = "history/"
PER_PAGE = 50


def screen(admin, request, thing):
    """List the versions of `thing`, the newest first."""
    versions = history.revisions_of(type(thing), thing.pk)
    page = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
    draft = drafting.draft_of(thing)
    for version in page:
        version.who = people.name_of(version.revision.user)
        version.is_draft = draft is not None and draft.revision_id == version.revision_id
    return show(
        admin,
        request,
        thing,
        "admin/desk/history.html",
        _("History"),
        page=page,
        restores_at_once=not getattr(admin, "drafts_beside", False),
        may_restore=admin.has_change_permission(request, thing),
    )
