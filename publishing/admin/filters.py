"""Ways to narrow a list of what is published."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Draft, State
from ..models.publishable import drafts_of

SOON = timedelta(days=30)


class StateFilter(admin.SimpleListFilter):
    """Filter a list by the state that a visitor would find things in now."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.in_state(self.value()) if self.value() in State.values else queryset


class MineFilter(admin.SimpleListFilter):
    """Filter a list by what concerns the one who looks."""

    title = _("whose")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("mine", _("Mine")), ("review", _("Waiting for review"))]

    def queryset(self, request, queryset):
        if self.value() == "mine":
            worked_on = drafts_of(queryset.model).filter(Q(author=request.user) | Q(saved_by=request.user))
            return queryset.filter(Q(owner=request.user) | Exists(worked_on))
        if self.value() == "review":
            waiting = drafts_of(queryset.model).filter(review=Draft.Review.SUBMITTED)
            return queryset.filter(Exists(waiting))
        return queryset


class ReviewDueFilter(admin.SimpleListFilter):
    """Filter a list by the day of the next review."""

    title = _("next review")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("overdue", _("Overdue")), ("soon", _("Within 30 days")), ("none", _("No date"))]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "overdue":
            return queryset.filter(review_on__lt=today)
        if self.value() == "soon":
            return queryset.filter(review_on__gte=today, review_on__lte=today + SOON)
        if self.value() == "none":
            return queryset.filter(review_on__isnull=True)
        return queryset
