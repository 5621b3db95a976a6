"""Who gets what is sent to mailing lists."""

from .models import Subscriber


def recipients_of(lists):
    """Return the subscribers who have confirmed any of `lists` (MailingLists), each once, as a queryset.

    An address may be suppressed between this and the sending, so that is to be looked at again for each.
    """
    return Subscriber.objects.of_lists(lists)
