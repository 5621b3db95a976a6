"""What an open form asks from time to time: has somebody saved it, and who else has it open?"""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.formats import time_format

from ... import history
from ...models import Presence
from .. import people
from ..desk import key_of

ROUTE = "desk-state/"
OPEN_FOR = timedelta(seconds=60)


def screen(admin, request, thing):
    """Answer the newest revision and who has the form open, and note that the one who asks has it open.

    With `key` and `token` a form that was open while its editor signed in again learns whether it is still
    the same person's, and is given the token without which it would be refused.
    """
    now = timezone.now()
    if admin.has_change_permission(request, thing):
        Presence.objects.update_or_create(
            content_type=ContentType.objects.get_for_model(thing),
            object_id=thing.pk,
            user=request.user,
            defaults={"seen_at": now},
        )
    head = history.head_of(thing)
    others = Presence.objects.about(thing).filter(seen_at__gt=now - OPEN_FOR).exclude(user=request.user)
    return JsonResponse(
        {
            "key": key_of(admin, request, thing),
            "token": get_token(request),
            "head": str(head.pk) if head else "0",
            "saved_by": people.name_of(head.user) if head else "",
            "saved_at": time_format(timezone.localtime(head.date_created), "TIME_FORMAT") if head else "",
            "editing": [people.name_of(presence.user) for presence in others.select_related("user")],
        },
        headers={"Cache-Control": "no-store"},
    )
