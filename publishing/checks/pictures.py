"""Pictures: words for those who cannot see them, and the consent of those who are on them."""

import re
from datetime import timedelta
from pathlib import PurePath

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .finding import Finding, Level

ENDS_SOON = timedelta(days=60)
_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|bmp|svg)|(?:img|dsc[fn]?|pict?|image|photo|screenshot)[-_ ]?\d+", re.I
)
_NO_WORDS = re.compile(
    r"(?:an? |the )?(?:image|photo|photograph|picture|pic|graphic|logo|icon|alt(?:ernative)? text|untitled"
    r"|imagen|foto|fotograf[ií]a)(?: of| de)?[.…]?",
    re.I,
)
_OPENING = re.compile(r"(?:an? |the )?(?:image|photo|photograph|picture|imagen|foto|fotograf[ií]a)s? (?:of|de) ", re.I)


def check_alternative_text(manuscript):
    """Find pictures without the choice: neither words for them, nor marked as decoration."""
    for used in manuscript.pictures:
        image = used.image
        words = " ".join(image.alternative_text.split())
        if image.decorative:
            continue
        level, code = Level.ERROR, "missing-alternative-text"
        if not any(char.isalnum() for char in words):
            message = _(
                "The picture “%(title)s” has no alternative text: write it, or tick “only decoration”, in the library."
            )
        elif _FILE_NAME.fullmatch(words) or words == PurePath(image.file.name or "").name:
            message = _(
                "The alternative text of the picture “%(title)s” is the name of a file, “%(words)s”: "
                "say what the picture tells."
            )
        elif _NO_WORDS.fullmatch(words):
            message = _("The alternative text of the picture “%(title)s” is only “%(words)s”: say what it tells.")
        elif _OPENING.match(words):
            level, code = Level.WARNING, "alternative-text-opening"
            message = _(
                "The alternative text of the picture “%(title)s” begins with “%(opening)s”; screen readers say "
                "that themselves."
            )
        else:
            continue
        opening = _OPENING.match(words)
        values = {"title": image.title, "words": words, "opening": opening[0].strip() if opening else ""}
        yield Finding(level, code, message % values, used.part, used.field, f"{image.pk} {words}")


def check_consent(manuscript):
    """Find pictures of people whose consent has ended on the day of publishing, or ends soon after."""
    today = timezone.localdate(manuscript.at)
    for used in manuscript.pictures:
        ends_on = used.image.consent_expires_on
        if ends_on is None or ends_on - today > ENDS_SOON:
            continue
        if ends_on < today:
            level, code = Level.ERROR, "consent-expired"
            message = _("The consent for the picture “%(title)s” ended on %(day)s: choose another picture.")
        else:
            level, code = Level.WARNING, "consent-ends-soon"
            message = _("The consent for the picture “%(title)s” ends on %(day)s.")
        values = {"title": used.image.title, "day": date_format(ends_on)}
        yield Finding(level, code, message % values, used.part, used.field, f"{used.image.pk} {ends_on}")
