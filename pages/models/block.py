"""The blocks of which pages are made; see publishing/blocks.py."""

from content_editor.models import create_plugin_base
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models import Topic
from publishing.addresses import link_is_complete, validate_address
from publishing.blocks import BlockOfKind, KindManager
from publishing.models import Document, Image, Video
from publishing.rich_text import RichTextField

from .page import Page
from .promotion import Promotion

_PluginBase = create_plugin_base(Page)


class Block(_PluginBase):
    """One block in the order of its page. Which fields count depends on `kind`; see the proxies below."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        PICTURE = "picture", _("Picture")
        FIGURE = "figure", _("Figure")
        STORY = "story", _("Story")
        VIDEO = "video", _("Film")
        DOCUMENT = "document", _("Document")
        PROMOTION = "promotion", _("Promotion")
        CARE_OPTION = "care_option", _("Care option")
        NEWS = "news", _("News")
        EVENTS = "events", _("Events")
        SECTION = "section", _("Section of the site")

    class Level(models.TextChoices):
        CALL_911 = "call-911", _("Call 911")
        EMERGENCY = "emergency", _("Go to the ER")
        URGENT = "urgent", _("Urgent care")

    class Section(models.TextChoices):
        ER_WAITS = "er_waits", _("ER wait times")
        ON_MY_WAY = "on_my_way", _("I’m on my way")
        EMERGENCY_ROOMS = "emergency_rooms", _("List of emergency rooms")
        SERVICES = "services", _("Find a service")
        PEOPLE = "people", _("Find a doctor")
        CONNECT = "connect", _("Connect with us")

    kind = models.CharField(max_length=12, choices=Kind, editable=False)
    heading = models.CharField(_("heading"), max_length=160, blank=True)
    text = RichTextField(_("text"), blank=True)
    value = models.CharField(_("figure"), max_length=40, blank=True, help_text=_("“23,000”, “more than $305 million”"))
    label = models.CharField(_("what the figure counts"), max_length=160, blank=True)
    level = models.CharField(_("how urgent"), max_length=12, choices=Level, blank=True)
    section = models.CharField(_("section"), max_length=20, choices=Section, blank=True)
    count = models.PositiveSmallIntegerField(
        _("how many"), default=3, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Only posts of this topic; empty: of all."),
    )
    image = models.ForeignKey(
        Image, verbose_name=_("picture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    caption = models.CharField(_("caption"), max_length=250, blank=True)
    video = models.ForeignKey(
        Video, verbose_name=_("film"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.ForeignKey(
        Document, verbose_name=_("document"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    promotion = models.ForeignKey(
        Promotion, verbose_name=_("promotion"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    link_label = models.CharField(
        _("link text"), max_length=80, blank=True, help_text=_("Says where it leads: “Read about Healthy Beginnings”.")
    )
    link_address = models.CharField(_("link address"), max_length=300, blank=True, validators=[validate_address])

    class Meta(_PluginBase.Meta):
        abstract = False
        ordering = ["ordering", "pk"]
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            link_is_complete("pages_block_link_complete"),
        ]

    def __str__(self):
        return self.heading or self.value or str(self.Kind(self.kind).label)

    @property
    def heading_level(self):
        """Return the level of its heading on the page; care options stand below a text that asks for one."""
        return 3 if self.kind == self.Kind.CARE_OPTION else 2


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


class FigureBlock(BlockOfKind, Block):
    """A number that tells something. Several in a row stand side by side."""

    KIND = Block.Kind.FIGURE
    FIELDS = ("value", "label")
    REQUIRED = ("value", "label")
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("figure")
        verbose_name_plural = _("figures")


class StoryBlock(BlockOfKind, Block):
    """A heading, a paragraph and where to read on, with a picture or a film."""

    KIND = Block.Kind.STORY
    FIELDS = ("heading", "text", "image", "video", "link_label", "link_address")
    REQUIRED = ("heading", "text")
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("story")
        verbose_name_plural = _("stories")


class VideoBlock(BlockOfKind, Block):
    """A film with its title and paragraph. Several in a row stand side by side."""

    KIND = Block.Kind.VIDEO
    FIELDS = ("video",)
    REQUIRED = ("video",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("film")
        verbose_name_plural = _("films")


class DocumentBlock(BlockOfKind, Block):
    """A file to read or print, with its type and size. Several in a row make one list."""

    KIND = Block.Kind.DOCUMENT
    FIELDS = ("document",)
    REQUIRED = ("document",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("document")
        verbose_name_plural = _("documents")


class PromotionBlock(BlockOfKind, Block):
    """A promotion, for as long as it is live."""

    KIND = Block.Kind.PROMOTION
    FIELDS = ("promotion",)
    REQUIRED = ("promotion",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions")


class CareOptionBlock(BlockOfKind, Block):
    """Where to go with what. Several in a row stand side by side, the most urgent first."""

    KIND = Block.Kind.CARE_OPTION
    FIELDS = ("level", "heading", "text", "link_label", "link_address")
    REQUIRED = ("level", "heading", "text")
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("care option")
        verbose_name_plural = _("care options")


class NewsBlock(BlockOfKind, Block):
    """The newest posts, of one topic or of all."""

    KIND = Block.Kind.NEWS
    FIELDS = ("heading", "topic", "count")
    REQUIRED = ("heading",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("newest posts")
        verbose_name_plural = _("newest posts")


class EventsBlock(BlockOfKind, Block):
    """The next events."""

    KIND = Block.Kind.EVENTS
    FIELDS = ("heading", "count")
    REQUIRED = ("heading",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("next events")
        verbose_name_plural = _("next events")


class SectionBlock(BlockOfKind, Block):
    """A part of the site that shows itself: ER waits, find a service, connect with us."""

    KIND = Block.Kind.SECTION
    FIELDS = ("section", "heading", "text")
    REQUIRED = ("section", "heading")
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("section of the site")
        verbose_name_plural = _("sections of the site")


BLOCK_TYPES = [
    TextBlock,
    StoryBlock,
    PictureBlock,
    VideoBlock,
    DocumentBlock,
    FigureBlock,
    CareOptionBlock,
    PromotionBlock,
    NewsBlock,
    EventsBlock,
    SectionBlock,
]
