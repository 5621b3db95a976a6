"""A telephone number of a row, read quickly."""

from functools import lru_cache

from phonenumber_field.modelfields import PhoneNumberField
from phonenumber_field.phonenumber import to_python


class NumberField(PhoneNumberField):
    """A PhoneNumberField that takes a stored text apart once in a process: that costs more than the row's query.

    So rows with the same number share one PhoneNumber: give a row another one, and never change the one it has.
    """

    def from_db_value(self, value, expression, connection):
        return _read(value)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "phonenumber_field.modelfields.PhoneNumberField", args, kwargs  # the column is the same


@lru_cache(maxsize=20_000)
def _read(text):
    """Return the PhoneNumber of a stored text; None and "" are returned as they are."""
    return to_python(text)
