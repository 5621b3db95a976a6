"""What the templates of the editors' screens ask for."""

from django import template

from ..admin.people import name_of

register = template.Library()


@register.simple_tag
def desk_address(desk, screen, *args):
    """Return the address of one of the screens of the thing on the desk."""
    return desk.address(screen, *args)


@register.filter
def person(user):
    """Return the name of a user, or of the site itself where nobody did it."""
    return name_of(user)
