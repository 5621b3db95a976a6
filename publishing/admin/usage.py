"""What an editor sees of where a thing is used, and why a thing that is used cannot be deleted."""

from django.urls import NoReverseMatch
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from ..admin_addresses import address_in_admin
from ..permissions import may
from ..usage import MOST, uses_of


class Uses:
    """The uses of `thing` as `user` may know them: `shown` by name, the others only by their number."""

    def __init__(self, thing, user, site, *, besides=()):
        self.thing = thing
        self._user = user
        self._site = site
        self._besides = besides

    @cached_property
    def all(self):
        return [use for use in uses_of(self.thing) if use.thing not in self._besides]

    @cached_property
    def shown(self):
        return [use for use in self.all if self._may_see(use.thing)]

    @property
    def hidden(self):
        """Return a sentence about those that the user may not see, or ""."""
        count = len(self.all) - len(self.shown)
        return count and ngettext(
            "%(count)d more that you may not see", "%(count)d more that you may not see", count
        ) % {"count": count}

    @property
    def heading(self):
        count = len(self.all)
        if count >= MOST:
            return gettext("Used in %(count)d places or more") % {"count": MOST}
        if not count:
            return gettext("Used nowhere")
        return ngettext("Used in %(count)d place", "Used in %(count)d places", count) % {"count": count}

    @property
    def lines(self):
        """Return a line for each use, with a link where the user may open it, and one for those that stay unnamed."""
        lines = [self._line(use) for use in self.shown]
        return [*lines, self.hidden] if self.hidden else lines

    def _line(self, use):
        address = self.address_of(use.thing)
        name = format_html('<a href="{}">{}</a>', address, use.thing) if address else use.thing
        where = gettext("%(field)s, in an unpublished draft") % {"field": use.label} if use.in_draft else use.label
        kind = capfirst(use.thing._meta.verbose_name)
        return format_html('{}: {} <span class="uses__where">({})</span>', kind, name, where)

    def address_of(self, thing):
        """Return where `thing` is edited, or None where no screen is for it."""
        try:
            return address_in_admin(thing)
        except NoReverseMatch:
            return None

    def _may_see(self, thing):
        return self._site.is_registered(type(thing)) and may(self._user, "view", thing)


class ShowsUses:
    """For a ModelAdmin: the change screen says where the thing is used, and what is used is not deleted."""

    change_form_template = "admin/publishing/change_form.html"
    delete_confirmation_template = "admin/publishing/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/publishing/delete_selected_confirmation.html"

    def uses_for(self, thing, request, *, besides=()):
        return Uses(thing, request.user, self.admin_site, besides=besides)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None:
            context["uses"] = self.uses_for(obj, request)
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def get_deleted_objects(self, objs, request):
        """Name as protected what uses one of `objs`, so that neither the screen nor the list deletes it."""
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        things = list(objs)
        refusals = []
        for thing in things:
            uses = self.uses_for(thing, request, besides=things)
            if uses.all:
                refusals.append(
                    format_html("{} “{}”: {}", capfirst(thing._meta.verbose_name), thing, uses.heading.lower())
                    if len(things) > 1
                    else uses.heading
                )
                refusals.append(uses.lines)
        return to_delete, counts, perms_needed, refusals or protected
