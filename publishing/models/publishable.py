"""Draft, scheduled, live, expired: two instants, and no status that could disagree with them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..months import LAST_YEAR


class State(models.TextChoices):
    """What a thing is at some instant; derived from its two instants, never stored."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    EXPIRED = "expired", _("Expired")


class PublishableQuerySet(models.QuerySet):
    def published(self, at=None):
        """Return what the public may read at `at`, an aware datetime (default: now).

        With the setting DEMONSTRATION off, the material that exists only to show the site is left out.
        """
        at = at or timezone.now()
        published = self.filter(published_at__lte=at).exclude(expires_at__lte=at)
        return published if settings.DEMONSTRATION else published.filter(demonstration=False)

    def visible_to(self, user, at=None):
        """Return what `user` may read: editors of the model see drafts, others do not."""
        if user.has_perm(f"{self.model._meta.app_label}.change_{self.model._meta.model_name}"):
            return self.all()
        return self.published(at)

    def in_state(self, state, at=None):
        """Return what is in `state`, one of State, at `at` (default: now)."""
        at = at or timezone.now()
        begun, over = Q(published_at__lte=at), Q(expires_at__lte=at)
        return {
            State.DRAFT: self.filter(published_at__isnull=True),
            State.SCHEDULED: self.filter(published_at__gt=at),
            State.LIVE: self.filter(begun).exclude(over),
            State.EXPIRED: self.filter(begun & over),
        }[State(state)]


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
        help_text=_("From when the public no longer sees it. Empty: it stays."),
    )
    demonstration = models.BooleanField(
        _("demonstration"),
        default=False,
        editable=False,
        help_text=_("Made up to show the site; hidden where the demonstration is turned off."),
    )
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
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

    def state_at(self, at=None):
        """Return the State at `at`, an aware datetime (default: now)."""
        at = at or timezone.now()
        if self.published_at is None:
            return State.DRAFT
        if self.published_at > at:
            return State.SCHEDULED
        if self.expires_at is not None and self.expires_at <= at:
            return State.EXPIRED
        return State.LIVE

    def is_published_at(self, at=None):
        """Return whether the public may read it at `at` (default: now); the same rule as the queryset's."""
        return self.state_at(at) is State.LIVE and (settings.DEMONSTRATION or not self.demonstration)
