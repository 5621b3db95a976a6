"""Films of our own: nothing is loaded from anywhere, and nothing at all before somebody asks for it."""

import secrets
from pathlib import PurePath

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..rich_text import RichTextField
from ..uploads import plain_stem, validate_captions, validate_film
from .image import Image
from .publishable import Publishable
from .stored_names import name_with_fingerprint


def film_path(instance, filename):
    """Return where a film or its captions are stored, under a name that was never given before.

    Chance stands for the fingerprint of the bytes: a film is too long to be read for it.
    """
    name = f"{plain_stem(filename, 'film')}{PurePath(filename).suffix}"
    return f"videos/{timezone.now():%Y}/{name_with_fingerprint(name, secrets.token_hex(6))}"


class Video(Publishable):
    """A film with its title, the paragraph beside it, captions and transcript.

    Without `file` the page shows title, paragraph and transcript and says that there is no film yet.
    """

    title = models.CharField(_("title"), max_length=160, unique=True)
    text = models.TextField(_("text"), help_text=_("One paragraph, shown beside the film."))
    file = models.FileField(
        _("film"),
        upload_to=film_path,
        blank=True,
        max_length=255,
        validators=[validate_film],
        help_text=_("MP4 or WebM."),
    )
    poster = models.ForeignKey(
        Image,
        verbose_name=_("still picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Shown until somebody starts the film."),
    )
    captions = models.FileField(
        _("captions"),
        upload_to=film_path,
        blank=True,
        max_length=255,
        validators=[validate_captions],
        help_text=_("WebVTT. A film is only published with captions, or where it has nothing to hear."),
    )
    silent = models.BooleanField(_("has nothing to hear"), default=False)
    transcript = RichTextField(_("transcript"), blank=True, help_text=_("What is said and shown, as text."))

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["title"]
        verbose_name = _("film")
        verbose_name_plural = _("films")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(file="") | Q(silent=True) | ~Q(captions=""),
                name="publishing_video_has_captions",
                violation_error_message=_("A film with sound needs captions before it can be published."),
            ),
        ]

    def __str__(self):
        return self.title
