"""From an entry of a calendar to what an event of ours says, or to why it cannot."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from icalendar.prop import vText
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from publishing.months import is_in_calendar

from ..models import Event
from ..recurrence import MOST_LISTED, Recurrence, checked_rule, days_text, listed, parts_of, rule_of_parts

_DURATION = re.compile(r"\+?P(?:(\d{1,3})W|(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:\d{1,8}S)?)?)")
_LONGEST = {"title": 160, "place": 200}


@dataclass
class Entry:
    """One VEVENT. `values` are an event's fields, `day` the day of the series that it replaces (None: it is whole)."""

    number: int
    uid: str = ""
    title: str = ""
    values: dict = field(default_factory=dict)
    day: date | None = None
    cancelled: bool = False
    problem: str = ""
    remarks: list = field(default_factory=list)

    @property
    def digest(self):
        """Return a text that is the same as long as it says the same."""
        told = json.dumps([self.values, str(self.day), self.cancelled], default=str, sort_keys=True)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def read(raw):
    """Return the Entry of `raw`, a RawEntry; with `problem` set where it cannot be an event."""
    entry = Entry(raw.number, title=_text(raw, "SUMMARY"), problem=raw.problem)
    entry.uid = _text(raw, "UID")[:255]
    try:
        if not entry.problem:
            _read(raw, entry)
    except ValidationError as error:
        entry.problem = " ".join(error.messages)
    except OverflowError:
        entry.problem = str(_("Its days lie beyond every calendar."))
    entry.uid = entry.uid or f"without:{entry.digest[:40]}"
    return entry


def _read(raw, entry):
    start = raw.first("DTSTART")
    if start is None:
        raise ValidationError(_("It has no beginning (DTSTART)."))
    zone, zone_name = _zone_of(start)
    begin = _moment(start, zone)
    if not is_in_calendar(begin):
        raise ValidationError(_("Its day lies beyond every calendar."))
    all_day = not isinstance(begin, datetime)
    title = entry.title or str(_("(no title)"))
    values = {
        "title": _cut(entry, "title", title),
        "body": _paragraphs(_text(raw, "DESCRIPTION", lines=True), _text(raw, "URL")),
        "place": _cut(entry, "place", _text(raw, "LOCATION")),
        "timing": Event.Timing.ALL_DAY if all_day else Event.Timing.AT_A_TIME,
        "zone": "" if all_day else zone_name,
        "first_day": begin if all_day else begin.date(),
        "start_time": None if all_day else begin.time().replace(second=0),
        **_end(raw, begin, zone),
    }
    entry.values = values
    entry.cancelled = _text(raw, "STATUS").upper() == "CANCELLED"
    replaced = raw.first("RECURRENCE-ID")
    if replaced is not None:
        if "RANGE" in replaced.params:
            raise ValidationError(_("It changes a series from a day on; do that under “Dates” of the event."))
        day = _moment(replaced, zone)
        entry.day = day.date() if isinstance(day, datetime) else day
        return
    _read_series(raw, values, zone)


def _read_series(raw, values, zone):
    if len(raw.all("RRULE")) > 1 or raw.first("EXRULE"):
        raise ValidationError(_("It has several rules. Enter it by hand."))
    rule = raw.first("RRULE")
    first_day = values["first_day"]
    values["rule"] = checked_rule(_local_until(rule.value, zone)) if rule else ""
    values["left_out"] = _days(raw, "EXDATE", zone)
    values["extra_days"] = [day for day in _days(raw, "RDATE", zone) if day != first_day]
    if values["rule"] and first_day in values["left_out"]:
        _begin_later(values)
    values["left_out"] = [day for day in values["left_out"] if day > values["first_day"]]


def _begin_later(values):
    """Let the series begin on the first day on which it does take place: programs leave the first one out, too."""
    series = Recurrence(values["first_day"], values["rule"])
    day, skipped = series.first_ruled_day_without(set(values["left_out"]))
    if day is None:
        raise ValidationError(_("All its dates are left out."))
    parts = parts_of(values["rule"])
    if "COUNT" in parts:
        parts["COUNT"] = max(1, int(parts["COUNT"]) - skipped)
        values["rule"] = rule_of_parts(parts)
    if values.get("last_day"):
        values["last_day"] += day - values["first_day"]
    values["first_day"] = day


