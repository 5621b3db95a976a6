"""Draft, scheduled, live, expired, archived: two instants, and no status that could disagree with them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ..demonstration import without_made_up
from ..instant import now
from ..months import LAST_YEAR
from ..permissions import may


class State(models.TextChoices):
    """What a thing is at some instant; derived from its two instants, never stored.

    CHANGED is live, with a change waiting beside it; ARCHIVED is expired, and put away by a person.
    """

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    CHANGED = "changed", _("Live, with unpublished changes")
    EXPIRED = "expired", _("Expired")
    ARCHIVED = "archived", _("Archived")


def drafts_of(model):
    """Return, for use in a query about `model`, the drafts of the row in question."""
    drafts = model._meta.apps.get_model("publishing", "Draft").objects
    return drafts.filter(
        content_type__app_label=model._meta.app_label,
        content_type__model=model._meta.model_name,
        object_id=OuterRef("pk"),
    )


def published_sql(table, at):
    """Return, as SQL about the rows of `table` with its parameters, the rule of PublishableQuerySet.published()."""
    condition = f"{table}.published_at <= %s AND ({table}.expires_at IS NULL OR {table}.expires_at > %s)"
    if not settings.DEMONSTRATION:
        condition += f" AND NOT {table}.demonstration"
    return condition, [connection.ops.adapt_datetimefield_value(each) for each in (at, at)]


class PublishableQuerySet(models.QuerySet):
    def published(self, at=None):
        """Return what the public may read at `at`, an aware datetime (default: now).

        With the setting DEMONSTRATION off, the material that exists only to show the site is left out.
        """
        at = at or now()
        return without_made_up(self.filter(published_at__lte=at).exclude(expires_at__lte=at))

    def visible_to(self, user, at=None):
        """Return what `user` may read: editors of the model see drafts, others do not."""
        if may(user, "change", self.model):
            return self.all()
        return self.published(at)

    def in_state(self, state, at=None):
        """Return what is in `state`, one of State, at `at` (default: now); LIVE with or without a change waiting."""
        at = at or now()
        begun, over, put_away = Q(published_at__lte=at), Q(expires_at__lte=at), Q(archived_at__isnull=False)
        return {
            State.DRAFT: self.filter(published_at__isnull=True),
            State.SCHEDULED: self.filter(published_at__gt=at),
            State.LIVE: self.filter(begun).exclude(over),
            State.CHANGED: self.filter(begun).exclude(over).filter(Exists(drafts_of(self.model))),
            State.EXPIRED: self.filter(begun & over & ~put_away),
            State.ARCHIVED: self.filter(begun & over & put_away),
        }[State(state)]

    def with_draft(self):
        """Annotate `has_draft`: whether work on it waits that the public does not see."""
        return self.annotate(has_draft=Exists(drafts_of(self.model)))


class Publishable(models.Model):
    """Something that the public sees from `published_at` until `expires_at`.

    No `published_at` is a draft, a future one is scheduled, a past one is live until `expires_at`
    (None: for good). Nothing has to run for a thing to appear or to go: lists ask at query time.
    """

    published_at = models.DateTimeField(
        _("publish at"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("From when the public sees it, in the hospital's time. Empty: a draft that nobody sees."),
    )
    expires_at = models.DateTimeField(
        _("take down at"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("From when the public no longer sees it. Empty: it stays."),
    )
    demonstration = models.BooleanField(
        _("demonstration"),
        default=False,
        editable=False,
        help_text=_("Made up to show the site; hidden where the demonstration is turned off."),
    )
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)
    archived_at = models.DateTimeField(_("archived at"), null=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who keeps it right, and is reminded of its next review."),
    )
    review_on = models.DateField(
        _("next review"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("The day by which somebody looks whether it is still true."),
    )

    # Fields that hold as soon as a draft ticks them; that a draft clears them waits for it to be published.
    HOLDS_AT_ONCE = ()

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True)
                | Q(published_at__isnull=True)
                | Q(expires_at__gt=F("published_at")),
                name="%(app_label)s_%(class)s_expires_after_published",
                violation_error_message=_("It would be taken down before it is published: check the two dates."),
            ),
        ]

    def clean(self):
        """Refuse years that no calendar can convert. Raises ValidationError by field."""
        super().clean()
        far = {
            name: _("Give a year up to %(last)d.") % {"last": LAST_YEAR}
            for name in ("published_at", "expires_at")
            if getattr(self, name) and getattr(self, name).year > LAST_YEAR
        }
        if far:
            raise ValidationError(far)

    def derive(self):
        """Fill in the fields that follow from others and that nobody enters. A model that has some says how."""

    def state_at(self, at=None):
        """Return the State at `at`, an aware datetime (default: now).

        Whether a change waits is told only of a row that was fetched `with_draft()`.
        """
        at = at or now()
        if self.published_at is None:
            return State.DRAFT
        if self.published_at > at:
            return State.SCHEDULED
        if self.expires_at is not None and self.expires_at <= at:
            return State.ARCHIVED if self.archived_at else State.EXPIRED
        return State.CHANGED if getattr(self, "has_draft", False) else State.LIVE

    def is_published_at(self, at=None):
        """Return whether the public may read it at `at` (default: now); the same rule as the queryset's."""
        return self.state_at(at) in (State.LIVE, State.CHANGED) and (settings.DEMONSTRATION or not self.demonstration)

    @property
    def shown_at(self):
        """Return the path at which a visitor finds it; "" for what has no page that is certain to show it."""
        return self.get_absolute_url() if hasattr(self, "get_absolute_url") else ""
