"""When a date is, in one line of plain text, as mails and lists of staff say it."""

from django.utils.formats import date_format, time_format

from .places import where_told


def when_of(date):
    """Return the day and hours of `date`, an EventDate, by its own clock and in the language that is spoken now."""
    first = _day(date.first_day)
    if date.all_day:
        return f"{first} – {_day(date.final_day)}" if date.several_days else first
    words = f"{first}, {_time(date.start_time)}"
    if date.end_time is not None:
        last = f"{_day(date.final_day)}, " if date.several_days else ""
        words += f" – {last}{_time(date.end_time)}"
    return f"{words} {date.local_start:%Z}"


def where_of(date):
    """Return where `date` takes place, in one line: room, name and address of the place, or that it is online."""
    return where_told(date, with_address=True)


def _day(day):
    return f"{date_format(day, 'l')}, {date_format(day, 'DATE_FORMAT')}"


def _time(at):
    return time_format(at, "TIME_FORMAT")
