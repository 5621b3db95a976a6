"""The screens for emergency departments, their waits, and who is on the way."""

from . import department, reading

__all__ = ["department", "reading"]
