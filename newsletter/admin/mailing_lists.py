from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from publishing.admin import EditorAdmin

from ..models import MailingList


@admin.register(MailingList)
class MailingListAdmin(EditorAdmin):
    """What visitors can sign up for. A list that somebody has is taken off offer, not deleted."""

    list_display = ["name", "sends", "topic", "offered", "subscribers"]
    list_filter = ["sends", "offered"]
    list_select_related = ["topic"]
    search_fields = ["name", "description"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "description", "sends", "topic", "offered", "position"]
    save_on_top = False
    actions = None

    def get_queryset(self, request):
        confirmed = Q(subscriptions__confirmed_at__isnull=False)
        return super().get_queryset(request).annotate(subscribers=Count("subscriptions", filter=confirmed))

    @admin.display(description=_("subscribers"), ordering="subscribers")
    def subscribers(self, mailing_list):
        return mailing_list.subscribers

    def has_delete_permission(self, request, obj=None):
        if obj is not None and (obj.subscriptions.confirmed().exists() or obj.issues.exists()):
            return False
        return super().has_delete_permission(request, obj)
