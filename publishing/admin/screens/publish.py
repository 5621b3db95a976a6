"""The screen on which a draft goes live: what was found, now or at a time, and then the receipt."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import drafting, history
from ...changes import changes
from ...checks import Level, findings
from ...consequences import Moment, consequences
from ...months import LAST_YEAR
from ...preview import instant_from
from ...receipt import receipt_for
from ...snapshots import take
from ..desk import show
from ..widgets import LocalDateTimeInput

ROUTE = "publish/"


class PublishForm(forms.Form):
    """When it goes live, and the ticks by which the editor takes the warnings on himself."""

    class When:
        NOW, LATER = "now", "later"

    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=[(When.NOW, gettext_lazy("Now")), (When.LATER, gettext_lazy("At a time"))],
        widget=forms.RadioSelect,
        initial=When.NOW,
    )
    at = forms.DateTimeField(label=gettext_lazy("Day and time"), required=False, widget=LocalDateTimeInput)
    note = forms.CharField(label=gettext_lazy("Note for the history"), required=False, max_length=500)

    def __init__(self, *args, found=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.found = found

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("when") == self.When.LATER:
            at = cleaned.get("at")
            if at is None and "at" not in self.errors:
                self.add_error("at", _("Say on which day and at what time."))
            elif at is not None and at <= timezone.now():
                self.add_error("at", _("This time is past. Choose a later one, or “Now”."))
            elif at is not None and at.year > LAST_YEAR:
                self.add_error("at", _("Give a year up to %(last)d.") % {"last": LAST_YEAR})
        if any(finding.level == Level.ERROR for finding in self.found):
            self.add_error(None, _("Mend what is marked as an error first: visitors would meet it."))
        ticked = set(self.data.getlist("tick"))
        missing = [f for f in self.found if f.level == Level.WARNING and f.key not in ticked]
        if missing:
            self.add_error(None, _("Look at each warning and tick it, or mend it."))
        return cleaned

    @property
    def instant(self):
        """Return the chosen aware datetime; None for now."""
        return self.cleaned_data["at"] if self.cleaned_data["when"] == self.When.LATER else None


def screen(admin, request, thing):
    """Ask when to publish and do it. Only who may publish gets here; an author is sent to the review."""
    if not admin.has_publish_permission(request):
        raise PermissionDenied
    if request.method == "POST" and "call_off" in request.POST:
        if drafting.call_off(thing, user=request.user):
            messages.success(request, _("The date is called off. The change waits until somebody publishes it."))
        return HttpResponseRedirect(admin.address(thing, "publish"))
    if request.method == "GET" and "done" in request.GET:
        return _receipt(admin, request, thing)
    draft = drafting.draft_of(thing)
    before = take(thing) if drafting.works_beside(thing) else None
    with drafting.as_drafted(thing):
        drafted = type(thing)._base_manager.get(pk=thing.pk)
        found = findings(drafted, _wanted_instant(request))
        changed = changes(before, take(drafted)) if before and draft else []
        follows = consequences(drafted, request.user, Moment.PUBLISH)
    seen = history.number_of_head(thing)
    form = PublishForm(request.POST if request.method == "POST" else None, found=found)
    if request.method == "POST" and form.is_valid():
        try:
            done = drafting.publish(
                thing,
                user=request.user,
                at=form.instant,
                note=form.cleaned_data["note"],
                seen=request.POST.get("seen", ""),
            )
        except drafting.CannotPublishError as error:
            form.add_error(None, str(error))
        else:
            text = _("“%(title)s” is published.") if form.instant is None else _("“%(title)s” is scheduled.")
            messages.success(request, text % {"title": done})
            return HttpResponseRedirect(f"{admin.address(done, 'publish')}?done=1")
    return _page(
        admin,
        request,
        thing,
        _("Publish"),
        draft,
        form=form,
        seen=seen,
        errors=[finding for finding in found if finding.level == Level.ERROR],
        warnings=[finding for finding in found if finding.level == Level.WARNING],
        ticked=set(request.POST.getlist("tick")),
        changes=changed,
        consequences=follows,
    )


def _receipt(admin, request, thing):
    """Show what has become of it; what it says was checked before, and is not checked again."""
    shown = {"receipt": receipt_for(thing), "consequences": consequences(thing, request.user, Moment.RECEIPT)}
    return _page(admin, request, thing, _("Published"), drafting.draft_of(thing), done=True, **shown)


def _page(admin, request, thing, title, draft, **shown):
    state = _state_of(thing, draft)
    return show(admin, request, thing, "admin/desk/publish.html", title, draft=draft, state=state, **shown)


def _wanted_instant(request):
    """Return when it is to go live, so that the checks ask about that day; None for now."""
    later = request.POST.get("when") == PublishForm.When.LATER
    return instant_from(request.POST.get("at", "")) if later else None


def _state_of(thing, draft):
    thing.has_draft = draft is not None
    return thing.state_at()
