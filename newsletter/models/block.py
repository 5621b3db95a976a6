"""The blocks of which newsletters are made; see publishing/blocks.py."""

from content_editor.models import create_plugin_base
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.models import Topic as EventTopic
from news.models import Article, Topic
from publishing.addresses import validate_address
from publishing.blocks import BlockOfKind, KindManager
from publishing.models import Image
from publishing.rich_text import RichTextField

from .issue import Issue

_PluginBase = create_plugin_base(Issue)


class Block(_PluginBase):
    """One block in the order of its newsletter. Which fields count depends on `kind`; see the proxies below.

    `since` is an instant: only posts from after it are filled in. None fills in any.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        PICTURE = "picture", _("Picture")
        POST = "post", _("One post")
        POSTS = "posts", _("Newest posts")
        EVENT = "event", _("One event")
        EVENTS = "events", _("Coming events")
        LINK = "link", _("Button")

    kind = models.CharField(max_length=12, choices=Kind, editable=False)
    heading = models.CharField(_("heading"), max_length=160, blank=True)
    text = RichTextField(_("text"), blank=True)
    image = models.ForeignKey(
        Image, verbose_name=_("picture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    caption = models.CharField(_("caption"), max_length=250, blank=True)
    article = models.ForeignKey(
        Article, verbose_name=_("post"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    event = models.ForeignKey(
        Event, verbose_name=_("event"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only posts of this topic; empty: of all."),
    )
    event_topic = models.ForeignKey(
        EventTopic,
        verbose_name=_("topic of events"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only events of this topic; empty: of all."),
    )
    count = models.PositiveSmallIntegerField(
        _("how many"), default=5, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    since = models.DateTimeField(null=True, blank=True, editable=False)
    days = models.PositiveSmallIntegerField(
        _("of the next days"), default=14, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    link_label = models.CharField(_("text of the button"), max_length=80, blank=True)
    link_address = models.CharField(_("address"), max_length=300, blank=True, validators=[validate_address])

    class Meta(_PluginBase.Meta):
        abstract = False
        ordering = ["ordering", "pk"]
        verbose_name = _("block of a newsletter")
        verbose_name_plural = _("blocks of newsletters")

    def __str__(self):
        return self.heading or str(self.Kind(self.kind).label)


class TextBlock(BlockOfKind, Block):
    KIND = Block.Kind.TEXT
    FIELDS = ("heading", "text")
    REQUIRED = ("text",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("text")
        verbose_name_plural = _("texts")


class PictureBlock(BlockOfKind, Block):
    KIND = Block.Kind.PICTURE
    FIELDS = ("image", "caption")
    REQUIRED = ("image",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class PostBlock(BlockOfKind, Block):
    KIND = Block.Kind.POST
    FIELDS = ("article",)
    REQUIRED = ("article",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("one post")
        verbose_name_plural = _("single posts")


class PostsBlock(BlockOfKind, Block):
    """The newest posts at the moment of sending, without those that stand in the same newsletter already."""

    KIND = Block.Kind.POSTS
    FIELDS = ("heading", "topic", "count")
    REQUIRED = ("heading",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("newest posts")
        verbose_name_plural = _("newest posts")


class EventBlock(BlockOfKind, Block):
    KIND = Block.Kind.EVENT
    FIELDS = ("event",)
    REQUIRED = ("event",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("one event")
        verbose_name_plural = _("single events")


class EventsBlock(BlockOfKind, Block):
    """The events of the next days from the moment of sending."""

    KIND = Block.Kind.EVENTS
    FIELDS = ("heading", "event_topic", "days", "count")
    REQUIRED = ("heading",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("coming events")
        verbose_name_plural = _("coming events")


class LinkBlock(BlockOfKind, Block):
    KIND = Block.Kind.LINK
    FIELDS = ("link_label", "link_address")
    REQUIRED = ("link_label", "link_address")
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("button")
        verbose_name_plural = _("buttons")


BLOCK_TYPES = [TextBlock, PictureBlock, PostBlock, PostsBlock, EventBlock, EventsBlock, LinkBlock]
