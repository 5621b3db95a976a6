from content_editor.models import Region
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models import Contact, Location, Person
from publishing.excerpts import excerpt
from publishing.models import Image, Publishable, PublishableQuerySet
from publishing.rich_text import RichTextField

from .topic import Topic

# Addresses below /news/ that are no post.
RESERVED_SLUGS = {"feed", "topics", "page", "locations", "press-releases", "notices", "rss"}


def validate_slug_is_free(slug):
    """Raise ValidationError for a slug whose address another page has: /news/feed/, /news/2021/."""
    if slug in RESERVED_SLUGS or slug.isdigit():
        raise ValidationError(
            _("“%(slug)s” is the address of another page; choose another one."), params={"slug": slug}
        )


class ArticleQuerySet(PublishableQuerySet):
    def newest_first(self):
        """Return the articles by publication, the newest first; equal instants in a stable order."""
        return self.order_by("-published_at", "-pk")

    def about(self, topic):
        """Return the articles of `topic`, a Topic; all where it is None."""
        return self if topic is None else self.filter(topics=topic)

    def embargoed(self, at):
        """Return what nobody without an account may see at `at`, an aware datetime, by whatever way."""
        not_yet = models.Q(published_at__isnull=True) | models.Q(published_at__gt=at)
        return self.filter(not_yet, embargoed=True)


class Article(Publishable):
    """A news post: its opening text, then its blocks in their order.

    `authors` are people of the directory and `byline` is free text for others; both may stand together.
    `source` says where it first appeared, "" for here. `updated_on` is the day from which readers are told that it has
    changed, None where there is nothing to tell; `correction` says what was wrong before. A press release with
    `embargoed` is shown to nobody without an account before it is published, not by a preview link either.
    """

    class Kind(models.TextChoices):
        STORY = "story", _("Story")
        PRESS_RELEASE = "press_release", _("Press release")
        NOTICE = "notice", _("Notice")

    kind = models.CharField(_("kind"), max_length=13, choices=Kind, default=Kind.STORY)
    headline = models.CharField(_("headline"), max_length=160)
    slug = models.SlugField(_("address"), max_length=160, unique=True, validators=[validate_slug_is_free])
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two sentences, shown in lists.")
    )
    body = RichTextField(_("text"), help_text=_("All of a short post; the opening of one that goes on in blocks."))
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    authors = models.ManyToManyField(
        Person, verbose_name=_("written by"), blank=True, related_name="+", help_text=_("People of the directory.")
    )
    byline = models.CharField(
        _("byline"), max_length=160, blank=True, help_text=_("Who else wrote it: Dr. William Horgan.")
    )
    byline_title = models.CharField(_("the writer's title"), max_length=200, blank=True)
    source = models.CharField(
        _("source"), max_length=160, blank=True, help_text=_("Where it appeared first, if not here.")
    )
    source_address = models.URLField(_("address of the source"), max_length=300, blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="articles")
    locations = models.ManyToManyField(
        Location,
        verbose_name=_("facilities"),
        blank=True,
        related_name="articles",
        help_text=_("The places it is about."),
    )
    image = models.ForeignKey(
        Image, verbose_name=_("picture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    caption = models.CharField(_("caption"), max_length=250, blank=True)
    share_image = models.ForeignKey(
        Image,
        verbose_name=_("picture for sharing"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Shown where somebody shares the post; empty: the picture above."),
    )
    featured_until = models.DateTimeField(
        _("featured until"), null=True, blank=True, help_text=_("Until then it stands first in the news.")
    )
    updated_on = models.DateField(
        _("updated on"),
        null=True,
        blank=True,
        help_text=_("Only where readers should know that it has changed since it was published."),
    )
    correction = models.TextField(
        _("correction"), blank=True, max_length=600, help_text=_("What was wrong before, in a sentence or two.")
    )
    media_contact = models.ForeignKey(
        Contact,
        verbose_name=_("media contact"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Of a press release: whom journalists ask."),
    )
    embargoed = models.BooleanField(
        _("under embargo"),
        default=False,
        help_text=_("Until it is published, no preview link shows it and its documents are not handed out."),
    )

    # Under which address feed readers knew it before identifiers came from keys; "" for all posts since then.
    feed_slug = models.SlugField(max_length=160, blank=True, default="", editable=False)

    HOLDS_AT_ONCE = ("embargoed",)

    objects = ArticleQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["-published_at", "-pk"]
        verbose_name = _("news post")
        verbose_name_plural = _("news posts")
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="news_article_newest_first"),
            models.Index(fields=["kind", "-published_at", "-id"], name="news_article_of_a_kind"),
            models.Index(fields=["featured_until"], name="news_article_featured"),
            models.Index(fields=["changed_at"], name="news_article_changed"),
        ]

    regions = [Region(key="main", title=_("The post goes on: blocks, top to bottom"))]

    def __str__(self):
        return self.headline

    def clean(self):
        """Refuse what would tell readers half of it. Raises ValidationError by field."""
        super().clean()
        wrong = {}
        if self.correction and not self.updated_on:
            wrong["updated_on"] = _("A correction needs the day on which it was made.")
        if self.source_address and not self.source:
            wrong["source"] = _("Say where it appeared first: the address alone tells readers nothing.")
        if self.featured_until and self.published_at and self.featured_until <= self.published_at:
            wrong["featured_until"] = _("This is before it is published, so it would never stand first.")
        if self.embargoed and self.kind != self.Kind.PRESS_RELEASE:
            wrong["embargoed"] = _("Only a press release can be under embargo.")
        if wrong:
            raise ValidationError(wrong)

    def is_embargoed(self, at):
        """Return whether nobody without an account may see it at `at`; the same rule as the queryset's."""
        return self.embargoed and (self.published_at is None or self.published_at > at)

    def get_absolute_url(self):
        return reverse("news:article_detail", args=[self.slug])

    @property
    def updated_at(self):
        """Return the instant since which it reads as it does: of its last change, or of its publication if later."""
        return max(self.changed_at, self.published_at) if self.published_at else self.changed_at

    @property
    def opening(self):
        """Return the words that lists show: the summary, else the opening of the text."""
        return self.summary or excerpt(self.body)
