"""Beginning and ending of a mailing: its text is frozen and a delivery noted for each recipient; see `sending.py`."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Value
from django.utils import timezone

from .models import Delivery, Issue, Mailing
from .recipients import recipients_of
from .refusals import pause_where_nobody_got_it
from .rendering import render_issue

FOUND_WITHIN = timedelta(days=1)  # what was published longer ago is not sent by surprise; see `never_mailed`
KEPT = timedelta(days=90)  # who was sent what
PART = 5000  # rows deleted in one statement


@transaction.atomic
def start(issue, at=None):
    """Begin to mail `issue` to its lists, as it reads at `at` (default: now), and return its Mailing.

    A second time returns the first one, whatever has been changed since. None where it says nothing, has no list,
    or has been called off or taken down in this moment.
    """
    at = at or timezone.now()
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    begun = Mailing.objects.filter(issue=issue).first()
    if begun is not None:
        return begun
    if not issue.is_published_at(max(at, timezone.now())):  # `at` was before its row was locked
        return None
    lists = list(issue.lists.all())
    rendered = render_issue(issue, at) if lists else None
    if rendered is None:
        return None
    mailing = Mailing.objects.create(
        issue=issue, subject=rendered.subject, html=rendered.html, text=rendered.text, made_at=at
    )
    address_to(mailing, lists)
    return mailing


def start_due(at=None):
    """Begin to mail each issue that is live, was never mailed and was published within the last day. A job."""
    at = at or timezone.now()
    for issue in _live_and_never_mailed(at).filter(published_at__gt=at - FOUND_WITHIN):
        start(issue, at)


def never_mailed(at):
    """Return the live issues with lists that should be in people's mailboxes and are not: staff are told of them.

    Those are the ones that say nothing, and those that came too late to be sent without being asked for.
    """
    return _live_and_never_mailed(at).filter(published_at__lt=at - timedelta(minutes=5))


def _live_and_never_mailed(at):
    live = Issue.objects.published(at).filter(demonstration=False, mailing=None, lists__isnull=False)
    return live.distinct().order_by("published_at", "pk")


def address_to(mailing, lists):
    """Note a delivery for everybody who has confirmed any of `lists`, in one statement."""
    mailing.to_lists.set(lists)
    mailing.lists = ", ".join(each.name for each in lists)
    mailing.addresses = _write_deliveries(mailing, lists)
    if not mailing.addresses:
        mailing.state, mailing.done_at = Mailing.State.DONE, mailing.made_at
    mailing.save(update_fields=["lists", "addresses", "state", "done_at"])


def _write_deliveries(mailing, lists):
    """Insert a waiting Delivery for each recipient and return how many; the database reads and writes by itself.

    The ORM would take each through the memory of this process, and on SQLite keep all other writers out meanwhile.
    """
    first = Delivery(mailing=mailing, due_at=mailing.made_at)
    fields = [each for each in Delivery._meta.concrete_fields if each.name not in ("id", "subscriber")]
    values = [Value(each.get_prep_value(getattr(first, each.attname)), each) for each in fields]
    selected = recipients_of(lists).order_by("pk").values_list("pk", *values)
    sql, params = selected.query.sql_with_params()
    columns = ", ".join(
        connection.ops.quote_name(name) for name in ["subscriber_id", *(each.column for each in fields)]
    )
    table = connection.ops.quote_name(Delivery._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) {sql}", params)
        return cursor.rowcount


def mailing_counts(mailing):
    """Return how many deliveries of `mailing` are in which state: {Delivery.State: number}, each state in it."""
    if mailing.counted_at:
        return {state: getattr(mailing, state.value) for state in Delivery.State}
    rows = Delivery.objects.filter(mailing=mailing).order_by().values_list("state").annotate(number=Count("pk"))
    found = dict(rows)
    return {state: found.get(state.value, 0) for state in Delivery.State}


def finish(mailing_id, at=None):
    """Note that the mailing is done where no delivery waits any more; return whether it is so now.

    One that the mail server has refused to everybody is paused instead, and its deliveries wait again.
    """
    at = at or timezone.now()
    if Delivery.objects.filter(mailing_id=mailing_id, state=Delivery.State.WAITING).exists():
        return False
    if pause_where_nobody_got_it(mailing_id, at):
        return False
    going = Mailing.objects.filter(pk=mailing_id, state=Mailing.State.SENDING)
    return going.update(state=Mailing.State.DONE, done_at=at) == 1


def finish_what_is_over(at=None):
    """Finish the mailings whose worker was killed after the last mail and before it could say so."""
    waiting = Delivery.objects.filter(mailing=OuterRef("pk"), state=Delivery.State.WAITING)
    over = Mailing.objects.filter(~Exists(waiting), state=Mailing.State.SENDING)
    for key in list(over.values_list("pk", flat=True)):
        finish(key, at)


def keep_counts(at=None):
    """Write the counts of what has ended into the mailing. A job."""
    at = at or timezone.now()
    ended = Mailing.objects.filter(state__in=[Mailing.State.DONE, Mailing.State.CANCELLED])
    for mailing in ended.filter(counted_at=None):
        with transaction.atomic():
            claimed = mailing.deliveries.exclude(claimed_by="").filter(state=Delivery.State.WAITING)
            if claimed.filter(due_at__gt=at).exists():
                continue  # stopped just now: a worker is about to note one more
            counts = {state.value: number for state, number in mailing_counts(mailing).items()}
            Mailing.objects.filter(pk=mailing.pk).update(counted_at=at, **counts)


def forget_recipients(at=None):
    """Forget who got what, of the mailings that ended longer than KEPT ago, the oldest first. A daily job."""
    at = at or timezone.now()
    old = Mailing.objects.filter(counted_at__isnull=False, done_at__lt=at - KEPT)
    for mailing in old.order_by("done_at", "pk"):
        # One by one, each through its index: all together would be a join over every delivery that is kept.
        while keys := list(Delivery.objects.filter(mailing=mailing).values_list("pk", flat=True)[:PART]):
            Delivery.objects.filter(pk__in=keys).delete()
