"""The screen of a review: what was said, and the next step."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import drafting, reviewing
from ...changes import changes
from ...models import ReviewNote
from ...snapshots import take
from ..desk import show

ROUTE = "review/"
Step = ReviewNote.Step


class ReviewForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Comment"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, step=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.step = step

    def clean_text(self):
        text = self.cleaned_data["text"].strip()
        if not text and self.step in (Step.COMMENT, Step.SENT_BACK):
            raise forms.ValidationError(_("Write what the author should know."))
        return text


def screen(admin, request, thing):
    """Show the review of a draft; take a comment, a submission, a sending back or an approval."""
    draft = drafting.draft_of(thing)
    steps = _steps_for(admin, request, thing, draft)
    step = request.POST.get("step")
    form = ReviewForm(request.POST if request.method == "POST" else None, step=step)
    if request.method == "POST":
        if draft is None:
            messages.error(request, _("There is no draft to review: it was published or thrown away meanwhile."))
            return HttpResponseRedirect(admin.address(thing, "change"))
        if step not in steps:
            raise PermissionDenied
        seen = request.POST.get("seen", "")
        if form.is_valid() and not reviewing.take_step(
            thing, draft, Step(step), user=request.user, text=form.cleaned_data["text"], seen=seen
        ):
            messages.warning(
                request, _("Somebody has saved the draft since you opened this page. Here is the newest version.")
            )
            draft = drafting.draft_of(thing)
        elif form.is_valid():
            messages.success(request, reviewing.TOLD[Step(step)])
            if step == Step.APPROVED:
                return HttpResponseRedirect(admin.address(thing, "publish"))
            return HttpResponseRedirect(admin.address(thing, "review"))
    changed = []
    if draft is not None and drafting.works_beside(thing):
        changed = changes(take(thing), drafting.content_of(thing))
    return show(
        admin,
        request,
        thing,
        "admin/desk/review.html",
        _("Review"),
        form=form,
        draft=draft,
        steps=steps,
        changes=changed,
        notes=ReviewNote.objects.about(thing).select_related("author"),
    )


def _steps_for(admin, request, thing, draft):
    """Return the steps that this person may take now, by value with the words of the button."""
    if draft is None:
        return {}
    steps = {}
    if admin.has_publish_permission(request):
        steps[Step.APPROVED.value] = _("Approve")
        steps[Step.SENT_BACK.value] = _("Send back")
    if admin.has_change_permission(request, thing) and draft.review != draft.Review.SUBMITTED:
        steps[Step.SUBMITTED.value] = _("Ask for review")
    if steps:  # who may only look says nothing
        steps[Step.COMMENT.value] = _("Only comment")
    return steps
