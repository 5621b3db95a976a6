"""One after the other: whoever tells of a department's waits, visits, notices or keys locks its row first.

A lock ends with the transaction. It is FOR NO KEY UPDATE, so that rows which point at the department can still be
stored by others meanwhile. SQLite has one writer anyway.
"""

from .models import EmergencyDepartment


def lock(department):
    """Let nobody else lock `department` until the transaction ends; return it as it is stored, None once deleted."""
    return EmergencyDepartment.objects.select_for_update(no_key=True).filter(pk=department.pk).first()


def lock_all():
    """Lock every department, in one order so that two who do so never wait for each other."""
    list(EmergencyDepartment.objects.order_by("pk").select_for_update(no_key=True).values_list("pk"))
