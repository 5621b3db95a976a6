from .subscribers import SubscriberAdmin

__all__ = ["SubscriberAdmin"]
