"""Newsletters that the site writes by itself once a week: the posts since the last one, and the coming events."""

import logging
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from publishing import drafting
from publishing.snapshots import rolled_back

from .composition import compose
from .models import Digest, DigestRun, EventsBlock, Issue, PostsBlock, TextBlock
from .rendering import render_composition

logger = logging.getLogger(__name__)

LATE = timedelta(hours=12)  # a worker that was away for longer leaves the week out: nobody wants a mail at night
FIRST_LOOKS_BACK = timedelta(days=7)
Outcome = DigestRun.Outcome


def write_due_digests(now=None):
    """Write and publish each weekly newsletter that is due at `now` (default: now); return the DigestRuns made.

    A job of each quarter of an hour. Two workers at once write each one once.
    """
    now = now or timezone.now()
    runs = []
    for digest in Digest.objects.filter(active=True).select_related("mailing_list"):
        try:
            due_at = digest.due_at(now)
            week = _week_of(due_at)
            if due_at >= max(digest.made_at, now - LATE) and not digest.runs.filter(week=week).exists():
                runs.append(write(digest, now, week=week))
        except IntegrityError:
            continue  # by another worker, just now
        except Exception:  # whatever is wrong with one, the others go
            logger.exception("The weekly newsletter %d could not be written", digest.pk)
    return runs


@transaction.atomic
def write(digest, now, *, week):
    """Write and publish `digest` for the week that begins on `week`, a date; return its DigestRun.

    Raises IntegrityError where that week has one already. An empty week has a run without a newsletter.
    """
    since = posts_since(digest, now)
    run = DigestRun.objects.create(digest=digest, week=week, at=now, outcome=Outcome.EMPTY)
    with transaction.atomic():
        issue, composition = _compose(digest, since, now)
        too_large = render_composition(issue, composition).is_too_large
        if is_empty(composition) or too_large:
            transaction.set_rollback(True)
    if is_empty(composition):
        return run
    run.posts, run.events = len(composition.posts), len(composition.events)
    if too_large:
        run.outcome = Outcome.TOO_LARGE
    else:
        run.outcome, run.issue = Outcome.SENT, drafting.publish(issue, user=None, at=now)
    run.save()
    return run


def posts_since(digest, now):
    """Return the instant since which posts are new to the readers of `digest` at `now`."""
    last = digest.runs.exclude(outcome=Outcome.TOO_LARGE).order_by("-at").first()
    if last is not None:
        return last.at
    held_back = digest.runs.order_by("at").first()
    return (held_back.at if held_back else now) - FIRST_LOOKS_BACK


def is_empty(composition):
    """Return whether there is neither a post nor an event: the opening alone is no news."""
    return not (composition.posts or composition.events)


def preview(digest, now):
    """Return (Issue, Composition, Rendering) of what would be sent at `now`; nothing of it is stored."""
    with rolled_back():
        issue, composition = _compose(digest, posts_since(digest, now), now)
        return issue, composition, render_composition(issue, composition)


def _compose(digest, since, now):
    """Store the Issue of `digest` as a draft; return it with its Composition at `now`."""
    day = timezone.localdate(now)
    subject = digest.subject_on(day)
    issue = Issue.objects.create(subject=subject, slug=_free_slug(f"{slugify(digest.subject)}-{day}"), digest=True)
    issue.lists.set([digest.mailing_list])
    blocks = []
    if digest.intro:
        blocks.append(TextBlock(text=digest.intro))
    if digest.posts:
        blocks.append(PostsBlock(heading=digest.posts_heading, topic=digest.topic, count=digest.posts, since=since))
    if digest.events:
        fields = {"event_topic": digest.event_topic, "days": digest.days, "count": digest.events}
        blocks.append(EventsBlock(heading=digest.events_heading, **fields))
    for position, block in enumerate(blocks, start=1):
        block.parent, block.region, block.ordering = issue, "main", position
        block.save()
    return issue, compose(issue, now)


def _free_slug(wanted):
    """Return `wanted`, or with a number behind it where another newsletter has it."""
    taken = set(Issue.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)


def _week_of(at):
    day = timezone.localdate(at)
    return day - timedelta(days=day.weekday())
