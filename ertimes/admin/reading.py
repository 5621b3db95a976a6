"""The screens for readings."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.admin import EditorAdmin
from publishing.admin.newest_first import NewestFirst

from .. import settling
from ..models import ReadingState, Source, WaitTimeReading
from ..rights import Rights
from ..staff_words import log_decision


@admin.register(WaitTimeReading)
class WaitTimeReadingAdmin(EditorAdmin):
    """Readings are added, never changed: a wrong one is followed by a right one.

    There are millions of them, so nothing on the list asks for all: neither a total nor the counts of its filters.
    """

    paginator = NewestFirst
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_display = ["department", "observed_at", "minutes", "sample_size", "source", "entered_by", "told_state"]
    list_filter = ["department", "source", "state", "observed_at"]
    actions = ["confirm_held", "withdraw_held"]
    list_select_related = ["department", "entered_by"]
    fields = ["department", "observed_at", "door_to_provider", "sample_size"]

    def has_change_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        told = _("The newest %(most)d of what you choose. Choose a department or a time to see others.")
        return super().changelist_view(
            request, {"subtitle": told % {"most": NewestFirst.MOST}, **(extra_context or {})}
        )

    def has_decide_permission(self, request):
        return Rights.of(request.user).held

    @admin.action(description=_("Confirm what is held"), permissions=["decide"])
    def confirm_held(self, request, queryset):
        self._decide(request, queryset, settling.confirm, confirmed=True)

    @admin.action(description=_("Withdraw what is held"), permissions=["decide"])
    def withdraw_held(self, request, queryset):
        self._decide(request, queryset, settling.withdraw, confirmed=False)

    def _decide(self, request, queryset, decide, *, confirmed):
        """Decide about the held ones of `queryset`, the newest first: those before it go with one that agrees."""
        held = queryset.filter(state=ReadingState.HELD).select_related("department").order_by("-observed_at")
        decided = [reading for reading in held if decide(reading, user=request.user)]
        for reading in decided:
            log_decision(reading, user=request.user, confirmed=confirmed)
        if decided:
            sentence = (
                gettext("Shown from now on, with what agrees: %(waits)s.")
                if confirmed
                else gettext("Withdrawn, with what was held before: %(waits)s.")
            )
            self.message_user(request, sentence % {"waits": ", ".join(str(reading) for reading in decided)})
        else:
            self.message_user(request, gettext("None of these is held."), messages.WARNING)

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        obj.source = Source.STAFF
        obj.entered_by = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=_("state"))
    def told_state(self, reading):
        """Return the state, and why it is not shown."""
        label = reading.get_state_display()
        return f"{label}: {reading.held_because}" if reading.held_because else label

    @admin.display(description=_("minutes"))
    def minutes(self, reading):
        return reading.minutes
