"""Who may manage whose account, so that nobody can lift himself or another above himself."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Exists, OuterRef, Q


def rights_within(user):
    """Return the Permission rows that `user` has, in person or by a group; also those of a closed account."""
    if user.is_superuser:
        return Permission.objects.all()
    return Permission.objects.filter(Q(user=user.pk) | Q(group__user=user.pk)).distinct()


def groups_within(user):
    """Return the groups that `user` may give and change: those without a right that he has not himself."""
    if user.is_superuser:
        return Group.objects.all()
    rights = Group.permissions.through.objects.filter(group=OuterRef("pk"))
    return Group.objects.filter(~Exists(rights.exclude(permission__in=rights_within(user))))


def may_manage_user(actor, user):
    """Return whether `actor` may change or delete `user`: a superuser anybody, others who has no more rights.

    Whoever sets a password or opens a closed account could use all its rights.
    """
    if actor.is_superuser:
        return True
    return not (user.is_superuser or rights_within(user).exclude(pk__in=rights_within(actor)).exists())


def may_manage_group(actor, group):
    """Return whether `actor` may change or delete `group`."""
    return groups_within(actor).filter(pk=group.pk).exists()
