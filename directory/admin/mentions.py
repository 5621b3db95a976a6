"""The screens of the numbers that stand in texts: which are unknown, and whose the others are."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.admin_addresses import screen_address
from publishing.permissions import may
from publishing.row_numbers import row_number

from ..mentions.deciding import DecisionForm, told
from ..mentions.telling import may_read, name_of
from ..models import Contact, FollowedText, NumberMention
from ..models.number_mention import OPEN_STATES
from ..phones import displayed_value

Decision = NumberMention.Decision


class StateFilter(admin.SimpleListFilter):
    """Shows what somebody has to decide, unless something else is asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        left = [("left", Decision.LEFT.label), ("all", _("All"))]
        return [*NumberMention.State.choices, *left]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [{**first, "display": _("To decide")}, *others]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        if self.value() == "left":
            return queryset.filter(decision=Decision.LEFT)
        states = [self.value()] if self.value() else OPEN_STATES
        return queryset.filter(state__in=states).exclude(decision=Decision.LEFT)


@admin.register(NumberMention)
class NumberMentionAdmin(admin.ModelAdmin):
    list_display_links = None
    list_filter = [StateFilter, "in_link"]
    list_per_page = 50
    list_select_related = ["number__contact", "content_type"]
    search_fields = ["value", "words", "around"]

    class Media:
        css = {"all": ["css/admin-library.css"]}

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("thing")

    def lookup_allowed(self, lookup, value, request=None):
        return lookup == "number__contact" or super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": gettext("Numbers in texts"), **(extra_context or {})})

    def get_list_display(self, request):
        user, may_decide = request.user, self.has_change_permission(request)

        @admin.display(description=_("number"), ordering="value")
        def number(mention):
            dialled = gettext("dialled by a link") if mention.in_link else ""
            return format_html('<strong>{}</strong> <span class="uses__where">{}</span>', mention.words, dialled)

        @admin.display(description=_("text"))
        def text(mention):
            if mention.thing is None:
                return gettext("(deleted)")
            name, address = name_of(user, mention.thing)
            words = mention.around if may_read(user, mention.thing) else ""
            name = format_html('<a href="{}{}">{}</a>', address, place_of(mention), name) if address else name
            return format_html('{}<br><span class="uses__where">{}</span>', name, words)

        @admin.display(description=_("whose it is"))
        def known(mention):
            return format_html(
                '{} <a href="{}">{}<span class="visually-hidden">: {}, {}</span></a>',
                told(mention),
                screen_address(NumberMention, "change", mention.pk),
                gettext("Decide") if mention.is_open and may_decide else gettext("Look closer"),
                mention.words,
                mention.pk,
            )

        return [number, text, known]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Ask whose the number is, or why it stays as it is."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        key = row_number(object_id)
        mention = key and NumberMention.objects.filter(pk=key).select_related("number__contact").first()
        if not mention or mention.thing is None:
            messages.info(
                request, gettext("The text has changed meanwhile: this number does not stand there any more.")
            )
            return HttpResponseRedirect(screen_address(NumberMention, "changelist"))
        form = DecisionForm(request.POST if request.method == "POST" else None, mention=mention)
        if request.method == "POST":
            if not self.has_change_permission(request):
                raise PermissionDenied
            if request.POST.get("seen") != seen(mention):
                form.add_error(None, gettext("Somebody has decided or changed the text meanwhile. Look at it again."))
            elif form.is_valid():
                count = form.decide(request.user)
                messages.success(request, gettext("Decided for %(count)d.") % {"count": count})
                return HttpResponseRedirect(screen_address(NumberMention, "changelist"))
        return TemplateResponse(request, "admin/directory/number_mention.html", self._shown(request, mention, form))

    def _shown(self, request, mention, form):
        name, address = name_of(request.user, mention.thing)
        contact = screen_address(Contact, "add")
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": gettext("Number in a text: %(number)s") % {"number": mention.words},
            "mention": mention,
            "form": form,
            "seen": seen(mention),
            "name": name,
            "address": f"{address}{place_of(mention)}" if address else "",
            "words": mention.around if may_read(request.user, mention.thing) else "",
            "told": told(mention),
            "may_decide": self.has_change_permission(request),
            "add_address": f"{contact}?{urlencode({'number': displayed_value(mention.value)})}"
            if mention.state == NumberMention.State.UNKNOWN and may(request.user, "add", Contact)
            else "",
            "problem": FollowedText.objects.about(mention.thing)
            .filter(number=mention.number)
            .exclude(problem="")
            .first(),
        }


def place_of(mention):
    """Return the fragment that leads to the field on the editing screen of its thing."""
    return f"#go/{mention.row_model.rpartition('.')[2]}/{mention.row_id}/{mention.field}"


def seen(mention):
    """Return what a form says of the mention that its editor looked at."""
    return f"{mention.value} {mention.state} {mention.decision} {mention.number_id or 0}"
