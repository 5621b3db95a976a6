from .audit import AuditEntryAdmin
from .editor import EditorAdmin
from .filters import StateFilter
from .library import ImageAdmin, VideoAdmin
from .publishable import PublishableAdmin
from .widgets import LocalDateTimeInput

__all__ = [
    "AuditEntryAdmin",
    "EditorAdmin",
    "ImageAdmin",
    "LocalDateTimeInput",
    "PublishableAdmin",
    "StateFilter",
    "VideoAdmin",
]
