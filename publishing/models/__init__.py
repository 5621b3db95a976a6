from .image import Image
from .publishable import Publishable, PublishableQuerySet, State
from .video import Video

__all__ = ["Image", "Publishable", "PublishableQuerySet", "State", "Video"]
