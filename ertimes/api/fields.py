"""Form fields for JSON: each takes one kind of JSON value and no other, so that 25 and "25" are not the same."""

import re
from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# RFC 3339, as OpenAPI's date-time.
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)?", re.ASCII)
_VISIBLE = re.compile(r"[!-~]+", re.ASCII)


class JsonField(forms.Field):
    """A value as it stood in the JSON; None and a name that is not there are the same."""

    widget = forms.HiddenInput  # hands the value on as it is
    empty_values = [None]


class JsonText(JsonField):
    """An id: visible ASCII characters, up to `max_length`."""

    def __init__(self, *, max_length, **options):
        super().__init__(**options)
        self.max_length = max_length

    def to_python(self, value):
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > self.max_length or not _VISIBLE.fullmatch(value):
            raise ValidationError(
                _("A text of 1 to %(most)d letters, digits and signs, without spaces.") % {"most": self.max_length}
            )
        return value


class JsonNumber(JsonField):
    """A number from `least` to `most`; with `whole`, one without a fraction."""

    def __init__(self, *, least, most, whole=False, **options):
        super().__init__(**options)
        self.least, self.most, self.whole = least, most, whole

    def to_python(self, value):
        if value is None:
            return None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not self.least <= value <= self.most or (self.whole and value != int(value)):
            sentence = _("A whole number from %(least)d to %(most)d.") if self.whole else self._sentence
            raise ValidationError(sentence % {"least": self.least, "most": self.most})
        return int(value) if self.whole else value

    _sentence = _("A number from %(least)d to %(most)d.")


class JsonInstant(JsonField):
    """An instant with its offset from UTC, as an aware datetime in UTC; at most `oldest` (timedelta of days) ago.

    One without an offset is refused.
    """

    def __init__(self, *, oldest, **options):
        super().__init__(**options)
        self.oldest = oldest

    def to_python(self, value):
        if value is None:
            return None
        match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
        if match and match[2] is None:
            raise ValidationError(
                _("Say the offset from UTC: 2026-03-02T12:00:00-05:00, or Z. Without it an hour in November is two.")
            )
        try:
            instant = datetime.fromisoformat(value.upper()).astimezone(UTC) if match else None
        except (ValueError, OverflowError):
            instant = None
        if instant is None:
            raise ValidationError(_("A date and time as in ISO 8601, such as 2026-03-02T12:00:00-05:00."))
        if instant < timezone.now() - self.oldest:
            raise ValidationError(_("This is older than %(days)d days.") % {"days": self.oldest.days})
        return instant


class JsonFlag(JsonField):
    """true or false; what is not there is False."""

    def to_python(self, value):
        if value is not None and not isinstance(value, bool):
            raise ValidationError(_("true or false."))
        return bool(value)

    def validate(self, value):
        pass  # False is an answer too
