"""The part of a department's page that tells of the past, made once a minute in each process.

It costs as much as the rest of the page, and of the past nothing changes that could mislead anybody within a minute.
"""

from django.conf import settings
from django.template.loader import render_to_string

from publishing.once import once_within

from ..history import History


def history_html(department, at):
    """Return the HTML of the past of `department` before `at`, at most `settings.HISTORY_KEPT_FOR` old."""

    def make(at):
        return render_to_string("ertimes/_history.html", {"history": History(department, at)}), ()

    return once_within(settings.HISTORY_KEPT_FOR, ("ertimes:history", department.pk), make, at)
