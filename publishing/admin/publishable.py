"""What every screen of something published has in common: its state, its desk, and no lost work.

A save is made in two steps. First the form is applied as Django does it, in a transaction that is
undone, and what came out is taken as a Snapshot. Then `drafting.save` decides, with the row locked, where
that belongs: into the row, beside it, or, where another has saved meanwhile, aside until its author has chosen.
"""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import drafting, history
from ..consequences import Moment, consequences
from ..local_time import day_and_time
from ..models import Draft
from ..permissions import may
from ..snapshots import CannotApplyError, rolled_back, take
from . import people
from .desk import Desk, Submission, care_of
from .editor import EditorAdmin
from .filters import MineFilter, ReviewDueFilter, StateFilter
from .screens import discard, merge, preview, publish, review, state, unpublish

SAVED_COOKIE = "desk_saved"
# What a button of the form leads to after saving.
NEXT = {"_publish": "publish", "_review": "review", "_preview": "preview"}


class PublishableAdmin(EditorAdmin):
    """The desk of one model that inherits from Publishable and is tracked.

    `drafts_beside` is False where a change must be seen at once, as of an emergency department's status.
    `PUBLICATION` is the fieldset of what a thing's keeper decides besides its content.
    """

    change_form_template = "admin/desk/change_form.html"
    screens = {
        **EditorAdmin.screens,
        "publish": publish,
        "unpublish": unpublish,
        "discard": discard,
        "review": review,
        "preview": preview,
        "state": state,
        "merge": merge,
    }
    drafts_beside = True
    save_on_top = False
    PUBLICATION = (
        _("Publication and care"),
        {
            "fields": ["expires_at", "owner", "review_on"],
            "description": _("Times are the hospital’s own (Eastern time). “Publish…” below asks when it goes live."),
        },
    )

    # Lists

    def get_queryset(self, request):
        return super().get_queryset(request).with_draft()

    def get_list_filter(self, request):
        return [StateFilter, MineFilter, ReviewDueFilter, *super().get_list_filter(request)]

    @admin.display(description=_("state"), ordering="published_at")
    def publication(self, obj):
        """Show what a visitor finds now, as a word with its colour."""
        state = obj.state_at()
        return format_html('<span class="state state--{}">{}</span>', state.value, state.label)

    # The form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "owner" and field is not None:
            field.queryset = get_user_model().objects.filter(is_staff=True, is_active=True).order_by("username")
            field.label_from_instance = people.name_of
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_view_related = field.widget.can_delete_related = False
        return field

    def get_changeform_initial_data(self, request):
        return {"owner": request.user.pk, **super().get_changeform_initial_data(request)}

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if "_restore" in request.POST:
            # What the browser had kept is shown again, and nothing is stored.
            return type("RestoredForm", (form,), {"is_valid": lambda self: form.is_valid(self) and False})
        return form

    def has_publish_permission(self, request):
        return may(request.user, "publish", self.model)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None or "_saveasnew" in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            return self._gone(request, object_id, form_url, extra_context)
        try:
            if request.method == "POST":
                if not self.has_change_permission(request, thing):
                    raise PermissionDenied
                return self._save(request, thing, object_id, form_url, extra_context)
            if not (self.drafts_beside and drafting.draft_beside(thing)):
                return super().changeform_view(request, object_id, form_url, extra_context)
            with drafting.as_drafted(thing) as not_shown:
                self._tell_what_is_not_shown(request, not_shown)
                response = super().changeform_view(request, object_id, form_url, extra_context)
                return response.render() if hasattr(response, "render") else response
        except self.model.DoesNotExist:  # deleted in this very moment
            return self._gone(request, object_id, form_url, extra_context)
        except CannotApplyError as error:
            return self.cannot_use(request, thing, error)

    def _gone(self, request, object_id, form_url, extra_context):
        """Answer for a thing that is not there; whoever sends its form learns how to get it and his text back."""
        known = history.revisions_of(self.model, unquote(object_id)).exists() if object_id.isdecimal() else False
        if request.method != "POST" or not known or not self.has_add_permission(request):
            return super().changeform_view(request, object_id, form_url, extra_context)
        messages.error(
            request,
            gettext(
                "It has been deleted while you had it open, so nothing could be saved. Recover it below and open it: "
                "your browser has kept what you typed and offers it there."
            ),
        )
        return HttpResponseRedirect(self.url("recover"))

    def _tell_what_is_not_shown(self, request, names):
        labels = ", ".join(str(self.opts.get_field(name).verbose_name) for name in names)
        if labels:
            messages.warning(
                request,
                gettext(
                    "Not as in the draft, but as visitors see it now: %(fields)s. Another has taken it meanwhile, "
                    "or the dates no longer fit. Saving keeps what stands here."
                )
                % {"fields": labels},
            )

    def _save(self, request, thing, object_id, form_url, extra_context):
        history.begin(thing)
        base = drafting.base_revision(thing, request.POST.get("_base", "0"))
        request.desk = Submission()
        # The form is applied to what its editor had before him, whatever has been saved since.
        rows_differ = base != history.head_of(thing) or drafting.draft_beside(thing)
        with drafting.as_drafted(thing, base) if rows_differ else rolled_back():
            response = self._apply_form(request, object_id, form_url, extra_context)
        if request.desk.content is None:
            return response
        try:
            saved = drafting.save(
                thing,
                request.desk.content,
                base=base,
                user=request.user,
                note=note_in(request),
                at_once=not self.drafts_beside,
                care=request.desk.care,
            )
        except CannotApplyError as error:  # in the moment between the form's own checks and the save
            messages.error(
                request,
                gettext("Nothing is saved: %(why)s. Your browser has kept what you typed and offers it again.")
                % {"why": error},
            )
            return HttpResponseRedirect(self.address(thing, "change"))
        if saved.set_aside is None:
            super().log_change(request, saved.thing, request.desk.log)
        return self._answer(request, saved)

    def _apply_form(self, request, object_id, form_url, extra_context):
        """Apply the form; return the response that shows its errors, with `request.desk` filled where it has none."""
        response = super().changeform_view(request, object_id, form_url, extra_context)
        desk = request.desk
        if desk.instance is None:
            return response.render() if hasattr(response, "render") else response
        stored = type(desk.instance)._base_manager.get(pk=desk.instance.pk)
        desk.content = take(stored)
        # Only what this editor has changed: another may have changed the rest since the form was opened.
        shown = dict(zip(care_of(stored), request.POST.get("_care", "").split(","), strict=False))
        desk.care = {name: getattr(stored, name) for name, value in care_of(stored).items() if shown.get(name) != value}
        return response

    def record(self, request, thing, *, change):
        """Note that `thing` was added: it is a draft that its author works on. A change is kept by `_save`."""
        if change:
            request.desk.instance = thing
        else:
            drafting.begin_draft(thing, user=request.user, note=note_in(request))

    def log_change(self, request, obj, message):
        request.desk.log = message  # written when the save is for good
        return None

    def response_change(self, request, obj):
        return HttpResponse()  # what is answered is decided in `_answer`

    def response_add(self, request, obj, post_url_continue=None):
        if IS_POPUP_VAR in request.POST or "_addanother" in request.POST:
            response = super().response_add(request, obj, post_url_continue)
        else:
            response = self._saved(request, obj)
        return self._forget_unsaved(request, response, "new")

    def _answer(self, request, saved):
        thing = saved.thing
        if saved.set_aside is not None:
            response = HttpResponseRedirect(self.address(thing, "merge", saved.set_aside.pk))
        elif IS_POPUP_VAR in request.POST:
            response = super().response_change(request, thing)
        else:
            self._tell_what_has_ended(request, saved.replaced)
            response = self._saved(request, thing)
        return self._forget_unsaved(request, response, thing.pk)

    def _saved(self, request, thing):
        for button, screen in NEXT.items():
            if button in request.POST:
                return HttpResponseRedirect(self.address(thing, screen))
        if not self.drafts_beside and drafting.works_beside(thing):
            text = gettext("“%(title)s” is saved. Visitors see it so from now on.")
        elif drafting.works_beside(thing):
            text = gettext(
                "The draft of “%(title)s” is saved beside the live page. Visitors see it once you publish it."
            )
        else:
            text = gettext("The draft of “%(title)s” is saved. Visitors see it once it is published.")
        messages.success(request, text % {"title": thing})
        return HttpResponseRedirect(self.address(thing, "change"))

    def _tell_what_has_ended(self, request, replaced):
        """Say what was decided about the text before this one: it does not hold for another text."""
        if replaced is None:
            return
        if replaced.publish_at:
            at = day_and_time(replaced.publish_at)
            messages.warning(
                request,
                gettext(
                    "The change was to go live on %(at)s. What you saved is another text, so it waits until "
                    "somebody publishes it or sets the time again."
                )
                % {"at": at},
            )
        if replaced.review in (Draft.Review.SUBMITTED, Draft.Review.APPROVED):
            messages.warning(
                request, gettext("The review was of the text before. Ask for a review of the new one when it is done.")
            )

    def _forget_unsaved(self, request, response, key):
        """Tell the browser that what it had kept of this form is stored now."""
        response.set_cookie(
            SAVED_COOKIE,
            f"{request.user.pk}:{self.opts.label_lower}:{key}",
            path="/admin/",
            max_age=3600,
            samesite="Strict",
            secure=request.is_secure(),
        )
        return response

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["desk"] = Desk.for_form(self, request, obj if change else None)
        context["consequences"] = consequences(obj, request.user, Moment.FORM) if change and obj else []
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    # Deletion

    def has_delete_permission(self, request, obj=None):
        """Let nobody who may not publish take from the public what it sees."""
        if obj is not None and drafting.works_beside(obj) and not self.has_publish_permission(request):
            return False
        return super().has_delete_permission(request, obj)

    def delete_model(self, request, obj):
        drafting.delete(obj, user=request.user)

    def delete_queryset(self, request, queryset):
        for thing in queryset:
            drafting.delete(thing, user=request.user)


def note_in(request):
    """Return what the editor has written for the history: one line, and nothing that a database refuses."""
    note = request.POST.get("_note", "")
    return "".join(char if char.isprintable() else " " for char in note)[:500].strip()
