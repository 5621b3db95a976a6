from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .event import Event


class Question(models.Model):
    """What a registration asks beside name and mail address. Part of the event's content."""

    class Kind(models.TextChoices):
        LINE = "line", _("One line of text")
        YES_NO = "yes_no", _("Yes or no")
        CHOICE = "choice", _("One of a list")
        NUMBER = "number", _("A number")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("question"), max_length=200)
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind, default=Kind.LINE)
    choices = models.TextField(_("list"), blank=True, max_length=1000, help_text=_("One choice a line."))
    required = models.BooleanField(_("must be answered"), default=False)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return self.text

    def clean(self):
        super().clean()
        if self.kind == self.Kind.CHOICE and len(self.choice_list) < 2:
            raise ValidationError({"choices": _("Give at least two choices, one a line.")})

    @property
    def choice_list(self):
        """Return the choices as a list, without what is empty or said twice."""
        return list(dict.fromkeys(line.strip() for line in self.choices.splitlines() if line.strip()))
