"""The groups that the table of roles describes."""

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction

from backus_site.roles import ROLES, rights_of


class Command(BaseCommand):
    help = (
        "Make a group of every role, with the rights of backus_site/roles.py and no others. May run again: "
        "says each change in a line. Touches no user and no other group."
    )

    @transaction.atomic
    def handle(self, *, verbosity, **options):
        self.verbosity = verbosity
        known = {
            (permission.content_type.app_label, permission.codename): permission
            for permission in Permission.objects.select_related("content_type")
        }
        groups = {group.name: group for group in Group.objects.filter(name__in=ROLES).prefetch_related("permissions")}
        for role in ROLES:
            group = groups.get(role)
            if group is None:
                group = Group.objects.create(name=role)
                self._say(f"{role}: made")
            self._bring_up_to_table(group, known)

    def _bring_up_to_table(self, group, known):
        names = {permission.pk: right for right, permission in known.items()}
        wanted = rights_of(group.name)
        for right in sorted(wanted - known.keys()):
            self._say(f"{group.name}: left out {'.'.join(right)}, which this site does not know")
        wanted &= known.keys()
        there = {names[permission.pk] for permission in group.permissions.all()}
        for right in sorted(wanted - there):
            self._say(f"{group.name}: given {'.'.join(right)}")
        for right in sorted(there - wanted):
            self._say(f"{group.name}: taken {'.'.join(right)}")
        group.permissions.add(*[known[right] for right in wanted - there])
        group.permissions.remove(*[known[right] for right in there - wanted])

    def _say(self, line):
        if self.verbosity > 0:
            self.stdout.write(line)
