"""The panels of the front page that are about drafts, reviews, schedules and addresses."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .admin_addresses import address_in_admin, screen_address
from .consent import images_with_consent_ending
from .dashboard import MOST_ROWS, Panel, Row, register_panel
from .kinds import publishable_models
from .local_time import day_and_time
from .missing_addresses import most_missed
from .models import BrokenLink, Draft, Image, MissingAddress, SetAside

AHEAD = timedelta(days=14)


def register_panels():
    """Put the desk's own panels on the front page, in their order."""
    for place, make in enumerate(ORDER, start=1):
        register_panel(make, place=10 * place)


def waiting_choices(viewer):
    """What the viewer saved while somebody else had, and has not decided yet."""
    rows = [
        Row(each.title, _address(each, "merge", each.pk), day_and_time(each.at), urgent=True)
        for each in SetAside.objects.filter(author=viewer.user).select_related("content_type")[:MOST_ROWS]
    ]
    return Panel(_("Choose between two versions"), rows) if rows else None


def failed(viewer):
    """Scheduled changes that could not go live."""
    drafts = _drafts(viewer, "view").exclude(problem="")[:MOST_ROWS]
    rows = [Row(draft.title, _address(draft, "change"), draft.problem, urgent=True) for draft in drafts]
    late = _drafts(viewer, "view").filter(problem="", publish_at__lt=viewer.now - timedelta(minutes=5))[:MOST_ROWS]
    rows += [
        Row(
            draft.title,
            _address(draft, "publish"),
            _("should be live since %(at)s") % {"at": day_and_time(draft.publish_at)},
            True,
        )
        for draft in late
    ]
    return Panel(_("Could not go live"), rows) if rows else None


def my_drafts(viewer):
    """What the viewer works on."""
    mine = _drafts(viewer, "view").filter(Q(author=viewer.user) | Q(saved_by=viewer.user))
    rows = [
        Row(
            draft.title,
            _address(draft, "change"),
            f"{draft.get_review_display()} · {day_and_time(draft.saved_at)}",
            urgent=draft.review == Draft.Review.SENT_BACK,
        )
        for draft in mine[: MOST_ROWS + 1]
    ]
    return _panel(_("My drafts"), rows, _("You have no draft."))


def waiting_for_review(viewer):
    """What authors ask to be looked at, oldest first; only for those who may publish it."""
    if not any(viewer.may("publish", model) for model in publishable_models()):
        return None
    waiting = _drafts(viewer, "publish").filter(review=Draft.Review.SUBMITTED).order_by("saved_at")[: MOST_ROWS + 1]
    rows = [Row(draft.title, _address(draft, "review"), day_and_time(draft.saved_at)) for draft in waiting]
    return _panel(_("Waiting for review"), rows, _("Nothing waits."))


def scheduled(viewer):
    """What appears by itself within 14 days: new things, and changes of live ones."""
    end = viewer.now + AHEAD
    found = _dated(viewer, "published_at", viewer.now, end)
    changes = _drafts(viewer, "view").filter(publish_at__gt=viewer.now, publish_at__lte=end).order_by("publish_at")
    rows = [(at, Row(title, address, day_and_time(at))) for at, title, address in found]
    rows += [
        (
            draft.publish_at,
            Row(draft.title, _address(draft, "publish"), _("change, %(at)s") % {"at": day_and_time(draft.publish_at)}),
        )
        for draft in changes[: MOST_ROWS + 1]
    ]
    rows = [row for _at, row in sorted(rows, key=lambda each: each[0])]
    return _panel(_("Scheduled, next 14 days"), rows, _("Nothing is scheduled."))


def overdue(viewer):
    """What should have been looked at by now: the viewer's own things first."""
    today = timezone.localdate(viewer.now)
    own = set(_dated(viewer, "review_on", None, today, extra=Q(owner=viewer.user)))
    found = _dated(viewer, "review_on", None, today)
    rows = [
        Row(title, address, date_format(day, "DATE_FORMAT"), urgent=(day, title, address) in own)
        for day, title, address in sorted({*own, *found}, key=lambda each: (each not in own, each[0], each[1]))
    ]
    return _panel(_("Review overdue"), rows, _("Everything has been reviewed in time."))


