from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_tasks import task

from .links import CONFIRM_MAX_AGE, confirm_link, leave_link
from .models import Subscriber


@task()
def send_confirmation(subscriber_id):
    """Mail the link that confirms. Takes the key, not the address, so that no address stays in the task table."""
    subscriber = Subscriber.objects.filter(pk=subscriber_id, confirmed_at__isnull=True).first()
    if subscriber is None:  # confirmed or gone since
        return
    text = render_to_string(
        "newsletter/confirmation.txt",
        {
            "site_name": settings.SITE_NAME,
            "confirm_link": confirm_link(subscriber),
            "leave_link": leave_link(subscriber),
            "days": CONFIRM_MAX_AGE.days,
        },
    )
    subject = _("Please confirm: health news from %(hospital)s") % {"hospital": settings.SITE_NAME}
    EmailMessage(subject, text, to=[subscriber.email]).send()
