import json

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from publishing import audit
from publishing.admin.newest_first import NewestFirst
from publishing.local_time import day_and_time

from ..kept import all_kept
from ..mail_addresses import normalized
from ..models import MailingList, Subscriber


class ListFilter(admin.SimpleListFilter):
    """Who gets a list, with how many there are of each; and who has not confirmed any."""

    title = _("mailing list")
    parameter_name = "list"
    NONE = "-"

    def lookups(self, request, model_admin):
        return [*MailingList.objects.values_list("slug", "name"), (self.NONE, _("Not confirmed"))]

    def queryset(self, request, queryset):
        match self.value():
            case None:
                return queryset
            case self.NONE:
                return queryset.exclude(pk__in=Subscriber.objects.confirmed())
            case slug:
                return queryset.of_lists(MailingList.objects.filter(slug=slug))


@admin.register(Subscriber)
class SubscriberAdmin(admin.ModelAdmin):
    """Staff see who subscribed and delete on request; nobody is added or changed without having asked.

    Neither Django's log nor ours names anybody who is deleted.
    """

    change_form_template = "admin/newsletter/subscriber.html"
    list_display = ["email", "language", "lists", "asked_at"]
    list_filter = [ListFilter, "language"]
    show_facets = admin.ShowFacets.ALWAYS
    list_per_page = 50
    search_fields = ["email"]
    search_help_text = _("Mail address, or a part of it")
    paginator = NewestFirst
    show_full_result_count = False
    fields = readonly_fields = ["email", "language", "asked_at", "all_lists", "all_consents"]
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("subscriptions__mailing_list")

    def get_search_results(self, request, queryset, search_term):
        term = normalized(search_term) if "@" in search_term else search_term
        return super().get_search_results(request, queryset, term)

    @admin.display(description=_("mailing lists"))
    def lists(self, subscriber):
        return ", ".join(each.mailing_list.name for each in subscriber.subscriptions.all() if each.confirmed_at)

    @admin.display(description=_("mailing lists"))
    def all_lists(self, subscriber):
        rows = [(each.mailing_list, self._when(each.confirmed_at)) for each in subscriber.subscriptions.all()]
        return format_html_join("", "<p>{} <span>({})</span></p>", rows) or _("None.")

    @admin.display(description=_("what they agreed to"))
    def all_consents(self, subscriber):
        rows = [
            (
                each.wording,
                ", ".join(each.lists.splitlines()),
                each.page,
                day_and_time(each.asked_at),
                self._when(each.confirmed_at),
            )
            for each in subscriber.consents.all()
        ]
        return format_html_join("", "<p>“{}”<br>{}<br>{} · {} · {}</p>", rows) or _("Nothing yet.")

    def _when(self, confirmed_at):
        if confirmed_at is None:
            return _("not confirmed")
        return _("confirmed %(at)s") % {"at": day_and_time(confirmed_at)}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def log_deletions(self, request, queryset):
        """Note that somebody was deleted, and not who."""
        for _subscriber in queryset:
            audit.record(audit.Action.DELETED, user=request.user, thing=Subscriber, details="A subscriber, on request")

    def get_urls(self):
        export = path("<int:pk>/kept.json", self.admin_site.admin_view(self.export), name="newsletter_subscriber_kept")
        return [export, *super().get_urls()]

    def export(self, request, pk):
        """Send all that is kept of a subscriber as a file, for somebody who asks what that is."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        subscriber = Subscriber.objects.filter(pk=pk).first()
        if subscriber is None:
            raise Http404
        audit.record_export(Subscriber, rows=1, user=request.user)
        content = json.dumps(all_kept(subscriber), indent=2, ensure_ascii=False)
        response = HttpResponse(content, content_type="application/json; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="subscriber.json"'
        response["Cache-Control"] = "no-store"
        return response
