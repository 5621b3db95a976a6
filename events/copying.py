"""Making a new event of one that there is."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from publishing import drafting
from publishing.months import checked_day

from .models import Event, Question
from .models.event import is_of_another_page
from .recurrence import parts_of, rule_of_parts

_NOT_COPIED = ("id", "slug", "published_at", "archived_at", "expires_at", "sequence", "review_on", "demonstration")


@transaction.atomic
def copy_event(event, *, title, first_day, user):
    """Store a draft that says what `event` says, as its rows are stored, and return it.

    Its days move with `first_day` (a date): the last day, days added and left out, and the end of the series. None
    makes it an event to be announced. What was done with single dates, and registrations, stays with the first one.
    Raises ValidationError where the days do not fit.
    """
    values = {
        field.attname: getattr(event, field.attname)
        for field in Event._meta.concrete_fields
        if field.name not in _NOT_COPIED
    }
    copy = Event(**values | {"title": title, "slug": free_slug(title), "owner_id": user.pk})
    if event.timing in Event.DATED:
        _move(copy, event, first_day)
    copy.full_clean()
    copy.save()
    for name in ("topics", "services", "audiences"):
        getattr(copy, name).add(*getattr(event, name).all())
    for question in Question.objects.filter(event=event):
        question.pk, question.event = None, copy
        question._state.adding = True
        question.save()
    drafting.begin_draft(copy, user=user, note=_("Copied from “%(title)s”") % {"title": event})
    return copy


def _move(copy, event, first_day):
    if first_day is None:
        copy.timing = Event.Timing.TO_BE_ANNOUNCED
        copy.first_day = copy.last_day = copy.start_time = copy.end_time = None
        copy.rule, copy.extra_days, copy.left_out, copy.repeated_hour = "", [], [], ""
        if copy.sign_up_by == Event.SignUp.HERE:
            copy.sign_up_by = Event.SignUp.NONE
        return
    shift = checked_day(first_day) - event.first_day
    copy.first_day = first_day
    copy.last_day = event.last_day and event.last_day + shift
    copy.extra_days = [day + shift for day in event.extra_days]
    copy.left_out = [day + shift for day in event.left_out]
    copy.rule = _moved_rule(event, shift)


def _moved_rule(event, shift):
    """Return the rule with its end moved along."""
    parts = parts_of(event.rule)
    if "UNTIL" in parts:
        parts["UNTIL"] = f"{event.recurrence.ends_on + shift:%Y%m%d}"
    return rule_of_parts(parts)


def free_slug(title):
    """Return an address for `title` that no event has."""
    stem = slugify(title)[:140] or "event"
    taken = set(Event.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken and not is_of_another_page(stem):
        return stem
    return next(f"{stem}-{number}" for number in range(2, len(taken) + 3) if f"{stem}-{number}" not in taken)
