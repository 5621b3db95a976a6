"""A line of text as people see it, whatever a program or a hostile visitor has sent."""

import re

from django import forms

# Marks that turn the direction of what follows them, and other signs that nobody sees. Those that join letters
# in Persian or Hindi, and the parts of one emoji, stay.
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")


def one_line(text):
    """Return `text` without signs that do not show, and with single spaces."""
    return " ".join(_UNSEEN.sub(" ", text).split())


class OneLineField(forms.CharField):
    """A line as people see it: without signs that do not show, and with single spaces."""

    def to_python(self, value):
        return super().to_python(one_line(value) if isinstance(value, str) else value)
