from django.contrib import admin

from ..models import Subscriber


@admin.register(Subscriber)
class SubscriberAdmin(admin.ModelAdmin):
    """Staff see who subscribed and can delete on request; nobody is added without having asked."""

    list_display = ["email", "asked_at", "confirmed_at"]
    list_filter = ["confirmed_at"]
    search_fields = ["email"]
    readonly_fields = ["email", "asked_at", "confirmed_at", "consent"]

    def has_add_permission(self, request):
        return False
