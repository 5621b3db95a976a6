from django.contrib import admin

from ..models import UnreadMessage


@admin.register(UnreadMessage)
class UnreadMessageAdmin(admin.ModelAdmin):
    """Messages in the mailbox for returned mail that a person has to look at. They go when they leave the mailbox."""

    list_display = ["subject", "problem", "seen_at"]
    list_per_page = 50
    fields = readonly_fields = ["subject", "problem", "seen_at"]
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
