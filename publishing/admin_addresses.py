"""Where a thing is edited: the addresses of the admin's screens, by model."""

from django.urls import reverse


def screen_address(model, screen, *args):
    """Return the address of a screen of `model`, a class or an instance: screen_address(thing, "change", thing.pk).

    Raises NoReverseMatch where the admin has no such screen.
    """
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{screen}", args=args)


def address_in_admin(thing, screen="change", *args):
    """Return the address of one of the screens of `thing`. Raises NoReverseMatch where there is none."""
    return screen_address(thing, screen, thing.pk, *args)
