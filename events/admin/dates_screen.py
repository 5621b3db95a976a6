"""The screens on which the coordinator sees the dates of an event, and does something with one or with several."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.admin.desk import show
from publishing.local_time import day_and_time
from publishing.paging import page_of
from publishing.permissions import may
from publishing.row_numbers import row_number

from .. import acts
from ..attendance import other_dates
from ..date_forms import ChangeForm, PeopleForm, StatusForm, errors_at
from ..effects import registrations_of
from ..models import DateStatus, Event, EventDate, Registration
from ..rule_words import series_told
from ..seats import taken_of

ROUTE = "dates/"
DATES_ON_A_PAGE = 50
MOST_AT_ONCE = 600  # about what a daily series has ahead


def screen(admin, request, event):
    """List the dates that are to come, or on request those that are past."""
    past = "past" in request.GET
    now = timezone.now()
    dates = event.dates.with_event()
    dates = dates.filter(ends_at__lte=now).order_by("-starts_at", "-pk") if past else dates.upcoming(now)
    page = page_of(request, dates, DATES_ON_A_PAGE)
    lost = list(event.dates.with_event().upcoming(now).filter(in_series=False))
    postponed = list(event.dates.with_event().filter(status=DateStatus.POSTPONED, ends_at__lte=now))
    counted = registrations_of([*page, *lost, *postponed])
    taken = taken_of([date.pk for date in page])
    rows = [{"date": date, "taken": taken.get(date.pk), "registered": counted.get(date.pk, 0)} for date in page]
    return show(
        admin,
        request,
        event,
        "admin/events/dates.html",
        _("Dates"),
        rows=rows,
        page=page,
        past=past,
        lost=[{"date": date, "registered": counted.get(date.pk, 0)} for date in lost],
        postponed=[{"date": date, "registered": counted[date.pk]} for date in postponed if date.pk in counted],
        changes=[
            {"pk": change.pk, "from_day": change.from_day, "told": change_told(change)}
            for change in event.changes.select_related("location")
        ],
        may_act=may_act(admin, request, event),
        may_see_people=may(request.user, "view", Registration),
        is_here=event.sign_up_by == Event.SignUp.HERE,
        is_dated=event.timing in Event.DATED,
    )


def one_date(admin, request, event, date):
    """Show one date and take what is done with it: its status, a change, or its people to another date."""
    row = _date_of(event, date)
    if request.method != "POST" and not may_act(admin, request, event):
        return HttpResponseRedirect(admin.address(event, "dates"))  # he may look, as the month's links lead here
    _refuse_who_may_not(admin, request, event)
    if row.is_past(timezone.now()):
        messages.warning(request, _("This date is past: it stays as it was."))
        return HttpResponseRedirect(admin.address(event, "dates") + "?past=1")
    registered = registrations_of([row]).get(row.pk, 0)
    others = other_dates(row)[:MOST_AT_ONCE]
    common = {"initial": {"seen": acts.mark_of([row])}, "registered": registered}
    act = request.POST.get("act") if request.method == "POST" else None

    def posted(name):
        return request.POST if act == name else None

    now = {"status": row.status, "note": row.status_note, "seen": acts.mark_of([row])}
    forms = {
        "status": StatusForm(posted("status"), prefix="status", **{**common, "initial": now}),
    }
    if event.timing in Event.DATED:
        forms["change"] = ChangeForm(posted("change"), prefix="change", date=row, **common)
    if registered and others:
        choices = [(other.pk, day_and_time(other.starts_at)) for other in others]
        forms["people"] = PeopleForm(posted("people"), prefix="people", dates=choices, **common)
    if act in forms and forms[act].is_valid():
        answer = _do(admin, request, event, row, act, forms[act], {other.pk: other for other in others})
        if answer is not None:
            return answer
    elif act is not None and act not in forms:
        messages.error(request, _("This cannot be done with the date any more. Here is what can."))
    taken = taken_of([row.pk]).get(row.pk)
    context = {"date": row, "forms": forms, "taken": taken, "registered": registered, "is_series": event.is_series}
    context["may_see_people"] = may(request.user, "view", Registration)
    return show(admin, request, event, "admin/events/date.html", day_and_time(row.starts_at), **context)


def several(admin, request, event):
    """Say the same of several dates, or of all that are to come: cancelled, most of the time."""
    _refuse_who_may_not(admin, request, event)
    dates = event.dates.with_event().upcoming(timezone.now())
    asked = request.POST if request.method == "POST" else request.GET
    if "all" not in asked:
        keys = [row_number(key) for key in asked.getlist("date")[:MOST_AT_ONCE]]
        dates = dates.filter(pk__in=[key for key in keys if key is not None])
    dates = list(dates[:MOST_AT_ONCE])
    if not dates:
        messages.warning(request, _("Choose the dates first: tick them in the list."))
        return HttpResponseRedirect(admin.address(event, "dates"))
    counted = registrations_of(dates)
    initial = {"status": DateStatus.CANCELLED, "seen": acts.mark_of(dates)}
    form = StatusForm(
        request.POST if "act" in request.POST else None, initial=initial, registered=sum(counted.values())
    )
    if form.is_bound and form.is_valid():
        answer = _set_status(admin, request, event, dates, form)
        if answer is not None:
            return answer
    rows = [{"date": date, "registered": counted.get(date.pk, 0)} for date in dates]
    title = ngettext("%(count)d date", "%(count)d dates", len(dates)) % {"count": len(dates)}
    return show(
        admin,
        request,
        event,
        "admin/events/several_dates.html",
        title,
        form=form,
        rows=rows,
        all_of_them="all" in asked,
    )


def change_told(change):
    """Return in words how a series goes on by `change`, a SeriesChange."""
    days = series_told(change.recurrence) or date_format(change.first_day, "l, F j, Y")
    hour = time_format(change.start_time, "g:i A") if change.start_time else ""
    where = ", ".join(filter(None, (str(change.location or ""), change.place)))
    return " · ".join(filter(None, (days, hour, where)))


def dates_told(event):
    """Return what the form of `event` tells of its dates that are to come, None where it has none.

    `acts` is how many of them are not as the form says.
    """
    coming = event.dates.upcoming(timezone.now())
    made_by_hand = (
        ~Q(status=DateStatus.ON)
        | Q(moved_to__isnull=False)
        | Q(moved_start__isnull=False)
        | Q(moved_end__isnull=False)
        | Q(location__isnull=False)
        | ~Q(place="")
        | Q(change__isnull=False)
    )
    told = coming.aggregate(
        count=Count("pk"),
        acts=Count("pk", filter=made_by_hand),
        lost=Count("pk", filter=Q(in_series=False)),
    )
    return {**told, "next": coming.with_event().order_by("starts_at").first()} if told["count"] else None


def may_act(admin, request, event):
    """Return whether who asks may: what the public sees is for those who may publish."""
    if not (admin.has_change_permission(request, event) and may(request.user, "change", EventDate)):
        return False
    return event.published_at is None or admin.has_publish_permission(request)


def _do(admin, request, event, row, act, form, others):
    if act == "status":
        return _set_status(admin, request, event, [row], form)
    values = {"message": form.told_message, "user": request.user, "seen": form.cleaned_data["seen"]}
    if act == "change":
        return done(admin, request, event, form, lambda: acts.change(row, **form.what, **values))
    return _move_people(admin, request, event, row, form, others)


def _set_status(admin, request, event, dates, form):
    values = form.cleaned_data
    return done(
        admin,
        request,
        event,
        form,
        lambda: acts.set_status(
            dates,
            status=values["status"],
            note=values["note"],
            message=form.told_message,
            user=request.user,
            seen=values["seen"],
        ),
    )


def _move_people(admin, request, event, row, form, others):
    target = others[form.cleaned_data["to"]]
    seen = acts.mark_of([row, target]) if form.cleaned_data["seen"] == acts.mark_of([row]) else ""
    return done(
        admin,
        request,
        event,
        form,
        lambda: acts.move_people(row, target, message=form.told_message, user=request.user, seen=seen),
    )


def done(admin, request, event, form, act):
    """Do it and lead back to the dates; None where it cannot be, which the form then says."""
    try:
        told = act()
    except acts.ChangedMeanwhileError:
        messages.error(
            request, _("Somebody has changed the dates since you opened this page. Here they are as they are now.")
        )
        return HttpResponseRedirect(admin.address(event, "dates"))
    except ValidationError as error:
        errors_at(form, error)
        return None
    text = _("It is done, and visitors see it.") if event.published_at else _("It is done.")
    if told:
        sent = ngettext("A mail goes to %(count)d registration.", "Mails go to %(count)d registrations.", told)
        text = f"{text} {sent % {'count': told}}"
    messages.success(request, text)
    return HttpResponseRedirect(admin.address(event, "dates"))


def _date_of(event, key):
    row = event.dates.with_event().filter(pk=key).first()
    if row is None:
        raise Http404(_("There is no such date any more."))
    return row


def _refuse_who_may_not(admin, request, event):
    if not may_act(admin, request, event):
        raise PermissionDenied
