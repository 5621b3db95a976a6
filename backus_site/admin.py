"""The screens for accounts and groups, where nobody can give more than he has."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from .accounts import groups_within, may_manage_group, may_manage_user, rights_within

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class GuardedUserAdmin(UserAdmin):
    """Superusers are made and changed by superusers only; others give no right and no group above their own."""

    list_display = ["username", "first_name", "last_name", "email", "is_staff", "is_active", "last_login"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_manage_user(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or may_manage_user(request.user, obj))

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        return readonly if request.user.is_superuser else [*readonly, "is_superuser"]

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        within = {"groups": groups_within, "user_permissions": rights_within}.get(db_field.name)
        if within is not None:
            chosen = within(request.user)
            kwargs["queryset"] = chosen.select_related("content_type") if db_field.name != "groups" else chosen
        return super().formfield_for_manytomany(db_field, request=request, **kwargs)


@admin.register(Group)
class GuardedGroupAdmin(GroupAdmin):
    """A group that may do more than whoever looks at it can only be looked at."""

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_manage_group(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or may_manage_group(request.user, obj))

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "permissions":
            kwargs["queryset"] = rights_within(request.user).select_related("content_type")
        return super().formfield_for_manytomany(db_field, request=request, **kwargs)
