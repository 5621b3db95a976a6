"""What an editor of a contact is told of the texts in which its numbers stand."""

from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.admin_addresses import address_in_admin, screen_address
from publishing.consequences import Moment
from publishing.dashboard import Panel, Row
from publishing.models import Publishable
from publishing.permissions import may

from ..models import ContactNumber, FollowedText, FormerNumber, NumberMention
from ..phones import displayed_value

MOST_ROWS = 12
RECENTLY = timedelta(days=1)
State = NumberMention.State


def may_read(user, thing):
    """Return whether `user` may read the texts of `thing`: the public does, or his role lets him."""
    public = not isinstance(thing, Publishable) or thing.is_published_at()
    return public or may(user, "view", thing)


def name_of(user, thing):
    """Return (what `thing` is called to `user`, where it is edited or "")."""
    kind = capfirst(str(thing._meta.verbose_name))
    if not may_read(user, thing):
        return _("%(kind)s that you may not see yet") % {"kind": kind}, ""
    name = f"{kind}: {thing}"
    try:
        return name, address_in_admin(thing) if may(user, "view", thing) else ""
    except NoReverseMatch:
        return name, ""


def numbers_in_texts(contact, user, moment):
    """Return the Panel about the texts that have numbers of `contact`; None where there is nothing to tell."""
    tell = {Moment.FORM: _on_form, Moment.PUBLISH: _before, Moment.RECEIPT: _afterwards}[moment]
    return tell(contact, user)


def _on_form(contact, user):
    mentions = _of(contact)
    rows, more = _rows(mentions, user, _where)
    if not rows:
        return None
    count = _texts(mentions)
    title = ngettext(
        "Its numbers stand in %(count)d text of the site", "Its numbers stand in %(count)d texts of the site", count
    )
    return Panel(title % {"count": count}, rows, more=more, more_address=_list_of(contact, user))


def _before(contact, user):
    following = _about_to_follow(contact)
    unclear = _unclear(contact)
    count = _texts(following)
    if not count and not unclear.exists():
        return None
    rows, more = _rows(following, user, _change)
    unclear_rows, more_unclear = _rows(unclear, user, _undecided)
    title = ngettext(
        "%(count)d text of the site has a number that changes: it will follow",
        "%(count)d texts of the site have a number that changes: they will follow",
        count,
    )
    return Panel(title % {"count": count}, [*rows, *unclear_rows], more=more + more_unclear)


def _afterwards(contact, user):
    numbers = {number.pk: number.value for number in ContactNumber.objects.filter(contact=contact)}
    waiting, unclear = _about_to_follow(contact), _unclear(contact)
    recent = FollowedText.objects.filter(at__gt=timezone.now() - RECENTLY)
    done = recent.filter(_now_so(numbers)) if numbers else recent.none()
    if not (done.exists() or waiting.exists() or unclear.exists()):
        return None
    problems = done.exclude(problem="")
    rows = [
        _row(each.thing, user, each.problem, urgent=True) for each in problems.prefetch_related("thing")[:MOST_ROWS]
    ]
    unclear_rows, more = _rows(unclear, user, _undecided)
    waiting_rows, more_waiting = _rows(_without(waiting, problems), user, _soon)
    changed = done.filter(problem="")
    changed_rows = [
        _row(each.thing, user, _("has %(number)s now") % {"number": displayed_value(each.became)})
        for each in changed.prefetch_related("thing")[:MOST_ROWS]
    ]
    more += more_waiting + max(0, changed.count() - MOST_ROWS) + max(0, problems.count() - MOST_ROWS)
    return Panel(_("Texts with this number"), [*rows, *unclear_rows, *waiting_rows, *changed_rows], more=more)


# Which


def _of(contact):
    return NumberMention.objects.filter(number__contact=contact)


def _about_to_follow(contact):
    changed = Q()
    for number in ContactNumber.objects.filter(contact=contact):
        changed |= Q(number=number) & ~Q(value=number.value)
    return NumberMention.objects.filter(changed) if changed else NumberMention.objects.none()


def _unclear(contact):
    """Return the mentions of a number that it has had and shares, of which nobody has said whose it is."""
    former = FormerNumber.objects.filter(number__contact=contact)
    unclear = NumberMention.objects.filter(state=State.UNDECIDED, decision="")
    return unclear.filter(value__in=former.values("value"), noted_at__lt=former.order_by("-until").values("until")[:1])


def _now_so(numbers):
    known = Q()
    for key, value in numbers.items():
        known |= Q(number=key, became=value)
    return known


def _without(waiting, problems):
    for type_id, key in problems.values_list("content_type", "object_id"):
        waiting = waiting.exclude(content_type=type_id, object_id=key)
    return waiting


# How


def _texts(mentions):
    return mentions.order_by().values("content_type", "object_id").distinct().count()


def _rows(mentions, user, detail):
    """Return (Rows of the first things that have `mentions`, one each, how many more there are)."""
    firsts = {}
    for mention in mentions.select_related("number").prefetch_related("thing").order_by("pk")[: 5 * MOST_ROWS]:
        if mention.thing is not None:
            firsts.setdefault((mention.content_type_id, mention.object_id), mention)
    shown_ones = list(firsts.values())[:MOST_ROWS]
    rows = [_row(each.thing, user, detail(each), urgent=detail is _undecided, mention=each) for each in shown_ones]
    return rows, max(0, _texts(mentions) - len(rows))


def _row(thing, user, detail, *, urgent=False, mention=None):
    if thing is None:
        return Row(_("(deleted)"), "", detail, urgent)
    title, address = name_of(user, thing)
    if urgent and mention is not None and may(user, "change", NumberMention):
        address = screen_address(NumberMention, "change", mention.pk)
    return Row(title, address, detail, urgent)


def _where(mention):
    if mention.number.value != mention.value:
        return _change(mention)
    return mention.words


def _change(mention):
    return _("%(before)s becomes %(after)s") % {"before": mention.words, "after": mention.number.displayed}


def _soon(mention):
    return _("%(before)s becomes %(after)s in a moment") % {"before": mention.words, "after": mention.number.displayed}


def _undecided(mention):
    return _("%(number)s stays: several contacts share it, and the text does not say which is meant. Choose it.") % {
        "number": mention.words
    }


def _list_of(contact, user):
    if not may(user, "view", NumberMention):
        return ""
    return f"{screen_address(NumberMention, 'changelist')}?{urlencode({'number__contact': contact.pk, 'state': 'all'})}"
