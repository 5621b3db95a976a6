"""The screens for emergency departments, their waits, and who is on the way."""

from . import arrival_notice, department, feed_key, reading

__all__ = ["arrival_notice", "department", "feed_key", "reading"]
