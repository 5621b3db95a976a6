"""The part of a department's page that tells of the past, made once a minute in each process.

It costs as much as the rest of the page, and of the past nothing changes that could mislead anybody within a minute.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from ..history import History

_made = {}  # {(department's pk, language): (the instant it tells of, HTML)}


def history_html(department, at):
    """Return the HTML of the past of `department` before `at`, at most `settings.HISTORY_KEPT_FOR` old."""
    key = (department.pk, get_language())
    made_at, html = _made.get(key, (None, None))
    if made_at is None or not made_at <= at < made_at + settings.HISTORY_KEPT_FOR:
        html = render_to_string("ertimes/_history.html", {"history": History(department, at)})
        _made[key] = (at, html)
    return html
