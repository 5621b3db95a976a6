"""The screens for emergency departments, their waits, and who is on the way."""

from . import department, feed_key, reading

__all__ = ["department", "feed_key", "reading"]
