from datetime import time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone, localdate
from django.utils.translation import gettext_lazy as _

from events.models import Topic as EventTopic
from news.models import Topic
from publishing.jobs import Weekly
from publishing.local_time import localize
from publishing.rich_text import RichTextField

from .issue import Issue
from .mailing_list import MailingList

WEEK = timedelta(days=7)
HOURS = [(hour, f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}") for hour in range(6, 22)]


class Digest(models.Model):
    """A newsletter that the site writes and sends by itself once a week: the newest posts, the coming events.

    `weekday` 0 is Monday, `hour` one of the hospital's clock, `made_at` since when it is to be written at them. A count
    of 0 leaves posts or events out.
    """

    subject = models.CharField(
        _("subject"), max_length=100, help_text=_("The day is put behind it: “Health news, November 23, 2026”.")
    )
    mailing_list = models.ForeignKey(
        MailingList,
        verbose_name=_("mailing list"),
        on_delete=models.PROTECT,
        related_name="digests",
        limit_choices_to={"sends": MailingList.Sends.NEWSLETTERS},
    )
    intro = RichTextField(_("opening"), blank=True, help_text=_("Stands above the posts, the same each week."))
    active = models.BooleanField(_("on"), default=False, help_text=_("Only then it is written and sent."))
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=list(WEEKDAYS.items()), default=0)
    hour = models.PositiveSmallIntegerField(_("hour"), choices=HOURS, default=7)
    posts_heading = models.CharField(_("heading above the posts"), max_length=160, default="News")
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only posts of this topic; empty: of all."),
    )
    posts = models.PositiveSmallIntegerField(
        _("posts at most"),
        default=5,
        validators=[MaxValueValidator(20)],
        help_text=_("Only those published since the last one are sent. 0: none."),
    )
    events_heading = models.CharField(_("heading above the events"), max_length=160, default="Coming events")
    event_topic = models.ForeignKey(
        EventTopic,
        verbose_name=_("topic of events"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only events of this topic; empty: of all."),
    )
    events = models.PositiveSmallIntegerField(
        _("events at most"), default=5, validators=[MaxValueValidator(20)], help_text=_("0: none.")
    )
    days = models.PositiveSmallIntegerField(
        _("events of the next days"), default=14, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["subject", "pk"]
        verbose_name = _("weekly newsletter")
        verbose_name_plural = _("weekly newsletters")

    def __str__(self):
        return self.subject

    def clean(self):
        super().clean()
        if not (self.posts or self.events):
            raise ValidationError({"posts": _("With no posts and no events there is nothing to send.")})

    @property
    def weekly(self):
        """Return when it is written, as a Weekly of the hospital's clock."""
        return Weekly(self.weekday, time(self.hour))

    def due_at(self, now):
        """Return the last instant up to `now` at which it was to be written, an aware datetime."""
        return self.weekly.latest(now)

    def next_at(self, now):
        """Return the first instant after `now` at which it is to be written, an aware datetime.

        A week that has a run already, since the day or hour was changed, is passed over.
        """
        day = localdate(self.due_at(now), get_default_timezone()) + WEEK
        weeks = {run.week for run in self.runs.all()} if self.pk else set()
        while day - timedelta(days=day.weekday()) in weeks:
            day += WEEK
        return localize(day, self.weekly.at)

    def subject_on(self, day):
        """Return its subject on `day`, a date."""
        return f"{self.subject}, {date_format(day, 'DATE_FORMAT')}"


class DigestRun(models.Model):
    """What became of one weekly newsletter in one week; `week` is its Monday. There is one, however often it is tried.

    `at` is the instant up to which posts were looked for. `issue` is None where nothing was sent.
    """

    class Outcome(models.TextChoices):
        SENT = "sent", _("Sent")
        EMPTY = "empty", _("Nothing new, so nothing was sent")
        TOO_LARGE = "too_large", _("Too large to be sent")

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="runs")
    week = models.DateField(_("week from"))
    at = models.DateTimeField(_("when"))
    outcome = models.CharField(_("what happened"), max_length=9, choices=Outcome)
    issue = models.ForeignKey(
        Issue, verbose_name=_("newsletter"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    posts = models.PositiveSmallIntegerField(_("posts"), default=0)
    events = models.PositiveSmallIntegerField(_("events"), default=0)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("run of a weekly newsletter")
        verbose_name_plural = _("runs of weekly newsletters")
        constraints = [models.UniqueConstraint(fields=["digest", "week"], name="newsletter_digest_once_a_week")]

    def __str__(self):
        return f"{self.digest}, {self.week}: {self.get_outcome_display()}"
