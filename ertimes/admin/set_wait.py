"""The screen "Set the wait": one department, what visitors see of it now, and what the charge nurse says."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from publishing import history
from publishing.admin.people import name_of
from publishing.caching import with_time_of_sending
from publishing.row_numbers import row_number

from .. import settling, staff_words
from ..models import EmergencyDepartment, ReadingState, WaitTimeReading
from ..plausibility import COMPARED_FOR
from ..rights import Rights
from ..staff_words import ChangedMeanwhileError
from ..wait_forms import StatusForm, WaitForm, minutes
from ..waits import newest_of, wait_of


@dataclass(frozen=True)
class Question:
    """What is asked before it is done. `form` is the id of the form that is sent again, by `name` and `value`."""

    sentences: list
    yes: str
    form: str
    name: str
    value: str


def choose(admin, request):
    """Lead to the department where there is one, and else ask which."""
    if not Rights.of(request.user).any:
        raise PermissionDenied
    departments = list(EmergencyDepartment.objects.published())
    if len(departments) == 1:
        return HttpResponseRedirect(admin.url("set_wait", departments[0].pk))
    return _render(admin, request, {"departments": departments})


def screen(admin, request, pk):
    """Show one department and do what is pressed; a doubt or another's word in between is asked about first."""
    rights = Rights.of(request.user)
    if not rights.any:
        raise PermissionDenied
    department = get_object_or_404(EmergencyDepartment.objects.published(), pk=pk)
    desk = SetWait(admin, request, department, rights)
    if request.method == "POST":
        deed = desk.deeds.get(request.POST.get("deed"))
        if deed is None:
            messages.error(request, _("Nothing was changed: this page has sent nothing that can be done."))
            return HttpResponseRedirect(request.path)
        may, do = deed
        if not may:
            raise PermissionDenied
        if do():
            return HttpResponseRedirect(request.path)
    return _render(admin, request, desk.context())


