from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.models import Publishable
from publishing.rich_text import RichTextField


class TextAlert(Publishable):
    """Text messages that a phone gets after it has sent a keyword to a short code. The messages come from elsewhere.

    The page says what carriers ask to be said beside every such keyword: what is sent and how often, that rates may
    apply, how to stop and to get help, the terms, and what is done with the number.
    """

    name = models.CharField(_("name"), max_length=80, unique=True, help_text=_("Such as “Health tips by text”."))
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    keyword = models.CharField(
        _("keyword"),
        max_length=30,
        validators=[RegexValidator(r"^[A-Za-z0-9]+$", _("Use letters and digits only, without spaces."))],
        help_text=_("What one sends, as it is printed."),
    )
    short_code = models.CharField(
        _("number"),
        max_length=10,
        validators=[RegexValidator(r"^[0-9]{4,10}$", _("Use digits only, such as 12345."))],
        help_text=_("To which it is sent: a short code, or a phone number without signs between its digits."),
    )
    what = RichTextField(_("what is sent"), help_text=_("What the messages are about, and to whom they are of use."))
    how_often = models.CharField(_("how often"), max_length=160, help_text=_("Such as “About 4 messages a month.”"))
    rates = models.CharField(_("rates"), max_length=200, default=_("Message and data rates may apply."))
    stop = models.CharField(
        _("how to stop"), max_length=250, help_text=_("Such as “Text STOP to 12345. One last message confirms it.”")
    )
    help = models.CharField(
        _("how to get help"), max_length=250, help_text=_("Such as “Text HELP to 12345, or call 860-555-0100.”")
    )
    terms = RichTextField(_("terms"), help_text=_("Who sends them, for whom they are, and which carriers take part."))
    privacy = RichTextField(_("privacy"), help_text=_("What is done with the phone number, and who gets it."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["position", "name"]
        verbose_name = _("text alert")
        verbose_name_plural = _("text alerts")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("newsletter:text_alert", args=[self.slug])
