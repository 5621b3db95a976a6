from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LayWord(models.Model):
    """What patients say, and what the hospital calls it: who types the one also finds the other.

    It works one way: “heart doctor” finds cardiology, and “cardiology” finds only itself.
    """

    words = models.CharField(
        _("what visitors type"), max_length=80, help_text=_("A word or a few: heart doctor. Accents do not matter.")
    )
    means = models.CharField(
        _("what it is called here"),
        max_length=300,
        help_text=_("With semicolons between: cardiology; cardiologist. Whatever of it stands on the site is found."),
    )
    language = models.CharField(
        _("language of the words"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    class Meta:
        ordering = ["words", "language"]
        verbose_name = _("lay word")
        verbose_name_plural = _("lay words")
        constraints = [
            models.UniqueConstraint(
                fields=["words", "language"],
                name="search_lay_word_once",
                violation_error_message=_("These words are in the list already: change that line."),
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def meanings(self):
        """Return the list of words and phrases in `means`."""
        return [meaning for part in self.means.split(";") if (meaning := part.strip())]
