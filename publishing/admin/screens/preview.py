"""The screen that shows a draft at its real address, on a phone and on a desk, at any time; and its shared links."""

from datetime import timedelta
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import audit, drafting
from ...head import absolute
from ...models import AuditEntry, PreviewLink
from ...preview import Preview, Staged, instant_from
from ...row_numbers import row_number
from ..desk import show
from ..widgets import LocalDateTimeInput

ROUTE = "preview/"


class LinkForm(forms.Form):
    """How long a shared link works."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("The link works for"),
        coerce=int,
        choices=[(1, gettext_lazy("1 day")), (7, gettext_lazy("7 days")), (30, gettext_lazy("30 days"))],
        initial=7,
    )
    at = forms.DateTimeField(
        label=gettext_lazy("Show the site as of"),
        required=False,
        widget=LocalDateTimeInput,
        help_text=gettext_lazy("Empty: as of the moment when it is opened. The hospital’s time."),
    )


def screen(admin, request, thing):
    """Show the draft in two frames, and make or revoke shared links.

    Who may only look shares nothing, and nobody shares what is under embargo.
    """
    at = instant_from(request.GET.get("at", ""))
    shown = Preview(f"{thing._meta.label_lower}:{thing.pk}", thing, at)
    with Staged(shown) as staged:
        path = quote(staged.path)
    may_share = admin.has_change_permission(request, thing) or admin.has_publish_permission(request)
    if request.method == "POST" and not may_share:
        raise PermissionDenied
    if request.method == "POST" and "revoke" in request.POST:
        link = PreviewLink.objects.about(thing).valid().filter(pk=row_number(request.POST["revoke"])).first()
        if link is not None:
            link.revoked_at = timezone.now()
            link.save(update_fields=["revoked_at"])
            audit.record(AuditEntry.Action.PREVIEW_REVOKED, user=request.user, thing=thing)
            messages.success(request, _("The link is taken back: it opens nothing any more."))
        return HttpResponseRedirect(admin.address(thing, "preview"))
    if request.method == "POST" and staged.embargoed:
        messages.error(request, _("No link is made: it is under embargo until it is published."))
        return HttpResponseRedirect(admin.address(thing, "preview"))
    form = LinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        PreviewLink.objects.create(
            thing=thing,
            at=form.cleaned_data["at"],
            made_by=request.user,
            expires_at=timezone.now() + timedelta(days=form.cleaned_data["days"]),
        )
        audit.record(AuditEntry.Action.PREVIEW_SHARED, user=request.user, thing=thing)
        messages.success(request, _("The link is made. Copy it below."))
        return HttpResponseRedirect(admin.address(thing, "preview"))
    links = PreviewLink.objects.about(thing).valid().select_related("made_by")
    return show(
        admin,
        request,
        thing,
        "admin/desk/preview.html",
        _("Preview"),
        address=f"{path}?{shown.query}",
        at=at,
        wrong_time=bool(request.GET.get("at")) and at is None,
        draft=drafting.draft_of(thing),
        may_publish=admin.has_publish_permission(request),
        form=form,
        may_share=may_share,
        embargoed=staged.embargoed,
        links=[(link, absolute(f"{path}?{Preview(str(link.key), thing, link.at, link).query}")) for link in links],
    )
