"""The screen on which a series is changed from a day on, and such a change taken back."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.admin.desk import show
from publishing.local_time import day_and_time

from .. import acts
from ..date_forms import LaterForm, Telling, errors_at
from ..effects import effect_of, registrations_of
from ..models import SeriesChange
from ..recurrence import Recurrence, parts_of, rule_of_parts
from ..schedules import hours_of
from .dates_screen import done, may_act

SHOWN = 8


def from_day(admin, request, event, date):
    """Ask how the series goes on from `date` on; say what that does, and then do it."""
    if not may_act(admin, request, event):
        raise PermissionDenied
    row = event.dates.with_event().filter(pk=date, in_series=True).first()
    if row is None or row.is_over(timezone.now()):
        raise Http404(_("There is no such date any more."))
    dates = list(event.dates.with_event().filter(day__gte=row.day).upcoming(timezone.now()))
    before = _as_it_goes_on(event, row)
    posted = request.POST if request.method == "POST" else None
    initial = {"seen": acts.mark_of(dates)}
    form = LaterForm(posted, instance=before, initial=initial, registered=_registered(dates))
    effect = None
    if form.is_bound and form.is_valid():
        values = {"message": form.told_message, "user": request.user, "seen": form.cleaned_data["seen"], "dates": dates}
        if "do" in request.POST:
            answer = done(admin, request, event, form, lambda: acts.change_from(form.instance, **values))
            if answer is not None:
                return answer
        else:
            effect = _effect(request, event, form, lambda: acts.change_from(form.instance, **values))
    context = {
        "date": row,
        "form": form,
        "effect": told_of(effect),
        "later": event.changes.filter(from_day__gt=row.day),
    }
    title = _("From %(day)s on") % {"day": day_and_time(row.starts_at)}
    return show(admin, request, event, "admin/events/series_change.html", title, **context)


def take_back(admin, request, event, change):
    """Ask whether the series is to go on as before a change; say what that does, and then do it."""
    if not may_act(admin, request, event):
        raise PermissionDenied
    stored = event.changes.filter(pk=change).first()
    if stored is None:
        messages.warning(request, _("This change is taken back already."))
        return HttpResponseRedirect(admin.address(event, "dates"))
    dates = list(event.dates.with_event().filter(day__gte=stored.from_day).upcoming(timezone.now()))
    if not dates:
        messages.warning(request, _("All dates from that day on are past: they stay as they were."))
        return HttpResponseRedirect(admin.address(event, "dates"))
    posted = request.POST if request.method == "POST" else None
    form = Telling(posted, initial={"seen": acts.mark_of(dates)}, registered=_registered(dates))
    if form.is_bound and form.is_valid():
        values = {"message": form.told_message, "user": request.user, "seen": form.cleaned_data["seen"], "dates": dates}
        answer = done(admin, request, event, form, lambda: acts.take_back(stored, **values))
        if answer is not None:
            return answer
    looked = {"message": None, "seen": acts.mark_of(dates), "user": request.user, "dates": dates}
    effect = effect_of(event, lambda: acts.take_back(stored, **looked))
    context = {"change": stored, "form": form, "effect": told_of(effect)}
    return show(admin, request, event, "admin/events/take_back.html", _("Take back a change"), **context)


def told_of(effect):
    """Return what a template tells of `effect`: each kind with its number and the first of its dates; None for None."""
    if effect is None:
        return None
    groups = [
        (_("Added"), effect.added),
        (_("Taken away"), effect.removed),
        (_("At another time or in another place"), [moved.after for moved in effect.moved]),
        (_("No longer in the series, but kept: people are registered"), effect.kept),
    ]
    return {
        "is_nothing": effect.is_nothing,
        "told": effect.told,
        "groups": [
            {"label": label, "count": len(dates), "dates": dates[:SHOWN], "more": max(0, len(dates) - SHOWN)}
            for label, dates in groups
            if dates
        ],
    }


def _effect(request, event, form, act):
    try:
        return effect_of(event, act)
    except acts.ChangedMeanwhileError:
        form.add_error(None, _("Somebody has changed the dates since you opened this page. Open it anew."))
    except ValidationError as error:
        errors_at(form, error)
    return None


def _registered(dates):
    return sum(registrations_of(dates).values())


def _as_it_goes_on(event, row):
    """Return a SeriesChange, not stored, that changes nothing yet: the part of the series to which `row` belongs."""
    part = row.change or event
    first_day = row.day
    start_time, end_time = hours_of(event, row.change)
    return SeriesChange(
        event=event,
        from_day=row.day,
        first_day=first_day,
        rule=_rest_of(part, first_day),
        extra_days=[day for day in part.extra_days if day > first_day],
        left_out=[day for day in part.left_out if day > first_day],
        start_time=start_time,
        end_time=end_time,
        location=row.change.location if row.change else None,
        place=row.change.place if row.change else "",
    )


def _rest_of(part, day):
    """Return the rule of `part` for what is left of it from `day` on: after so many dates are now fewer."""
    parts = parts_of(part.rule)
    if "COUNT" not in parts:
        return part.rule
    ruled = Recurrence(part.first_day, part.rule)
    left = len(ruled.days(day, ruled.ends_on + timedelta(days=1)))
    return rule_of_parts({**parts, "COUNT": max(left, 1)})
