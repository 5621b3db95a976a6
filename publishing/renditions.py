"""The sizes and formats in which pages offer a picture.

Two shapes: `whole` keeps the picture's proportions, `card` is a 3:2 crop around its focal point.
AVIF first, WebP for browsers without it; the stored file itself is the last resort.
"""

from typing import NamedTuple

from imagefield.processing_pillow import register_pillow

WIDTHS = {"whole": (480, 960, 1600, 2400), "card": (400, 800, 1200)}
QUALITY = {"AVIF": {"quality": 60, "speed": 8}, "WEBP": {"quality": 78, "method": 4}}


class Rendition(NamedTuple):
    name: str  # the imagefield format, e.g. "card_800_avif"
    width: int  # pixels
    mime_type: str


@register_pillow
def write_as(get_image, file_format):
    """Write the finished picture as `file_format`, "AVIF" or "WEBP", instead of the source's own format."""

    def processor(image, context):
        image = get_image(image, context)
        context.save_kwargs.clear()
        context.save_kwargs.update({"format": file_format, **QUALITY[file_format]})
        return image

    return processor


def _specification(shape, width, file_format):
    resize = ("thumbnail", (width, width * 4)) if shape == "whole" else ("crop", (width, width * 2 // 3))

    def specification(fieldfile, context):
        context.extension = f".{file_format.lower()}"
        context.processors = [("write_as", file_format), "autorotate", resize]

    return specification


FORMATS = {
    f"{shape}_{width}_{file_format.lower()}": _specification(shape, width, file_format)
    for shape, widths in WIDTHS.items()
    for width in widths
    for file_format in QUALITY
}


def renditions_of(source_width, shape, file_format):
    """Return the Renditions of `shape` in `file_format` for a picture `source_width` pixels wide.

    None is wider than the picture itself, but the smallest is always there.
    """
    widths = WIDTHS[shape]
    fitting = [width for width in widths if width <= source_width] or [widths[0]]
    suffix = file_format.lower()
    return [Rendition(f"{shape}_{width}_{suffix}", width, f"image/{suffix}") for width in fitting]
