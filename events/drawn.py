"""What lists draw of a date, kept for as long as a process runs: the same facts are drawn once.

Nothing can be stale, since a row is found again by all that it shows and by nothing else: whatever changes is another
row. So each function here must name every fact that its template shows.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

MOST = 3000  # rows, of one or two thousand characters each; beyond, all are drawn anew

_kept = {}


def row_of(shown, *, past=False):
    """Return a ShownDate as HTML for a list; `past` leaves out what no longer helps."""
    date, event = shown.date, shown.event
    facts = (
        *(past, shown.tone, shown.status, shown.where, shown.next_told, shown.recurrence),
        *(date.starts_at, date.ends_at, date.has_end, date.status_note),
        *(event.slug, event.title, event.summary or event.body, event.timing, event.zone),
        *(event.free, event.amount, event.price, event.languages),
    )
    return _drawn("events/_date_row.html", facts, {"shown": shown, "past": past})


def cell_of(shown):
    """Return a ShownDate as HTML for a day in the grid of a month."""
    return _drawn("events/_month_cell.html", _facts_of_a_day(shown), {"shown": shown})


def line_of(shown):
    """Return a ShownDate as HTML for a day in the list of a month."""
    return _drawn("events/_month_line.html", (*_facts_of_a_day(shown), shown.where), {"shown": shown})


def _facts_of_a_day(shown):
    return shown.tone, shown.status, shown.hour, shown.clock, shown.event.slug, shown.event.title


def _drawn(template, facts, context):
    key = (template, get_language(), facts)
    html = _kept.get(key)
    if html is None:
        html = render_to_string(template, context)
        if settings.DEBUG:  # whoever writes a template wants to see it
            return html
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = html
    return html
