"""The blocks with which a post goes on; see publishing/blocks.py."""

from content_editor.models import create_plugin_base
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Contact, Location, Person, Service
from publishing.addresses import validate_address
from publishing.blocks import BlockOfKind, KindManager
from publishing.checks.targets import Kind as Target
from publishing.checks.targets import target_of
from publishing.models import Document, Image, Video
from publishing.rich_text import RichTextField

from .article import Article

_PluginBase = create_plugin_base(Article)


class Block(_PluginBase):
    """One block in the order of its post. Which fields count depends on `kind`; see the proxies below."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        PICTURE = "picture", _("Picture")
        GALLERY = "gallery", _("Picture of a gallery")
        QUOTE = "quote", _("Quote")
        VIDEO = "video", _("Film")
        DOCUMENT = "document", _("Document")
        FACTS = "facts", _("Fact box")
        RELATED = "related", _("Read on")
        CONTACT = "contact", _("Contact")

    kind = models.CharField(max_length=12, choices=Kind, editable=False)
    heading = models.CharField(_("heading"), max_length=160, blank=True)
    text = RichTextField(_("text"), blank=True)
    image = models.ForeignKey(
        Image, verbose_name=_("picture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    caption = models.CharField(_("caption"), max_length=250, blank=True)
    quote = models.TextField(_("quote"), max_length=1000, blank=True, help_text=_("Without quotation marks."))
    said_by = models.CharField(_("who said it"), max_length=160, blank=True)
    said_by_title = models.CharField(_("their title"), max_length=200, blank=True)
    video = models.ForeignKey(
        Video, verbose_name=_("film"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.ForeignKey(
        Document, verbose_name=_("document"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    service = models.ForeignKey(
        Service, verbose_name=_("service"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    location = models.ForeignKey(
        Location, verbose_name=_("location"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    address = models.CharField(
        _("page of this site"),
        max_length=300,
        blank=True,
        validators=[validate_address],
        help_text=_("An event, another post or any page, as /events/newborn-care-class/."),
    )
    contact = models.ForeignKey(
        Contact, verbose_name=_("contact"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(_PluginBase.Meta):
        abstract = False
        ordering = ["ordering", "pk"]
        verbose_name = _("block of a post")
        verbose_name_plural = _("blocks of posts")

    def __str__(self):
        return self.heading or self.said_by or str(self.Kind(self.kind).label)


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


class GalleryBlock(BlockOfKind, Block):
    """One picture of a gallery: several in a row are shown side by side."""

    KIND = Block.Kind.GALLERY
    FIELDS = ("image", "caption")
    REQUIRED = ("image",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("picture of a gallery")
        verbose_name_plural = _("pictures of galleries")


class QuoteBlock(BlockOfKind, Block):
    KIND = Block.Kind.QUOTE
    FIELDS = ("quote", "said_by", "said_by_title")
    REQUIRED = ("quote", "said_by")
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")


class VideoBlock(BlockOfKind, Block):
    KIND = Block.Kind.VIDEO
    FIELDS = ("video",)
    REQUIRED = ("video",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("film")
        verbose_name_plural = _("films")


class DocumentBlock(BlockOfKind, Block):
    """A file to read or print. Several in a row make one list."""

    KIND = Block.Kind.DOCUMENT
    FIELDS = ("document",)
    REQUIRED = ("document",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("document")
        verbose_name_plural = _("documents")


class FactsBlock(BlockOfKind, Block):
    """What is worth knowing at a glance, in a box of its own."""

    KIND = Block.Kind.FACTS
    FIELDS = ("heading", "text")
    REQUIRED = ("heading", "text")
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("fact box")
        verbose_name_plural = _("fact boxes")


class RelatedBlock(BlockOfKind, Block):
    """Where to read on: one service, location, person or page of this site. Several in a row make one list."""

    KIND = Block.Kind.RELATED
    FIELDS = ("service", "location", "person", "address")
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("read on")
        verbose_name_plural = _("read on")

    def clean(self):
        super().clean()
        if sum(bool(getattr(self, name)) for name in self.FIELDS) != 1:
            raise ValidationError(_("Choose one of the four: a service, a location, a person or a page."))
        if self.address and target_of(self.address).kind is not Target.HERE:
            raise ValidationError({"address": _("Write a page of this site, as /events/newborn-care-class/.")})


class ContactBlock(BlockOfKind, Block):
    """A contact of the directory with its numbers, as it is now."""

    KIND = Block.Kind.CONTACT
    FIELDS = ("contact",)
    REQUIRED = ("contact",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")


BLOCK_TYPES = [
    TextBlock,
    PictureBlock,
    GalleryBlock,
    QuoteBlock,
    VideoBlock,
    DocumentBlock,
    FactsBlock,
    RelatedBlock,
    ContactBlock,
]
