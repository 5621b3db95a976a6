from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.addresses import link_is_complete, validate_address
from publishing.models import Publishable


class SiteAlert(Publishable):
    """A notice on top of every page. The most severe stands first."""

    class Severity(models.TextChoices):
        EMERGENCY = "emergency", _("Emergency")
        WARNING = "warning", _("Warning")
        NOTICE = "notice", _("Notice")

    MAILED = (Severity.EMERGENCY, Severity.WARNING)

    heading = models.CharField(_("heading"), max_length=120)
    text = models.TextField(_("text"), blank=True, help_text=_("Short lines; each line is shown as one."))
    severity = models.CharField(_("severity"), max_length=12, choices=Severity, default=Severity.NOTICE)
    by_mail = models.BooleanField(
        _("mail it to those who asked"),
        default=False,
        help_text=_("Once, when it goes live, to the mailing lists for alerts. What was mailed cannot be taken back."),
    )
    link_label = models.CharField(_("link text"), max_length=80, blank=True)
    link_address = models.CharField(_("link address"), max_length=300, blank=True, validators=[validate_address])

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["-published_at"]
        verbose_name = _("site alert")
        verbose_name_plural = _("site alerts")
        constraints = [
            *Publishable.Meta.constraints,
            link_is_complete("pages_sitealert_link_complete"),
        ]

    def __str__(self):
        return self.heading

    def clean(self):
        super().clean()
        if self.by_mail and self.severity not in self.MAILED:
            raise ValidationError({"by_mail": _("Only an emergency or a warning is mailed. A notice is not.")})

    @property
    def lines(self):
        """Return the text line by line, without empty ones."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]

    @property
    def shown_at(self):
        return "/"