def ending(viewer):
    """What is taken down by itself within 14 days."""
    found = _dated(viewer, "expires_at", viewer.now, viewer.now + AHEAD)
    rows = [Row(title, address, day_and_time(at)) for at, title, address in found]
    return _panel(_("Taken down soon"), rows, "") if rows else None


def consents(viewer):
    """Photographs of patients whose consent ends within 60 days."""
    if not viewer.may("view", Image):
        return None
    images = images_with_consent_ending(timezone.localdate(viewer.now) + timedelta(days=60))[: MOST_ROWS + 1]
    rows = [
        Row(
            image.title,
            address_in_admin(image),
            date_format(image.consent_expires_on, "DATE_FORMAT") if image.consent_expires_on else _("no record"),
            urgent=True,
        )
        for image in images
    ]
    return _panel(_("Consent for a photograph ends"), rows, "") if rows else None


def broken(viewer):
    """Live pages with links that lead nowhere."""
    types = list(_types(viewer, "change").values())
    found = BrokenLink.objects.filter(content_type__in=types).select_related("content_type")[: MOST_ROWS + 1]
    rows = [Row(link.title, f"{_address(link, 'change')}{link.place}", link.message) for link in found]
    return _panel(_("Broken links"), rows, _("No broken link has been found.")) if types else None


def not_found(viewer):
    """Addresses that visitors asked for in vain."""
    if not viewer.may("view", MissingAddress):
        return None
    rows = [
        Row(
            missing.path,
            f"{reverse('admin:publishing_redirect_add')}?{urlencode({'old_path': missing.path})}",
            ngettext("%(count)d time", "%(count)d times", missing.count) % {"count": missing.count},
        )
        for missing in most_missed(MOST_ROWS)
    ]
    more = reverse("admin:publishing_missingaddress_changelist")
    return Panel(_("Not found by visitors"), rows, _("Every address was found."), more_address=more)


def _panel(title, rows, empty):
    return Panel(title, rows[:MOST_ROWS], empty, more=max(0, len(rows) - MOST_ROWS))


def _drafts(viewer, action):
    types = list(_types(viewer, action).values())
    return Draft.objects.filter(content_type__in=types).select_related("content_type")


def _types(viewer, action):
    """Return the ContentType of each model of which the viewer may do `action`, by model."""
    models = [model for model in publishable_models() if viewer.may(action, model)]
    return ContentType.objects.get_for_models(*models) if models else {}


def _address(about, screen, *args):
    return screen_address(about.content_type.model_class(), screen, about.object_id, *args)


def _dated(viewer, name, begin, end, *, extra=None):
    """Return (date or instant, title, address) of what has its field `name` in [begin, end], the earliest first.

    One query over all kinds that the viewer may see, then one for each kind among the few that are shown.
    """
    parts = []
    for model in publishable_models():
        if not viewer.may("view", model):
            continue
        rows = model._base_manager.filter(**{f"{name}__lte": end})
        if begin is not None:
            rows = rows.filter(**{f"{name}__gt": begin})
        if name == "review_on":
            rows = rows.filter(published_at__isnull=False, archived_at__isnull=True)
        if extra is not None:
            rows = rows.filter(extra)
        earliest = rows.order_by(name).values("pk")[: MOST_ROWS + 1]  # SQLite limits no part of a union by itself
        chosen = model._base_manager.filter(pk__in=earliest).order_by()
        parts.append(chosen.annotate(label=Value(model._meta.label), when=F(name)).values_list("label", "pk", "when"))
    if not parts:
        return []
    models = {model._meta.label: model for model in publishable_models()}
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found = sorted(found, key=lambda row: row[2])[: MOST_ROWS + 1]
    things = {
        label: models[label]._base_manager.in_bulk([pk for kind, pk, _when in found if kind == label])
        for label in {row[0] for row in found}
    }
    return [
        (when, str(things[label][pk]), screen_address(models[label], "change", pk))
        for label, pk, when in found
        if pk in things[label]
    ]


ORDER = [
    waiting_choices,
    failed,
    my_drafts,
    waiting_for_review,
    scheduled,
    overdue,
    ending,
    consents,
    broken,
    not_found,
]
