"""Mailings as staff see them: how far each is, what went wrong, and the buttons that pause, go on and stop."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, F, IntegerField, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.permissions import may
from publishing.row_numbers import row_number

from .. import pace, steering
from ..models import Delivery, Issue, Mailing, Subscriber
from ..progress import progress_of, troubled_addresses

WAITING = Delivery.objects.filter(mailing=OuterRef("pk"), state=Delivery.State.WAITING).order_by()
WAITING_NOW = WAITING.values("mailing").annotate(number=Count("pk")).values("number")


@admin.register(Mailing)
class MailingAdmin(admin.ModelAdmin):
    """Who may change mailings pauses them; who may publish newsletters also goes on and stops them."""

    list_display = ["subject", "state", "progress", "addresses", "made_at"]
    list_filter = ["state"]
    search_fields = ["subject"]
    date_hierarchy = "made_at"

    def get_queryset(self, request):
        now = Coalesce(Subquery(WAITING_NOW), 0, output_field=IntegerField())
        waiting = Case(When(counted_at=None, then=now), default=F("waiting"), output_field=IntegerField())
        return super().get_queryset(request).annotate(still_waiting=waiting)

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, mailing):
        done = mailing.addresses - mailing.still_waiting
        words = _("%(done)s of %(all)s") % {"done": done, "all": mailing.addresses}
        bar = '<progress max="{}" value="{}" aria-label="{}">{}</progress>'
        return format_html(bar, mailing.addresses or 1, done, words, words)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False  # what was sent stays as it was

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return may(request.user, "view", Mailing)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(f"<str:pk>/{address}/", view(screen), name=f"newsletter_mailing_{name}")
            for name, address, screen in (
                ("pause", "pause", self.pause_view),
                ("go_on", "go-on", self.go_on_view),
                ("stop", "stop", self.stop_view),
            )
        ] + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show how far a mailing is; answer htmx with that part alone."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        mailing = self._mailing_or_404(object_id)
        if request.htmx:
            return TemplateResponse(request, "admin/newsletter/_mailing.html", self._context(request, mailing))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Mailing"),
            "troubled": troubled_addresses(mailing) if may(request.user, "view", Subscriber) else [],
            **self._context(request, mailing),
        }
        return TemplateResponse(request, "admin/newsletter/mailing.html", context)

    def pause_view(self, request, pk):
        """Pause a mailing."""
        if not may(request.user, "change", Mailing):
            raise PermissionDenied
        return self._act(request, pk, steering.pause, _("Paused. Nothing more is sent until somebody goes on."))

    def go_on_view(self, request, pk):
        """Go on with a mailing that was paused."""
        if not self._may_decide(request):
            raise PermissionDenied
        return self._act(request, pk, steering.go_on, _("It goes on."))

    def stop_view(self, request, pk):
        """Ask whether the mailing is to be stopped for good, and stop it."""
        if not self._may_decide(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._act(request, pk, steering.stop, _("Stopped. Nothing more of it is sent."))
        mailing = self._mailing_or_404(pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Stop this mailing?"),
            **self._context(request, mailing),
        }
        return TemplateResponse(request, "admin/newsletter/stop_mailing.html", context)

    def _act(self, request, pk, act, said):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        mailing = self._mailing_or_404(pk)
        if act(mailing, user=request.user):
            messages.success(request, said)
        else:
            mailing.refresh_from_db()
            state = mailing.get_state_display()
            messages.warning(request, _("Nothing was changed: the mailing is “%(state)s” by now.") % {"state": state})
        return HttpResponseRedirect(reverse("admin:newsletter_mailing_change", args=[mailing.pk]))

    def _may_decide(self, request):
        return self.has_view_permission(request) and may(request.user, "publish", Issue)

    def _mailing_or_404(self, number):
        mailing = Mailing.objects.filter(pk=row_number(str(number))).first()
        if mailing is None:
            raise Http404
        return mailing

    def _context(self, request, mailing):
        may_decide = self._may_decide(request)
        ended = mailing.state in (Mailing.State.DONE, Mailing.State.CANCELLED)
        return {
            "mailing": mailing,
            "progress": progress_of(mailing),
            "server": None if ended else pace.failing(),
            "may_pause": mailing.state == Mailing.State.SENDING and may(request.user, "change", Mailing),
            "may_go_on": mailing.state == Mailing.State.PAUSED and may_decide,
            "may_stop": not ended and may_decide,
        }
