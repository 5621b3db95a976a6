from .one_click import one_click
from .signing import asked, confirm, leave, subscribe

__all__ = ["asked", "confirm", "leave", "one_click", "subscribe"]
