"""The form of an event and the list of events."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import TimeField
from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from publishing.admin import PublishableAdmin
from publishing.admin.widgets import LocalTimeInput

from ..checks import health_warning, words_about_health
from ..models import Event, Question
from ..models.recurrence_fields import DaysField
from ..rule_form import SeriesFields
from ..series_preview import SeriesPreviewForm, preview_of
from . import copy_screen, dates_screen, import_screen, month_screen, series_screen
from .event_form import EventForm


class QuestionInline(admin.StackedInline):
    model = Question
    extra = 0
    fields = [("position", "kind", "required"), "text", "choices"]


REPEATS = (
    _("Repeats"),
    {
        "fields": [*SeriesFields.SERIES, "rule", "extra_days", "left_out", "series_dates"],
        "classes": ["series"],
        "description": _("One date of a series is changed or cancelled under “Dates”."),
    },
)


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    form = EventForm
    change_list_template = "admin/events/event_list.html"
    change_form_template = "admin/events/event_form.html"
    screens = {**PublishableAdmin.screens, "dates": dates_screen, "copy": copy_screen}
    list_display = ["title", "first_day", "start_time", "timing", "location", "publication"]
    list_filter = ["timing", "online", "topics", "location"]
    list_select_related = ["location"]
    ordering = ["-starts_at", "-pk"]
    show_full_result_count = False
    search_fields = ["title", "summary", "place"]
    date_hierarchy = "first_day"
    readonly_fields = ["series_dates"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["location", "services", "contact", "access_contact", "image", "topics", "audiences"]
    radio_fields = {"timing": admin.VERTICAL, "sign_up_by": admin.VERTICAL}
    inlines = [QuestionInline]
    formfield_overrides = {
        **PublishableAdmin.formfield_overrides,
        models.TimeField: {"form_class": TimeField, "widget": LocalTimeInput},
        models.URLField: {"assume_scheme": "https"},
        DaysField: {"widget": AdminTextInputWidget},
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
        REPEATS,
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

    class Media:
        js = [Script("js/admin/series.js", type="module")]

    def changelist_view(self, request, extra_context=None):
        may_import = import_screen.may_import(self, request)
        return super().changelist_view(request, {"may_import": may_import, **(extra_context or {})})

    def get_fieldsets(self, request, obj=None):
        """Tell who may only look how it repeats, without the form by which that is said."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj) or (obj is None and self.has_add_permission(request)):
            return fieldsets
        told = (REPEATS[0], {"fields": ["series_dates"]})
        return [told if fieldset is REPEATS else fieldset for fieldset in fieldsets]

    def save_related(self, request, form, formsets, change):
        """Warn at once where a question asks for details of somebody's health; it may be asked all the same."""
        super().save_related(request, form, formsets, change)
        for question in form.instance.questions.all():
            words = words_about_health(question)
            if words:
                messages.warning(request, f"{_('Question')} “{question}”: {health_warning(words)}")

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if "_dates" in request.POST:  # the dates are shown, and nothing is stored
            return type("LookedAtForm", (form,), {"is_valid": lambda self: form.is_valid(self) and False})
        return form

    def get_urls(self):
        own = [
            ("series-dates/", "series_dates", self.tell_dates),
            ("import/", "import", lambda request: import_screen.bring(self, request)),
            ("import/<str:key>/", "import_run", lambda request, key: import_screen.one_run(self, request, key)),
            (
                "import/<str:key>/report.csv",
                "import_report",
                lambda request, key: import_screen.send_report(self, request, key),
            ),
            ("month/", "month", lambda request: month_screen.screen(self, request)),
            ("<path:object_id>/dates/several/", "several_dates", self._screen(dates_screen.several)),
            ("<path:object_id>/dates/<int:date>/", "date", self._screen(dates_screen.one_date)),
            ("<path:object_id>/dates/<int:date>/later/", "from_day", self._screen(series_screen.from_day)),
            ("<path:object_id>/dates/changes/<int:change>/", "take_back", self._screen(series_screen.take_back)),
        ]
        views = [
            path(route, self.admin_site.admin_view(view), name=f"events_event_{name}") for route, name, view in own
        ]
        return [*views, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["dates_told"] = dates_screen.dates_told(obj) if change and obj else None
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def tell_dates(self, request):
        """Answer the form, while it is filled in, with the dates that its series would have; nothing is stored."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = SeriesPreviewForm(request.POST)
        preview = preview_of(form.instance.recurrence) if form.is_valid() else None
        problems = [text for texts in form.errors.values() for text in texts]
        return render(request, "admin/events/_series_dates.html", {"preview": preview, "problems": problems})

    @admin.display(description=_("Its dates"))
    def series_dates(self, event):
        """Tell the dates as the form has them; the script beside it tells them anew with each change."""
        preview = preview_of(event.recurrence) if event.timing in Event.DATED else None
        return render_to_string(
            "admin/events/_series_dates_field.html", {"preview": preview, "address": self.url("series_dates")}
        )
