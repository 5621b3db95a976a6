"""What base.html asks for."""

from django import template

from .. import frame

register = template.Library()


@register.simple_tag
def site_frame():
    """Return the alerts, menus and phone numbers around the page: {% site_frame as frame %}."""
    return frame.frame()
