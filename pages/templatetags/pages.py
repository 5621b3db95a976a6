"""What base.html asks for."""

from django import template

from .. import frame

register = template.Library()


@register.simple_tag(takes_context=True)
def site_frame(context):
    """Return the alerts, menus and phone numbers around the page: {% site_frame as frame %}.

    A view that needs the phone numbers itself gives them as `frame`, a dict with `lifelines`: as htmx gets its part of
    the page, too, which has no other frame.
    """
    known = context.get("frame")
    return frame.frame(known["lifelines"] if known else None)
