"""The cards of the emergency departments on a page of results: the wait, with all that belongs to it."""

from publishing import instant
from publishing.caching import seconds_left
from search.sources import Answer

from .models import EmergencyDepartment
from .waits import current_waits, wait_of


def board_answer():
    """Return the Answer with the wait of every department, None where there is no department."""
    at = instant.now()
    waits = current_waits(at)
    return Answer("ertimes/_answer_board.html", {"waits": waits}, _holds_for(waits, at)) if waits else None


def department_answer(pk):
    """Return the Answer with the wait of one department."""
    at = instant.now()
    departments = EmergencyDepartment.objects.published(at).with_newest_readings(at).select_related("location")
    department = departments.with_published_contact(at).filter(pk=pk).first()
    if department is None:
        return None
    wait = wait_of(department, at)
    return Answer("ertimes/_answer_department.html", {"wait": wait}, _holds_for([wait], at))


def _holds_for(waits, at):
    return seconds_left([wait.changes_at for wait in waits if wait.changes_at], at)
