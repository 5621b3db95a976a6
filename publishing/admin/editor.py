"""What every editor's screen has in common: the strict policy, the date picker, and a history of what is tracked."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import DateField, DateTimeField
from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext
from js_asset import Media, Script

from .. import history, redirects
from ..admin_addresses import screen_address
from ..models import Publishable, RevisionNote
from ..snapshots import CannotApplyError
from ..tracking import is_tracked
from .meeting import TellsOfOthers
from .screens import compare, recover, restore
from .screens import history as history_screen
from .usage import ShowsUses
from .widgets import LocalDateInput, LocalDateTimeInput

# Each does one thing on an editing form, and the form works without any of them.
SCRIPTS = ["blocks-by-keyboard", "unsaved", "before-saving", "presence", "go-to-field", "save-shortcut"]


class EditorAdmin(TellsOfOthers, ShowsUses, admin.ModelAdmin):
    """A screen under the strict policy: the import map and scripts of its media carry the request's nonce."""

    change_list_template = "admin/desk/change_list.html"
    formfield_overrides = {
        models.DateTimeField: {"form_class": DateTimeField, "widget": LocalDateTimeInput},
        models.DateField: {"form_class": DateField, "widget": LocalDateInput},
    }
    # The screens about one thing of a model whose history is kept, by the name in their addresses.
    screens = {"history": history_screen, "compare": compare, "restore": restore}
    list_per_page = 50
    save_on_top = True

    class Media:
        css = {"all": ["css/admin-library.css"]}
        js = [Script(f"js/admin/{name}.js", type="module") for name in SCRIPTS]

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        """Store it. Where its address changes, as that of a topic or a document, the former one leads to the new one.

        What is published has its redirect from its publication, not from its saving.
        """
        moves = change and hasattr(obj, "get_absolute_url") and not isinstance(obj, Publishable)
        former = type(obj)._base_manager.filter(pk=obj.pk).first() if moves else None
        super().save_model(request, obj, form, change)
        if former is not None:
            redirects.address_changed(obj, former.get_absolute_url(), user=request.user)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if is_tracked(self.model):
            self.record(request, form.instance, change=change)

    def record(self, request, thing, *, change):
        """Keep the version of `thing` that was just added or changed."""
        history.record(thing, user=request.user, deed=RevisionNote.Deed.SAVED)

    def url(self, screen, *args):
        """Return the address of one of this model's screens: url("change", 12)."""
        return screen_address(self.model, screen, *args)

    def address(self, thing, screen, *args):
        """Return the address of one of the screens of `thing`."""
        return self.url(screen, thing.pk, *args)

    def get_urls(self):
        if not is_tracked(self.model):
            return super().get_urls()
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view(lambda request: recover.screen(self, request))
        own = [path("recover/", view, name=f"{prefix}_recover")]
        for name, module in self.screens.items():
            view = self.admin_site.admin_view(self._screen(module.screen))
            own.append(path(f"<path:object_id>/{module.ROUTE}", view, name=f"{prefix}_{name}"))
        return [*own, *super().get_urls()]

    def _screen(self, view):
        def screen(request, object_id, **kwargs):
            thing = self.get_object(request, unquote(object_id))
            if thing is None:
                raise Http404(gettext("It is not there any more."))
            if not self.has_view_or_change_permission(request, thing):
                raise PermissionDenied
            try:
                return view(self, request, thing, **kwargs)
            except self.model.DoesNotExist as error:  # deleted in this very moment
                raise Http404(gettext("It is not there any more.")) from error
            except CannotApplyError as error:
                return self.cannot_use(request, thing, error)

        return screen

    def cannot_use(self, request, thing, error):
        """Lead to the history where a version of `thing` cannot be made rows; `error` is a CannotApplyError."""
        messages.error(
            request,
            gettext("This version cannot be used: %(why)s. Restore another one, or throw the draft away.")
            % {"why": error},
        )
        return HttpResponseRedirect(self.address(thing, "history"))

    def changelist_view(self, request, extra_context=None):
        context = {"can_recover": is_tracked(self.model) and self.has_add_permission(request)}
        return super().changelist_view(request, {**context, **(extra_context or {})})
