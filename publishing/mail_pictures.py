"""Pictures as mail programs can show them: JPEG or PNG as they are stored, no larger than a mail needs.

Few pictures ever stand in a mail, so these sizes are made when one first does, and stay as long as the picture.
"""

from typing import NamedTuple

from .head import absolute
from .one_line import one_line

# Points. The files have twice as many pixels, for screens that can show them. "small" stands beside words.
SHOWN_WIDTH = {"whole": 552, "card": 552, "small": 120}


class MailPicture(NamedTuple):
    address: str  # with scheme and host
    alternative_text: str  # "" for decoration
    width: int  # points at which it is shown
    height: int


def mail_picture(image, shape):
    """Return `image`, an Image, as a MailPicture: "whole", or "card" or "small", which are 3:2 around its focal point.

    The size is made where it is not there yet; of a picture whose file cannot be read it is the stored file.
    """
    width, height = _shown_size(image, shape)
    try:
        name = image.file.process(["autorotate", _resize(image, shape)])
        address = image.file.storage.url(name)
    except (OSError, ValueError):
        address = image.file.url
    return MailPicture(absolute(address), one_line(image.alternative_text), width, height)


def _shown_size(image, shape):
    width = SHOWN_WIDTH[shape]
    if shape != "whole" or not (image.file_width and image.file_height):
        return width, width * 2 // 3
    width = min(width, image.file_width)
    return width, max(1, round(width * image.file_height / image.file_width))


def _resize(image, shape):
    """Return the step that makes the size: never more pixels in a row than the picture has itself."""
    pixels = min(2 * SHOWN_WIDTH[shape], max(image.file_width or 0, 3))
    return ("thumbnail", (pixels, pixels * 4)) if shape == "whole" else ("crop", (pixels, max(2, pixels * 2 // 3)))
