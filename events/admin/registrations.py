"""The registrations of all dates: a list to find somebody who calls, and the screen of one registration."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing import audit
from publishing.admin.newest_first import NewestFirst
from publishing.row_numbers import row_number

from .. import attendance, registering
from ..models import Registration
from ..registering import RefusedError
from ..sending import MOST_TRIES
from ..staff_forms import MoveForm
from ..waiting import settle
from ..when_words import when_of
from . import attendance_screens, registration_screens

STEPS = {"cancel", "seat", "move", "delete"}


def registrations_address(date):
    """Return the path of the screen with the registrations of `date`, an EventDate."""
    return reverse("admin:events_registrations_of_date", args=[date.pk])


@admin.register(Registration)
class RegistrationAdmin(admin.ModelAdmin):
    """Registrations are written by visitors, or by staff from the screen of a date; nothing of them is logged by name.

    So Django's own forms, which keep a log with names, are shut: what staff do has buttons of its own.
    """

    list_display = ["name", "email", "event", "date_told", "party", "state", "created_at"]
    list_filter = ["state"]
    list_select_related = ["date__event"]
    list_per_page = 50
    search_fields = ["name", "email"]
    search_help_text = _("Name or mail address")
    ordering = ["-created_at", "-pk"]
    paginator = NewestFirst
    show_full_result_count = False
    actions = None

    @admin.display(description=_("event"))
    def event(self, registration):
        return registration.date.event.title

    @admin.display(description=_("date"))
    def date_told(self, registration):
        return when_of(registration.date)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def may(self, request, action):
        """Return whether the one who asks may do `action`, such as "add", with registrations."""
        return request.user.has_perm(f"events.{action}_registration")

    def get_urls(self):
        def screen(view, name, route):
            def shown(request, date, **numbers):
                return view(self, request, date, **numbers)

            return path(
                f"date/<int:date>/{route}", self.admin_site.admin_view(shown), name=f"events_registrations_{name}"
            )

        return [
            screen(registration_screens.of_date, "of_date", ""),
            screen(registration_screens.add, "add", "add/"),
            screen(attendance_screens.sheet, "sheet", "sheet/"),
            screen(attendance_screens.check_in, "check_in", "check-in/"),
            screen(attendance_screens.export, "export", "registrations.csv"),
            path("mails/", self.admin_site.admin_view(self.unsent_view), name="events_registrations_unsent"),
            *super().get_urls(),
        ]

    def unsent_view(self, request):
        """List the mails that could not be sent; have them tried once more."""
        return registration_screens.unsent(self, request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show one registration with its mails, and do with it what a button says."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        number = row_number(object_id)
        found = (
            number and Registration.objects.select_related("date__event", "date__location").filter(pk=number).first()
        )
        if not found:
            raise Http404
        form = MoveForm(registration=found)
        if request.method == "POST":
            if not self.may(request, "change"):
                raise PermissionDenied
            form = MoveForm(request.POST, registration=found) if request.POST.get("do") == "move" else form
            answer = self._do(request, found, form)
            if answer is not None:
                return answer
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Registration"),
            "registration": found,
            "date": found.date,
            "event": found.date.event,
            "mails": found.mails.order_by("-made_at"),
            "most_tries": MOST_TRIES,
            "form": form,
            "may_change": self.may(request, "change"),
            "may_delete": self.may(request, "delete"),
        }
        return TemplateResponse(request, "admin/events/registration.html", context)

    def _do(self, request, found, form):
        """Do the step that was posted and return the answer; None shows the screen again, with what is wrong."""
        step, overbook = request.POST.get("do"), request.POST.get("overbook") == "on"
        back = HttpResponseRedirect(request.path)
        try:
            if step == "cancel":
                registering.cancel(found)
                messages.success(request, gettext("The registration is cancelled."))
            elif step == "seat":
                attendance.give_seat(found, overbook=overbook)
                messages.success(request, gettext("They have a seat now, and are written to."))
            elif step == "move":
                if not form.is_valid():
                    return None
                attendance.move_to(found, form.dates[form.cleaned_data["date"]], overbook=overbook)
                messages.success(request, gettext("They are registered for the other date now, and are written to."))
            elif step == "delete":
                return self._delete(request, found)
            else:
                messages.error(request, gettext("This button is not known here."))
        except RefusedError as error:
            messages.error(request, str(error.args[0]))
        return back

    def _delete(self, request, found):
        """Delete the registration and all that was told with it; the log says that one was, not whose."""
        if not self.may(request, "delete"):
            raise PermissionDenied
        date = found.date
        found.delete()
        audit.record(audit.Action.DELETED, user=request.user, thing=date, details="A registration")
        settle(date)
        messages.success(request, gettext("The registration and all that was told with it are deleted."))
        return HttpResponseRedirect(registrations_address(date))
