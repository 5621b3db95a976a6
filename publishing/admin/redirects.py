"""The screens for redirects and for the addresses that visitors miss."""

from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from .. import redirects
from ..models import MissingAddress, Redirect
from ..near_addresses import near_addresses
from ..site_paths import normal_old_path, normal_target, path_of, path_or_none
from .ignoring import IgnoredFilter, IgnoringAdmin, ignore_button


class RedirectForm(forms.ModelForm):
    class Meta:
        model = Redirect
        fields = ["old_path", "new_path"]
        widgets = {name: forms.TextInput(attrs={"class": "vTextField", "size": 60}) for name in fields}

    def clean_old_path(self):
        return normal_old_path(self.cleaned_data["old_path"])

    def clean_new_path(self):
        return normal_target(self.cleaned_data["new_path"])

    def clean(self):
        cleaned = super().clean()
        old = cleaned.get("old_path") or self.instance.old_path
        if "new_path" in cleaned and path_of(cleaned["new_path"]) == old:
            self.add_error("new_path", ValidationError(_("This address would lead to itself.")))
        return cleaned


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin):
    """Redirects are written by `leave_redirect` only. An old address is not changed: it is another redirect."""

    form = RedirectForm
    list_display = ["old_path", "new_path", "made_by_hand", "by", "created_at"]
    list_filter = ["made_by_hand", "created_at"]
    list_select_related = ["by"]
    list_per_page = 100
    search_fields = ["old_path", "new_path"]

    def get_readonly_fields(self, request, obj=None):
        return ["old_path"] if obj else []

    def get_changeform_initial_data(self, request):
        return {name: request.GET.get(name, "")[:300] for name in ("old_path", "new_path")}

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        missed = path_or_none(request.GET.get("old_path", "")) if obj is None else None
        if missed and "new_path" in form.base_fields:
            form.base_fields["new_path"].help_text = self._suggestions(missed)
        return form

    def _suggestions(self, missed):
        near = near_addresses(missed)
        help_text = Redirect._meta.get_field("new_path").help_text
        if not near:
            return help_text
        links = format_html_join(
            ", ", '<a href="?{}">{}</a>', ((urlencode({"old_path": missed, "new_path": each}), each) for each in near)
        )
        return format_html("{} {} {}", help_text, _("Spelled alike:"), links)

    def save_model(self, request, obj, form, change):
        made = redirects.leave_redirect(obj.old_path, obj.new_path, user=request.user, by_hand=True)
        if made.new_path != obj.new_path:
            messages.info(
                request,
                _("%(new)s has moved itself, so visitors are led straight to %(target)s.")
                % {"new": obj.new_path, "target": made.new_path},
            )
        for field in Redirect._meta.concrete_fields:
            setattr(obj, field.attname, getattr(made, field.attname))
        obj._state.adding = False

    def delete_model(self, request, obj):
        redirects.remove(Redirect.objects.filter(pk=obj.pk), user=request.user)

    def delete_queryset(self, request, queryset):
        redirects.remove(queryset, user=request.user)


def _redirect_link(missing):
    """Return a link to the form of a redirect, filled in with the missing address."""
    form = reverse("admin:publishing_redirect_add")
    return format_html('<a href="{}?{}">{}</a>', form, urlencode({"old_path": missing.path}), _("Make a redirect"))


@admin.register(MissingAddress)
class MissingAddressAdmin(IgnoringAdmin):
    list_display = ["path", "count", "first_seen_on", "last_seen_on"]
    list_display_links = None
    list_filter = [IgnoredFilter, "last_seen_on"]
    list_per_page = 100
    search_fields = ["path"]
    actions = ["ignore", "offer_again"]
    fields = readonly_fields = ["path", "count", "first_seen_on", "last_seen_on", "ignored"]

    def has_add_permission(self, request):
        return False

    def get_list_display(self, request):
        may_redirect = request.user.has_perm("publishing.add_redirect")
        may_ignore = self.has_change_permission(request)

        @admin.display(description=_("what to do"))
        def offers(obj):
            made = [_redirect_link(obj)] if may_redirect else []
            return format_html_join(
                " ", "{}", ((offer,) for offer in [*made, *([ignore_button(obj)] if may_ignore else [])])
            )

        return [*self.list_display, offers] if may_redirect or may_ignore else self.list_display

    @admin.action(description=_("Ignore"), permissions=["change"])
    def ignore(self, request, queryset):
        number = queryset.update(ignored=True)
        messages.success(request, _("Ignored from now on: %(number)d.") % {"number": number})

    @admin.action(description=_("Do not ignore any more"), permissions=["change"])
    def offer_again(self, request, queryset):
        number = queryset.update(ignored=False)
        messages.success(request, _("Offered again: %(number)d.") % {"number": number})
