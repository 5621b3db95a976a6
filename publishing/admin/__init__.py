from .audit import AuditEntryAdmin
from .editor import EditorAdmin, LocalDateTimeInput
from .library import ImageAdmin, VideoAdmin
from .publishable import PublishableAdmin, StateFilter

__all__ = [
    "AuditEntryAdmin",
    "EditorAdmin",
    "ImageAdmin",
    "LocalDateTimeInput",
    "PublishableAdmin",
    "StateFilter",
    "VideoAdmin",
]
