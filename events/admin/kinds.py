"""The screens of what events are sorted by."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from publishing.admin import EditorAdmin

from ..models import Audience, Topic


class KindAdmin(EditorAdmin):
    list_display = ["name", "slug", "event_count"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    save_on_top = False

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(event_count=Count("events"))

    @admin.display(description=_("events"), ordering="event_count")
    def event_count(self, kind):
        return kind.event_count


@admin.register(Topic)
class TopicAdmin(KindAdmin):
    pass


@admin.register(Audience)
class AudienceAdmin(KindAdmin):
    pass
