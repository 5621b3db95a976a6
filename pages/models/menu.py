from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.addresses import validate_address
from publishing.demonstration import without_made_up


class MenuItemQuerySet(models.QuerySet):
    def shown(self):
        """Return the items that visitors see; without made-up ones where the demonstration is off."""
        return without_made_up(self)


class MenuItem(models.Model):
    """One link of one of the site's menus."""

    class Menu(models.TextChoices):
        MAIN = "main", _("Main menu")
        FOOTER = "footer", _("Foot of the page")
        SOCIAL = "social", _("Connect with us")

    menu = models.CharField(_("menu"), max_length=12, choices=Menu)
    label = models.CharField(_("text"), max_length=60)
    address = models.CharField(_("address"), max_length=300, validators=[validate_address])
    position = models.PositiveSmallIntegerField(_("position"), help_text=_("1 is first."))
    demonstration = models.BooleanField(default=False, editable=False)

    objects = MenuItemQuerySet.as_manager()

    class Meta:
        ordering = ["menu", "position"]
        verbose_name = _("menu item")
        verbose_name_plural = _("menu items")
        constraints = [models.UniqueConstraint(fields=["menu", "label"], name="pages_menuitem_label_once")]

    def __str__(self):
        return self.label
