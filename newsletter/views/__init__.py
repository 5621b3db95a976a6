from .signing import asked, confirm, leave, subscribe

__all__ = ["asked", "confirm", "leave", "subscribe"]
