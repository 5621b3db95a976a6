from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models import Service
from publishing.excerpts import excerpt
from publishing.models import Image, Publishable, PublishableQuerySet
from publishing.months import Month
from publishing.rich_text import RichTextField

# Addresses below /news/ that are no post.
RESERVED_SLUGS = {"feed", "topics", "page"}


def validate_slug_is_free(slug):
    """Raise ValidationError for a slug whose address another page has: /news/feed/, /news/2021/."""
    if slug in RESERVED_SLUGS or slug.isdigit():
        raise ValidationError(
            _("“%(slug)s” is the address of another page; choose another one."), params={"slug": slug}
        )


class Topic(models.Model):
    """What a post is about; a post may have several."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    description = models.CharField(
        _("description"), max_length=250, blank=True, help_text=_("One sentence above its posts.")
    )
    services = models.ManyToManyField(
        Service,
        verbose_name=_("services"),
        blank=True,
        related_name="topics",
        help_text=_("Their pages show the newest posts of this topic."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("news:topic", args=[self.slug])


class ArticleQuerySet(PublishableQuerySet):
    def newest_first(self):
        """Return the articles by publication, the newest first; equal instants in a stable order."""
        return self.order_by("-published_at", "-pk")

    def about(self, topic):
        """Return the articles of `topic`, a Topic; all where it is None."""
        return self if topic is None else self.filter(topics=topic)

    def months(self):
        """Return the Months, by the hospital's calendar, in which an article was published; the latest first."""
        return [Month.of(first) for first in self.datetimes("published_at", "month", order="DESC")]


class Article(Publishable):
    """A news post."""

    headline = models.CharField(_("headline"), max_length=160)
    slug = models.SlugField(_("address"), max_length=160, unique=True, validators=[validate_slug_is_free])
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two sentences, shown in lists.")
    )
    body = RichTextField(_("text"))
    byline = models.CharField(_("byline"), max_length=160, blank=True, help_text=_("Who wrote it: Dr. William Horgan."))
    byline_title = models.CharField(_("the writer's title"), max_length=200, blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="articles")
    image = models.ForeignKey(
        Image, verbose_name=_("picture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    caption = models.CharField(_("caption"), max_length=250, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["-published_at", "-pk"]
        verbose_name = _("news post")
        verbose_name_plural = _("news posts")
        indexes = [models.Index(fields=["-published_at", "-id"], name="news_article_newest_first")]

    def __str__(self):
        return self.headline

    def get_absolute_url(self):
        return reverse("news:article_detail", args=[self.slug])

    @property
    def opening(self):
        """Return the words that lists show: the summary, else the opening of the text."""
        return self.summary or excerpt(self.body)
