"""The review of a draft: an author asks, a reviewer comments, sends back or approves."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from . import audit
from .admin_addresses import address_in_admin
from .models import AuditEntry, Draft, ReviewNote

Step = ReviewNote.Step
STATE_AFTER = {
    Step.SUBMITTED: Draft.Review.SUBMITTED,
    Step.SENT_BACK: Draft.Review.SENT_BACK,
    Step.APPROVED: Draft.Review.APPROVED,
}
LOGGED = {
    Step.SUBMITTED: AuditEntry.Action.SUBMITTED,
    Step.SENT_BACK: AuditEntry.Action.SENT_BACK,
    Step.APPROVED: AuditEntry.Action.APPROVED,
}
TOLD = {
    Step.COMMENT: gettext_lazy("The comment is kept."),
    Step.SUBMITTED: gettext_lazy("The reviewers find it on their front page now."),
    Step.SENT_BACK: gettext_lazy("It is sent back to its author."),
    Step.APPROVED: gettext_lazy("It is approved. Now it can be published."),
}


@transaction.atomic
def take_step(thing, draft, step, *, user, text="", seen=""):
    """Take `step` in the review of `draft`, which is about `thing`, and return whether it could be taken.

    It cannot where the draft is another by now than the one of the revision `seen` ("": whichever it is):
    nobody approves what he has not read. The author is told by mail.
    """
    draft = Draft.objects.select_for_update(of=["self"]).filter(pk=draft.pk).select_related("author").first()
    if draft is None or (seen and seen != str(draft.revision_id)):
        return False
    ReviewNote.objects.create(thing=thing, step=step, text=text, author=user)
    if step in STATE_AFTER:
        Draft.objects.filter(pk=draft.pk).update(review=STATE_AFTER[step])
        audit.record(LOGGED[step], user=user, thing=thing, details=text)
    author = draft.author
    if author is not None and author != user and author.email:
        transaction.on_commit(
            lambda: tell_author.enqueue(draft.content_type_id, draft.object_id, author.email, step.value, text)
        )
    return True


@task()
def tell_author(content_type_id, object_id, email, step, text):
    """Mail the author of a draft what became of it."""
    content_type = ContentType.objects.get(pk=content_type_id)
    thing = content_type.model_class()._base_manager.filter(pk=object_id).first()
    if thing is None:  # deleted since
        return
    step = Step(step).label
    body = "\n\n".join(
        part
        for part in (
            _("%(step)s: “%(title)s”.") % {"step": step, "title": thing},
            text,
            f"{settings.SITE_URL}{address_in_admin(thing, 'review')}",
        )
        if part
    )
    EmailMessage(f"{step}: {' '.join(str(thing).split())[:120]}", body, to=[email]).send()
