"""The screens for emergency departments."""

from django.contrib import admin
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing.admin import PublishableAdmin

from ..models import EmergencyDepartment
from ..rights import Rights
from ..waits import Freshness, wait_of
from . import set_wait

SHOWN = {
    Freshness.FRESH: _("%(minutes)d min"),
    Freshness.LAST_REPORTED: _("%(minutes)d min, getting old"),
    Freshness.UNAVAILABLE: _("no wait shown"),
}


@admin.register(EmergencyDepartment)
class EmergencyDepartmentAdmin(PublishableAdmin):
    change_list_template = "admin/ertimes/department_list.html"
    drafts_beside = False  # that it is closed must be seen at once

    list_display = ["name", "wait_shown", "status", "location", "publication"]
    list_filter = ["status"]
    list_select_related = ["location"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["location", "contact"]
    fieldsets = [
        (_("Now"), {"fields": ["status", "status_text", "status_until", "hours"]}),
        (_("The department"), {"fields": ["name", "slug", "location", "contact", "position"]}),
        (
            _("What the wait means"),
            {
                "fields": ["start_event", "end_event", "statistic", "window_minutes", "smallest_sample"],
                "description": _("Printed beside every number. Without it no wait can be shown."),
            },
        ),
        (_("When a wait is too old"), {"fields": ["plain_minutes", "shown_minutes"]}),
        PublishableAdmin.PUBLICATION,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_newest_readings()

    def get_urls(self):
        choose = self.admin_site.admin_view(lambda request: set_wait.choose(self, request))
        screen = self.admin_site.admin_view(lambda request, pk: set_wait.screen(self, request, pk))
        own = [
            path("set-wait/", choose, name="ertimes_emergencydepartment_set_waits"),
            path("set-wait/<int:pk>/", screen, name="ertimes_emergencydepartment_set_wait"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        context = {"may_set_wait": Rights.of(request.user).any}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.display(description=_("wait that visitors see"))
    def wait_shown(self, department):
        wait = wait_of(department)
        return format_html(
            '<span class="wait wait--{}">{}</span>',
            wait.freshness,
            SHOWN[wait.freshness] % {"minutes": wait.minutes or 0},
        )
