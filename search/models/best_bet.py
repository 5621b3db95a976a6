from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BestBet(models.Model):
    """An editor's own answer to a question: a page that stands on top whenever one of these is typed.

    It is shown only while the page at `path` is public.
    """

    queries = models.TextField(
        _("what visitors type"), help_text=_("One line each: parking, where can i park. Word order does not matter.")
    )
    path = models.CharField(
        _("address of the page"), max_length=300, help_text=_("On this site: /locations/backus-hospital/")
    )
    title = models.CharField(_("heading"), max_length=120, blank=True, help_text=_("Empty: the page's own title."))
    note = models.CharField(
        _("answer"), max_length=300, blank=True, help_text=_("One or two sentences. Empty: the page's own summary.")
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)

    class Meta:
        ordering = ["path"]
        verbose_name = _("best bet")
        verbose_name_plural = _("best bets")

    def __str__(self):
        return self.queries.splitlines()[0] if self.queries else self.path

    @property
    def lines(self):
        """Return the list of questions, without empty lines."""
        return [line.strip() for line in self.queries.splitlines() if line.strip()]
