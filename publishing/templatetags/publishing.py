"""What templates of every app print: pictures and structured data."""

from django import template

from ..json_ld import render_json_ld
from ..renditions import renditions_of

register = template.Library()


@register.simple_tag
def json_ld(data):
    """Return structured data as JSON for a script element."""
    return render_json_ld(data)


@register.inclusion_tag("components/_picture.html")
def picture(image, *, shape="whole", sizes="100vw", eager=False):
    """Show `image` (an Image) in fitting sizes: `shape` is "whole" or "card" (3:2 around the focal point).

    `sizes` is HTML's own hint of how wide it is shown. `eager` is for the one picture a reader sees first.
    """
    sources = []
    if image.renditions_made_at:
        for file_format in ("AVIF", "WEBP"):
            renditions = renditions_of(image.file_width or 0, shape, file_format)
            srcset = ", ".join(f"{getattr(image.file, r.name)} {r.width}w" for r in renditions)
            sources.append({"type": renditions[0].mime_type, "srcset": srcset})
    width, height = image.file_width, image.file_height
    if shape == "card":
        width, height = 1200, 800
    return {
        "sources": sources,
        "sizes": sizes,
        "address": image.file.url,
        "width": width,
        "height": height,
        "alternative_text": image.alternative_text,
        "eager": eager,
        "shape": shape,
    }