def _end(raw, begin, zone):
    end, duration = raw.first("DTEND"), raw.first("DURATION")
    if end is not None:
        until = _moment(end, _zone_of(end)[0])
        if isinstance(until, datetime) != isinstance(begin, datetime):
            raise ValidationError(_("It begins at a time and ends on a day, or the other way round."))
        if isinstance(until, datetime) and isinstance(begin, datetime):
            until = until.astimezone(zone)
    elif duration is not None:
        until = begin + _length(duration.value)
    else:
        return {"last_day": None, "end_time": None}
    if until < begin:
        raise ValidationError(_("It ends before it begins."))
    if not isinstance(begin, datetime):
        last = max(begin, until - timedelta(days=1))  # the end of whole days is the day after
        return {"last_day": last if last > begin else None, "end_time": None}
    if until == begin:
        return {"last_day": None, "end_time": None}
    last = until.date() if until.date() > begin.date() else None
    return {"last_day": last, "end_time": until.time().replace(second=0)}


def _moment(prop, zone):
    """Return the date, or the aware datetime by the clock of `zone`, that `prop` says. Raises ValidationError."""
    value = prop.value.strip()
    try:
        if re.fullmatch(r"\d{8}", value):
            return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
        if re.fullmatch(r"\d{8}T\d{6}Z?", value):
            local = datetime.strptime(value[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007  the next lines say which
            if value.endswith("Z"):
                return local.replace(tzinfo=UTC).astimezone(zone)
            return local.replace(tzinfo=zone)
    except ValueError as error:
        raise ValidationError(_("“%(value)s” is no day or time.") % {"value": value[:30]}) from error
    raise ValidationError(_("“%(value)s” is no day or time.") % {"value": value[:30]})


def _zone_of(prop):
    """Return (zone, its name as an event stores it) of `prop`; the hospital's where it is in UTC or says none."""
    own = timezone.get_default_timezone()
    name = str(prop.params.get("TZID", "")).strip().strip('"')
    if not name or prop.value.strip().endswith("Z"):
        return own, ""
    name = WINDOWS_TO_OLSON.get(name, name)
    if name not in available_timezones():
        raise ValidationError(_("Its time zone “%(name)s” is not known.") % {"name": name[:60]})
    return (own, "") if name == str(own) else (ZoneInfo(name), name)


def _local_until(rule, zone):
    """Return `rule` with an UNTIL in UTC as the day that it is in `zone`."""

    def localized(match):
        try:
            instant = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        except ValueError as error:
            raise ValidationError(_("The day on which it ends does not exist.")) from error
        return f"UNTIL={instant.astimezone(zone):%Y%m%d}"

    return re.sub(r"UNTIL=(\d{8}T\d{6})Z", localized, rule, flags=re.IGNORECASE)


def _days(raw, name, zone):
    """Return the days in all properties `name`. Raises ValidationError, without reading on, for too many."""
    return listed(islice(_each_day(raw, name, zone), MOST_LISTED + 1))


def _each_day(raw, name, zone):
    for prop in raw.all(name):
        own = _zone_of(prop)[0] if "TZID" in prop.params else zone
        for value in filter(None, prop.value.split(",")):
            moment = _moment(type(prop)(prop.name, prop.params, value), own)
            yield moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def _length(text):
    match = _DURATION.fullmatch(text.strip().upper())
    if match is None:
        raise ValidationError(_("“%(value)s” is no length of time.") % {"value": text[:30]})
    weeks, days, hours, minutes = (int(number or 0) for number in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)


def _text(raw, name, *, lines=False):
    prop = raw.first(name)
    text = str(vText.from_ical(prop.value)) if prop else ""
    return text.strip() if lines else " ".join(text.split())


def _paragraphs(text, url):
    told = re.sub(r"<[^>]{0,500}>", " ", text)  # some programs write HTML here
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n", told)]
    html = "".join(f"<p>{escape(part)}</p>" for part in parts if part)
    if re.match(r"https?://", url):
        html += f'<p><a href="{escape(url)}">{escape(url)}</a></p>'
    return html


def _cut(entry, name, text):
    if len(text) > _LONGEST[name]:
        entry.remarks.append(
            str(_("Cut to %(length)d characters: “%(text)s”") % {"length": _LONGEST[name], "text": text[:300]})
        )
    return text[: _LONGEST[name]]


def told_of(values):
    """Return in words when an event with `values` takes place."""
    when = f"{values['first_day']:%Y-%m-%d}"
    if isinstance(values.get("start_time"), time):
        when += f" {values['start_time']:%H:%M}"
    if values.get("zone"):
        when += f" {values['zone']}"
    rule, extra = values.get("rule", ""), values.get("extra_days", [])
    return " · ".join(filter(None, (when, rule, days_text(extra))))
