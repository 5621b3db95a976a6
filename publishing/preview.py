"""The site as it will be: a draft at its real address, or every page at an instant to come.

The address says what to show. `?preview=news.article:12` is for staff who may see that thing,
`?preview=site` for any of the staff, both with `&at=2026-11-30T09:00` in the hospital's time if wanted;
`?preview=<key>` is a PreviewLink, for whoever has it. The page is made by the same views, querysets
and templates as ever, inside a transaction in which the drafts have been applied and which is undone.
"""

import uuid
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote, urlencode, urlsplit

from django.apps import apps
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from .drafting import draft_beside
from .embargo import hide_embargoed, is_embargoed
from .instant import at_instant, now
from .local_time import SkippedTimeError, localize
from .models import Draft, PreviewLink, Publishable
from .months import LAST_YEAR
from .permissions import may
from .row_numbers import row_number
from .snapshots import CannotApplyError, read, rolled_back, stage
from .tracking import is_tracked

PARAMETER = "preview"
SITE = "site"


@dataclass(frozen=True)
class Preview:
    """What is shown: `thing` as it is drafted (None: only what is scheduled), at `at` (None: now).

    `value` is the address's parameter, `link` the PreviewLink by which it came or None for the staff.
    """

    value: str
    thing: object = None
    at: datetime | None = None
    link: PreviewLink | None = None

    @property
    def query(self):
        """Return the address's query for going on in this preview."""
        values = {PARAMETER: self.value}
        if self.at and self.link is None:
            values["at"] = timezone.localtime(self.at).strftime("%Y-%m-%dT%H:%M")
        return urlencode(values)


def preview_of(request):
    """Return the Preview that `request` asks for; None where there is none, or none that this reader may see."""
    value = request.GET.get(PARAMETER, "")
    try:
        key = uuid.UUID(value)
    except ValueError:
        return _staff_preview(request, value)
    link = PreviewLink.objects.valid().filter(key=key).first()
    if link is None or link.thing is None:
        return None
    return Preview(value, link.thing, link.at, link)


def _staff_preview(request, value):
    if not request.user.is_active or not request.user.is_staff:
        return None
    at = instant_from(request.GET.get("at", ""))
    if value == SITE:
        return Preview(value, None, at)
    label, _, key = value.partition(":")
    thing = find_thing(label, key)
    if thing is None or not may(request.user, "view", thing):
        return None
    return Preview(value, thing, at)


def find_thing(label, key):
    """Return the published or drafted thing with the model `label` ("news.article") and `key`, or None."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    if not is_tracked(model) or not issubclass(model, Publishable):
        return None
    return model._base_manager.filter(pk=row_number(key)).first()


def instant_from(text):
    """Return the instant of a local "2026-11-30T09:00", or None where `text` is none that the calendar can hold."""
    try:
        moment = parse_datetime(text)
        if moment is None or moment.year > LAST_YEAR or moment.year < 2000:
            return None
        return localize(moment.date(), moment.time()) if timezone.is_naive(moment) else moment
    except (ValueError, OverflowError):
        return None
    except SkippedTimeError:
        return localize(moment.date(), (moment + timedelta(hours=1)).time())


class Staged:
    """A context in which the database is as `preview` wants it, and undone at its end.

    Every change of a live page that is due by then has been applied, then the draft of the thing itself;
    and the thing is published, if it would not be. Who comes by a link is shown nothing that is under embargo.

    `embargoed` says whether the thing is: then no link may show it. A draft that lifts the embargo has not lifted it.
    """

    def __init__(self, preview):
        self.preview = preview
        self.embargoed = False
        self._contexts = ExitStack()

    def __enter__(self):
        with ExitStack() as contexts:  # whatever fails, the next request of this thread is of today again
            contexts.enter_context(at_instant(self.preview.at))
            contexts.enter_context(rolled_back())
            self._apply()
            self._contexts = contexts.pop_all()
        return self

    def __exit__(self, *error):
        return self._contexts.__exit__(*error)

    @property
    def path(self):
        """Return the path at which the thing of the preview is shown, as it is drafted; "/" for no page of its own."""
        thing = self.preview.thing
        shown_at = type(thing)._base_manager.get(pk=thing.pk).shown_at
        return unquote(urlsplit(shown_at).path) or "/"

    def _apply(self):
        thing = self.preview.thing
        for draft in Draft.objects.filter(publish_at__lte=now()).select_related("revision", "content_type"):
            _apply(draft)
        if thing is None:
            return
        self.embargoed = is_embargoed(type(thing)._base_manager.get(pk=thing.pk))
        draft = draft_beside(thing)
        if draft is not None:
            _apply(draft)
        stored = type(thing)._base_manager.get(pk=thing.pk)
        self.embargoed = self.embargoed or is_embargoed(stored)
        if self.preview.link is not None:
            hide_embargoed()
        if not stored.is_published_at(now()):
            type(thing)._base_manager.filter(pk=thing.pk).update(published_at=now(), expires_at=None)


def _apply(draft):
    model = draft.content_type.model_class()
    if model is None or not model._base_manager.filter(pk=draft.object_id).exists():
        return
    with suppress(CannotApplyError):  # then it is shown without the change; the publish screen tells why
        stage(read(draft.revision, model, draft.object_id))
