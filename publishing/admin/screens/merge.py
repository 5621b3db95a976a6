"""The screen for two versions of one thing that were saved side by side: both are shown, and the author chooses."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _

from ... import drafting, history
from ...changes import changes
from ...merging import MINE, THEIRS, Merge
from ...models import RevisionNote, SetAside
from ...snapshots import read
from .. import people
from ..desk import show

ROUTE = "merge/<int:set_aside_id>/"


def screen(admin, request, thing, set_aside_id):
    """Show what the other saved and what was set aside; store what the author chooses."""
    aside = (
        SetAside.objects.about(thing)
        .filter(pk=set_aside_id, author=request.user)
        .select_related("revision", "base")
        .first()
    )
    if aside is None:
        raise Http404(_("This has been settled."))
    if not admin.has_change_permission(request, thing):
        raise PermissionDenied
    head = history.head_of(thing)
    base, theirs, mine = (read(revision, type(thing), thing.pk) for revision in (aside.base, head, aside.revision))
    merge = Merge(base, theirs, mine)
    chosen, undecided = {}, []
    if request.method == "POST":
        if "discard" in request.POST:
            aside.delete()
            messages.success(request, _("The other version stays. Yours is still in the history."))
            return HttpResponseRedirect(admin.address(thing, "change"))
        chosen = {choice.name: request.POST.get(choice.name) for choice in merge.choices}
        undecided = [name for name, side in chosen.items() if side not in (MINE, THEIRS)]
        if request.POST.get("head") != str(head.pk):
            chosen, undecided = {}, []  # what was chosen between may not be what stands there now
            messages.warning(request, _("It was saved once more while you chose. Please look at the newest version."))
        elif not undecided:
            with transaction.atomic():  # what was set aside goes when it stands somewhere else
                saved = drafting.save(
                    thing,
                    merge.result(chosen),
                    base=head,
                    user=request.user,
                    deed=RevisionNote.Deed.MERGED,
                    at_once=not admin.drafts_beside,
                )
                aside.delete()
            if saved.set_aside is not None:  # somebody was faster by the blink of an eye
                return HttpResponseRedirect(admin.address(thing, "merge", saved.set_aside.pk))
            messages.success(request, _("Both versions are put together and saved."))
            return HttpResponseRedirect(admin.address(thing, "change"))
    return show(
        admin,
        request,
        thing,
        "admin/desk/merge.html",
        _("Somebody else has saved this too"),
        aside=aside,
        head=head,
        their_name=people.name_of(head.user),
        their_changes=changes(base, theirs),
        my_changes=changes(base, mine),
        choices=[replace(choice, chosen=chosen.get(choice.name)) for choice in merge.choices],
        undecided=undecided,
    )
