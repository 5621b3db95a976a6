"""One thing that a check found, and where."""

import hashlib
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """An error keeps a thing from being published; a warning must be confirmed with a tick."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")


@dataclass(frozen=True)
class Finding:
    """What is wrong, in a sentence for the editor.

    `code` names the check and never changes. `part` is the checked thing or one of its parts, `field`
    the name of its field. `words` are those of the editor that the finding is about; they go into
    `key`, so that a tick holds until these words change.
    """

    level: Level
    code: str
    message: str
    part: models.Model
    field: str
    words: str = ""

    @property
    def key(self):
        """Return a string that stays the same as long as the same words stand in the same place."""
        digest = hashlib.sha256(self.words.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return f"{self.code}:{self.part._meta.label_lower}:{self.part.pk}:{self.field}:{digest}"

    @property
    def place(self):
        """Return the fragment that leads to the field on the editing screen."""
        return f"#go/{self.part._meta.model_name}/{self.part.pk}/{self.field}"


def shortened(words, limit=80):
    """Return `words` on one line with at most `limit` characters, for quoting in a message."""
    line = " ".join(words.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
