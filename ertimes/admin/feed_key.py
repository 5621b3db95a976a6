"""The screens for the keys of feeds: a key is made, its secret shown once, and one day it is revoked."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing.head import absolute

from ..feed_keys import accept, issue_key, offer, refuse_too_many, revoke
from ..models import FeedKey


class FeedKeyForm(forms.ModelForm):
    """For which department, and for whom. `offered` is the key to be, so that a form sent twice makes one key."""

    offered = forms.CharField(widget=forms.HiddenInput, initial=offer, max_length=200)

    class Meta:
        model = FeedKey
        fields = ["department", "label"]

    def clean_department(self):
        refuse_too_many(self.cleaned_data["department"])
        return self.cleaned_data["department"]

    def clean(self):
        cleaned = super().clean()
        if "offered" in cleaned:
            try:
                self.instance.key_id = accept(cleaned["offered"])
            except forms.ValidationError as error:
                self.add_error(None, error)
        return cleaned


@admin.register(FeedKey)
class FeedKeyAdmin(admin.ModelAdmin):
    """Keys are added and revoked, never changed or deleted: the list tells who could send, and when."""

    form = FeedKeyForm
    list_display = ["label", "state", "what_to_do", "last_used_at", "department", "key_id", "created_at"]
    list_filter = ["department"]
    list_select_related = ["department"]
    add_form_template = change_form_template = "admin/ertimes/feedkey/change_form.html"

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["department", "label", "offered"]
        return ["department", "label", "key_id", "state", "created_at", "created_by", "last_used_at", "revoked_at"]

    def get_readonly_fields(self, request, obj=None):
        return [] if obj is None else self.get_fields(request, obj)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if "department" in form.base_fields:  # no way from here to a department that is half made
            widget = form.base_fields["department"].widget
            widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        return form

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def may_revoke(self, request):
        return super().has_change_permission(request)

    def get_list_display(self, request):
        return [name for name in self.list_display if name != "what_to_do" or self.may_revoke(request)]

    @admin.display(description=_("state"))
    def state(self, key):
        if key.revoked_at:
            return _("Revoked")
        return _("Live, of the demonstration") if key.demonstration else _("Live")

    @admin.display(description=_("what to do"))
    def what_to_do(self, key):
        if key.revoked_at:
            return ""
        address = reverse("admin:ertimes_feedkey_revoke", args=[key.pk])
        return format_html(
            '<a href="{}" aria-label="{}">{}</a>', address, _("Revoke %(key)s") % {"key": key}, _("Revoke…")
        )

    def save_model(self, request, obj, form, change):
        key, obj.secret = issue_key(obj.department, obj.label, request.user, key_id=obj.key_id)
        obj.pk, obj._state.adding = key.pk, False

    def response_add(self, request, obj, post_url_continue=None):
        """Show the secret, in the answer to the form itself: nothing of it is kept anywhere."""
        address = absolute(reverse("er_api:readings", args=[obj.department.slug]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("The key is made"),
            "opts": self.opts,
            "key": obj,
            "address": address,
        }
        return TemplateResponse(request, "admin/ertimes/feedkey/made.html", context)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_revoke"] = obj is not None and obj.revoked_at is None and self.may_revoke(request)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_urls(self):
        view = self.admin_site.admin_view(self.revoke)
        return [path("<int:pk>/revoke/", view, name="ertimes_feedkey_revoke"), *super().get_urls()]

    def revoke(self, request, pk):
        """Ask whether the key is to be revoked, and do it."""
        if not self.may_revoke(request):
            raise PermissionDenied
        key = FeedKey.objects.select_related("department").filter(pk=pk).first()
        if key is None:
            raise Http404
        if request.method == "POST":
            revoke(key, request.user)
            messages.success(request, _("%(key)s is revoked: nothing is taken from it any more.") % {"key": key})
            return HttpResponseRedirect(reverse("admin:ertimes_feedkey_changelist"))
        context = {**self.admin_site.each_context(request), "title": _("Revoke a key"), "opts": self.opts, "key": key}
        return TemplateResponse(request, "admin/ertimes/feedkey/revoke.html", context)
