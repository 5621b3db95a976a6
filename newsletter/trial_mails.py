"""Test mails: a newsletter as it is drafted, sent to some of the staff before it goes to its readers."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from publishing import drafting
from publishing.head import absolute

from .marks import LEAVE, PREFERENCES
from .models import Issue, TrialMail
from .rendering import render_issue

TIMEOUT = 10  # seconds
KEPT = 20  # test mails of one newsletter, whose outcome is told


def sending_time(issue):
    """Return the instant at which `issue` is to be mailed, so that a preview shows what will be sent."""
    now = timezone.now()
    draft = drafting.draft_of(issue)
    planned = [at for at in (issue.published_at, draft and draft.publish_at) if at is not None and at > now]
    return min(planned, default=now)


def drafted_rendering(issue, at=None):
    """Return (Issue, Rendering or None) of `issue` as it is drafted, at `at` (default: when it is to be sent)."""
    at = at or sending_time(issue)
    with drafting.as_drafted(issue):
        drafted = Issue._base_manager.get(pk=issue.pk)
        return drafted, render_issue(drafted, at)


@transaction.atomic
def ask_for_trial_mails(issue, users, *, asked_by):
    """Have `issue` sent to each of `users` by the worker, as it is drafted by then."""
    for user in users:
        trial = TrialMail.objects.create(issue=issue, to=user, asked_by=asked_by)
        transaction.on_commit(lambda pk=trial.pk: send_trial_mail.enqueue(pk))
    old = TrialMail.objects.filter(issue=issue).values_list("pk", flat=True)[KEPT:]
    TrialMail.objects.filter(pk__in=list(old)).delete()


@task()
def send_trial_mail(trial_mail_id):
    """Send one test mail and note what became of it. It takes the key, so that no address stays in the task table."""
    waiting = TrialMail.objects.filter(sent_at=None, problem="")
    trial = waiting.filter(pk=trial_mail_id).select_related("issue", "to").first()
    if trial is None:  # its newsletter was deleted, or it was sent before
        return
    _drafted, rendering = drafted_rendering(trial.issue)
    problem = _("Nothing stands in it yet.") if rendering is None else _send(rendering, trial.to.email)
    sent_at = None if problem else timezone.now()
    TrialMail.objects.filter(pk=trial.pk).update(sent_at=sent_at, problem=problem[:300])


def without_marks(text):
    """Return `text` with the newsletter's page where a reader's own links would stand: staff need not subscribe."""
    page = absolute(reverse("newsletter:subscribe"))
    return text.replace(LEAVE, page).replace(PREFERENCES, page)


def _send(rendering, address):
    """Send it and return what went wrong, in words; "" where the mail server has taken it."""
    subject = _("[Test] %(subject)s") % {"subject": rendering.subject}
    connection = get_connection(timeout=settings.EMAIL_TIMEOUT or TIMEOUT)
    message = EmailMultiAlternatives(subject, without_marks(rendering.text), to=[address], connection=connection)
    message.attach_alternative(without_marks(rendering.html), "text/html")
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        return _told(error)
    return ""


def _told(error):
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = error.recipients.values()
    elif isinstance(error, smtplib.SMTPResponseException):
        answers = [(error.smtp_code, error.smtp_error)]
    else:
        return "".join(sign if sign.isprintable() else " " for sign in f"{type(error).__name__}: {error}")
    texts = (f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}" for code, text in answers)
    return "".join(sign if sign.isprintable() else " " for sign in "; ".join(texts))
