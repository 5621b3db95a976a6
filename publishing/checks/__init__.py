"""What a careful colleague would see before something is published: errors to mend, warnings to confirm."""

from .finding import Finding, Level
from .manuscript import leave_unchecked
from .registry import findings, register_check

__all__ = ["Finding", "Level", "findings", "leave_unchecked", "register_check"]
