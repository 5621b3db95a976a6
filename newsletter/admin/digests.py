"""The screens of the newsletters that the site writes by itself once a week."""

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.admin import EditorAdmin
from publishing.local_time import day_and_time

from ..models import Digest, DigestRun
from . import digest_screen, digest_shown_screen

SHOWN_RUNS = 10


@admin.register(Digest)
class DigestAdmin(EditorAdmin):
    change_form_template = "admin/newsletter/digest_form.html"
    screens = {**EditorAdmin.screens, "mail": digest_screen, "mail_shown": digest_shown_screen}
    list_display = ["subject", "mailing_list", "active", "when", "last_run"]
    list_filter = ["active", "mailing_list"]
    list_select_related = ["mailing_list"]
    search_fields = ["subject"]
    autocomplete_fields = ["topic", "event_topic"]
    fieldsets = [
        (None, {"fields": ["subject", "mailing_list", "intro"]}),
        (
            _("When"),
            {
                "fields": ["active", ("weekday", "hour")],
                "description": _(
                    "The hospital’s own time (Eastern time). It is written and sent then, without anybody doing "
                    "anything; a week with nothing new is left out."
                ),
            },
        ),
        (_("Posts"), {"fields": ["posts", "posts_heading", "topic"]}),
        (_("Events"), {"fields": ["events", "days", "events_heading", "event_topic"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("runs")

    @admin.display(description=_("next"))
    def when(self, digest):
        """Show when it is written next."""
        return day_and_time(digest.next_at(timezone.now())) if digest.active else gettext("It is off")

    @admin.display(description=_("last run"))
    def last_run(self, digest):
        """Show what happened the last time."""
        runs = list(digest.runs.all())
        return format_html("{}: {}", day_and_time(runs[0].at), runs[0].get_outcome_display()) if runs else "–"

    def save_model(self, request, obj, form, change):
        """Let one that is turned on, or put to another hour, begin with its next hour and not with one that is past."""
        if {"active", "weekday", "hour"} & set(form.changed_data):
            obj.made_at = timezone.now()
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context["runs"] = DigestRun.objects.filter(digest=obj).select_related("issue")[:SHOWN_RUNS]
            context["next_at"] = obj.next_at(timezone.now()) if obj.active else None
            context["mail_address"] = self.address(obj, "mail")
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
