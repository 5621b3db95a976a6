"""Work about waits that is done beside the requests."""

import logging

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from .models import Concern, EmergencyDepartment
from .rights import DECIDE
from .waits import wait_of

logger = logging.getLogger(__name__)

BACKEND = "django.contrib.auth.backends.ModelBackend"


@task()
def tell_staff(concern_id):
    """Mail those who decide about held readings, once for each concern. Safe to run twice.

    What is over by now is told to nobody. A mail that the server does not take is tried again by the job
    that watches the feeds.
    """
    waiting = Concern.objects.filter(pk=concern_id, told_at__isnull=True, ended_at__isnull=True)
    if not waiting.update(told_at=timezone.now()):
        return
    concern = Concern.objects.select_related("department").get(pk=concern_id)
    addresses = who_is_told()
    if not addresses:
        logger.warning("Nobody with an e-mail address can be told: %s", concern)
        return
    try:
        _message(concern, addresses).send()
    except BaseException:
        Concern.objects.filter(pk=concern_id).update(told_at=None)
        raise


def who_is_told():
    """Return the addresses of the staff who may decide about readings; of the superusers where there is nobody else."""
    users = get_user_model().objects
    staff = users.with_perm(DECIDE, include_superusers=False, backend=BACKEND).filter(is_superuser=False)
    chiefs = users.filter(is_active=True, is_superuser=True)
    return _addresses(staff) or _addresses(chiefs)


def _addresses(users):
    """Return the addresses of `users` who are staff, each once; one with a line break in it is none."""
    found = users.filter(is_staff=True).exclude(email="").order_by("email").values_list("email", flat=True)
    return [address for address in dict.fromkeys(found) if address.isprintable()]


def _message(concern, addresses):
    department = EmergencyDepartment.objects.with_newest_readings(timezone.now()).get(pk=concern.department_id)
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "concern": concern,
            "department": department,
            "wait": wait_of(department, timezone.now()),
            "site_name": settings.SITE_NAME,
            "address": settings.SITE_URL + reverse("admin:ertimes_emergencydepartment_set_wait", args=[department.pk]),
        }
        text = render_to_string("ertimes/concern.txt", context)
        subject = _("%(department)s: %(trouble)s") % {
            "department": department.name,
            "trouble": concern.get_kind_display(),
        }
    return EmailMessage(" ".join(subject.split()), text, to=addresses)
