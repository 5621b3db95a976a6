"""The panel of the front page about numbers in texts."""

from urllib.parse import urlencode

from django.db.models import Count, F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.admin_addresses import screen_address
from publishing.dashboard import Panel, Row

from ..models import FollowedText, NumberMention
from .telling import name_of

State = NumberMention.State
MOST_ROWS = 5


def numbers_to_decide(viewer):
    """The numbers that no contact has, those that several share, and texts that could not follow."""
    if not viewer.may("change", NumberMention):
        return None
    waiting = NumberMention.objects.filter(decision="").order_by()
    counts = dict(waiting.values_list("state").annotate(Count("value", distinct=True)))
    rows = [_row(counts.get(State.UNKNOWN, 0), State.UNKNOWN), _row(counts.get(State.UNDECIDED, 0), State.UNDECIDED)]
    stuck = FollowedText.objects.exclude(problem="").select_related("number__contact").prefetch_related("thing")
    for each in stuck.filter(
        number__mentions__content_type=F("content_type"), number__mentions__object_id=F("object_id")
    )[:MOST_ROWS]:
        if each.thing is not None and each.became == each.number.value:
            title, address = name_of(viewer.user, each.thing)
            rows.append(Row(title, address or _all(), each.problem, urgent=True))
    return Panel(
        _("Numbers in texts"),
        [row for row in rows if row is not None],
        _("Every number in a text is one of the directory."),
        more_address=_all(),
    )


def _row(count, state):
    if not count:
        return None
    texts = {
        State.UNKNOWN: ngettext(
            "%(count)d number that the directory does not know",
            "%(count)d numbers that the directory does not know",
            count,
        ),
        State.UNDECIDED: ngettext(
            "%(count)d number that several contacts share",
            "%(count)d numbers that several contacts share",
            count,
        ),
    }
    return Row(texts[state] % {"count": count}, f"{_all()}?{urlencode({'state': state.value})}")


def _all():
    return screen_address(NumberMention, "changelist")
