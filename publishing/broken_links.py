"""Looking round and round for links that lead nowhere: a page may be right when it is published and wrong a year later.

The worker looks at a few things a minute, so that a site of 100,000 posts is gone through in about a day
and no other job waits. What is found stands on the editors' front page.
"""

import time

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from .checks.finding import Level
from .checks.links import check_broken_links
from .checks.manuscript import read
from .instant import now
from .kinds import publishable_models
from .models import BrokenLink, LinkRound

MOST_AT_A_TIME = 100
SECONDS_AT_A_TIME = 1.0


def go_on(most=MOST_AT_A_TIME):
    """Look at the next things of the round, at most `most` or for about a second; return how many were looked at."""
    models = publishable_models()
    step = LinkRound.objects.first() or LinkRound(model=models[0]._meta.label_lower)
    model = next((model for model in models if model._meta.label_lower == step.model), models[0])
    things = list(model.objects.published().filter(pk__gt=step.object_id).order_by("pk")[:most])
    ends = time.monotonic() + SECONDS_AT_A_TIME
    looked_at = 0
    for thing in things:
        look_at(thing)
        step.object_id = thing.pk
        looked_at += 1
        if time.monotonic() > ends:
            break
    if looked_at == len(things) < most:
        _forget_what_is_gone(model)
        following = models[(models.index(model) + 1) % len(models)]
        step.model, step.object_id = following._meta.label_lower, 0
    step.save()
    return looked_at


@transaction.atomic
def look_at(thing):
    """Keep which links of `thing`, which is live, lead nowhere now."""
    found = [finding for finding in check_broken_links(read(thing, now())) if finding.level == Level.ERROR]
    BrokenLink.objects.about(thing).delete()
    BrokenLink.objects.bulk_create(
        BrokenLink(thing=thing, title=str(thing)[:300], message=finding.message, place=finding.place)
        for finding in found
    )


def _forget_what_is_gone(model):
    """Drop what was found in things of `model` that are deleted or no longer live."""
    found = BrokenLink.objects.filter(content_type=ContentType.objects.get_for_model(model))
    found.exclude(object_id__in=model.objects.published().values("pk")).delete()
