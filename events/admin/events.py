"""The form of an event and the list of events."""

from django.contrib import admin
from django.db import models
from django.forms import TimeField
from django.utils.translation import gettext_lazy as _

from publishing.admin import PublishableAdmin
from publishing.admin.widgets import LocalTimeInput

from ..models import Event, Question


class QuestionInline(admin.StackedInline):
    model = Question
    extra = 0
    fields = [("position", "kind", "required"), "text", "choices"]


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    list_display = ["title", "first_day", "start_time", "timing", "location", "publication"]
    list_filter = ["timing", "online", "topics", "location"]
    list_select_related = ["location"]
    search_fields = ["title", "summary", "place"]
    date_hierarchy = "first_day"
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["location", "services", "contact", "access_contact", "image", "topics", "audiences"]
    radio_fields = {"timing": admin.VERTICAL, "sign_up_by": admin.VERTICAL}
    inlines = [QuestionInline]
    formfield_overrides = {
        **PublishableAdmin.formfield_overrides,
        models.TimeField: {"form_class": TimeField, "widget": LocalTimeInput},
        models.URLField: {"assume_scheme": "https"},
    }
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "body", "image"]}),
        (
            _("When"),
            {
                "fields": ["timing", ("first_day", "start_time"), ("last_day", "end_time"), "repeated_hour", "zone"],
                "description": _("All times are the hospital’s own (Eastern time), unless a time zone is chosen."),
            },
        ),
        (_("Repeats"), {"fields": ["rule", "extra_days", "left_out"]}),
        (
            _("Where"),
            {
                "fields": ["location", "place", "online", "online_url", "online_url_for"],
                "description": _("A place, online, or both. One date of a series can be held elsewhere."),
            },
        ),
        (_("What it costs"), {"fields": [("free", "amount"), "price"]}),
        (
            _("For whom, and access"),
            {
                "fields": [
                    "audiences",
                    "audience",
                    "languages",
                    "interpreter",
                    "captions",
                    "step_free",
                    "access_contact",
                ]
            },
        ),
        (
            _("Signing up"),
            {
                "fields": [
                    *("sign_up_by", "sign_up", "sign_up_url"),
                    ("seats", "party_most"),
                    ("waiting_list", "accept_hours"),
                    ("closes_hours", "keep_days"),
                ],
                "description": _(
                    "What a registration asks besides name and mail address stands at the end of this form."
                ),
            },
        ),
        (_("Contact and sorting"), {"fields": ["contact", "topics", "services"]}),
        PublishableAdmin.PUBLICATION,
    ]