class SetWait:
    """One request to the screen of `department`. Each deed returns whether it is done; else the page is shown again."""

    def __init__(self, admin, request, department, rights):
        self.admin, self.request, self.department, self.rights = admin, request, department, rights
        self.question = None
        self.sure = ""
        self.wait_form = WaitForm(department=department)
        over = department.status_at(timezone.now()) != department.status
        told = {} if over else {"text": department.status_text, "until": department.status_until}
        self.status_form = StatusForm(initial=told)
        self.deeds = {
            "wait": (rights.wait, self.say_wait),
            "no_number": (rights.wait, self.say_no_number),
            "feed": (rights.wait, self.go_back_to_feed),
            "status": (rights.status, self.set_status),
            "confirm": (rights.held, self.confirm),
            "withdraw": (rights.held, self.withdraw),
        }

    # Deeds

    def say_wait(self):
        form = self.wait_form = WaitForm(self.request.POST, department=self.department)
        if not form.is_valid():
            return False
        doubt = form.doubt(self._last_wait())
        if doubt and self.request.POST.get("sure") != str(form.chosen):
            self.sure = str(form.chosen)
            self._ask([_("You are about to show %(wait)s.") % {"wait": minutes(form.chosen)}, doubt], form.chosen)
            return False
        return self._say(form, timedelta(minutes=form.chosen), "wait")

    def say_no_number(self):
        form = self.wait_form = WaitForm(self.request.POST, department=self.department, needs_number=False)
        return form.is_valid() and self._say(form, None, "no_number")

    def _say(self, form, wait, deed):
        try:
            staff_words.say_wait(
                self.department,
                wait,
                valid_for=form.cleaned_data["valid_for"],
                note=form.cleaned_data["note"],
                user=self.request.user,
                seen=self.request.POST.get("seen", ""),
            )
        except ChangedMeanwhileError as error:
            self.sure = self.request.POST.get("sure", "")
            number = None if wait is None else form.chosen
            self._ask([self._told(error)], number)
            return False
        messages.success(self.request, self._what_visitors_see())
        return True

    def go_back_to_feed(self):
        try:
            staff_words.go_back_to_feed(self.department, user=self.request.user, seen=self.request.POST.get("seen", ""))
        except ChangedMeanwhileError as error:
            self.question = Question([self._told(error)], _("Back to the feed"), "wait-form", "deed", "feed")
            return False
        messages.success(self.request, self._what_visitors_see())
        return True

    def set_status(self):
        form = self.status_form = StatusForm(self.request.POST)
        if not form.is_valid():
            return False
        status = form.cleaned_data["status"]
        label = EmergencyDepartment.Status(status).label
        try:
            stored = staff_words.set_status(
                self.department,
                status=status,
                text=form.cleaned_data["text"],
                until=form.cleaned_data["until"],
                user=self.request.user,
                seen=self.request.POST.get("seen_status", ""),
            )
        except ChangedMeanwhileError as error:
            sentences = [self._told(error, what=_("the department")), self._status_now()]
            self.question = Question(sentences, label, "status-form", "status", status)
            return False
        # Django's own history on the department's form, too; the desk's own log_change waits for a form.
        ModelAdmin.log_change(self.admin, self.request, stored, _("Status: %(status)s") % {"status": label})
        messages.success(self.request, _("Visitors see it at once: %(status)s.") % {"status": label})
        return True

    def confirm(self):
        return self._decide(settling.confirm, _("It is shown from now on: %(wait)s."), confirmed=True)

    def withdraw(self):
        return self._decide(settling.withdraw, _("It will not be shown: %(wait)s."), confirmed=False)

    def _decide(self, decide, sentence, *, confirmed):
        number = row_number(self.request.POST.get("reading", ""))
        readings = WaitTimeReading.objects.filter(department=self.department).select_related("department")
        reading = readings.filter(pk=number).first()
        if reading is None or not decide(reading, user=self.request.user):
            messages.warning(
                self.request, _("It is not held any more: the feed has taken it back, or somebody else has decided.")
            )
            return True
        staff_words.log_decision(reading, user=self.request.user, confirmed=confirmed)
        messages.success(self.request, sentence % {"wait": minutes(reading.minutes)})
        return True

    def _ask(self, sentences, number):
        yes = _("Yes, show no number") if number is None else _("Yes, show %(wait)s") % {"wait": minutes(number)}
        self.question = Question(sentences, yes, "wait-form", "deed", "no_number" if number is None else "wait")

    def _told(self, error, what=None):
        return _("%(who)s has changed %(what)s since you opened this page, at %(at)s.") % {
            "who": name_of(error.by),
            "what": what or _("the wait"),
            "at": date_format(timezone.localtime(error.at), "TIME_FORMAT"),
        }

    # What is shown

    def context(self):
        now = timezone.now()
        wait = self._wait(now)
        word = staff_words.newest_word(self.department)
        return {
            "department": self.department,
            "departments": list(EmergencyDepartment.objects.published(now)),
            "may": self.rights,
            "wait": wait,
            "told_by": self._told_by(wait),
            "held": self._held(),
            "wait_form": self.wait_form,
            "status_form": self.status_form,
            "statuses": EmergencyDepartment.Status,
            "question": self.question,
            "sure": self.sure,
            "seen": staff_words.mark_of(word),
            "seen_status": history.number_of_head(self.department),
            "staff_speak": wait.source == "staff",
        }

    def _wait(self, now):
        return wait_of(EmergencyDepartment.objects.with_newest_readings(now).get(pk=self.department.pk), now)

    def _told_by(self, wait):
        """Return the reading that counts now, with who entered it; None where none counts."""
        if wait.source is None:
            return None
        newest = newest_of(wait.department, wait.source)
        readings = WaitTimeReading.objects.filter(
            department=self.department, source=wait.source, observed_at=newest.observed_at
        )
        return readings.select_related("entered_by").first()

    def _held(self):
        """Return (newest reading, how many, since when) for each reason for which readings are held."""
        held = WaitTimeReading.objects.filter(department=self.department, state=ReadingState.HELD)
        groups = {}
        for reading in held.order_by("-observed_at"):
            groups.setdefault(reading.held_for, []).append(reading)
        return [(readings[0], len(readings), readings[-1].observed_at) for readings in groups.values()]

    def _last_wait(self):
        readings = WaitTimeReading.objects.up_to(timezone.now()).filter(
            department=self.department,
            door_to_provider__isnull=False,
            observed_at__gt=timezone.now() - COMPARED_FOR,
        )
        return readings.order_by("-observed_at").values_list("door_to_provider", flat=True).first()

    def _what_visitors_see(self):
        wait = self._wait(timezone.now())
        if not wait.available:
            return _("Visitors see no number now, and whom to call.")
        until = date_format(timezone.localtime(wait.expires_at), "TIME_FORMAT")
        return _("Visitors see %(wait)s now, until %(until)s.") % {"wait": minutes(wait.minutes), "until": until}

    def _status_now(self):
        stored = EmergencyDepartment.objects.get(pk=self.department.pk)
        return _("Now it is: %(status)s.") % {"status": stored.get_status_display()}


def _render(admin, request, context):
    title = _("Set the wait")
    frame = {**admin.admin_site.each_context(request), "opts": admin.opts, "title": title, "is_popup": False}
    return with_time_of_sending(TemplateResponse(request, "admin/ertimes/set_wait.html", {**frame, **context}))
