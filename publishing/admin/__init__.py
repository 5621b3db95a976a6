from .audit import AuditEntryAdmin
from .editor import EditorAdmin
from .filters import StateFilter
from .library import ImageAdmin, VideoAdmin
from .publishable import PublishableAdmin
from .redirects import MissingAddressAdmin, RedirectAdmin
from .widgets import LocalDateTimeInput

__all__ = [
    "AuditEntryAdmin",
    "EditorAdmin",
    "ImageAdmin",
    "LocalDateTimeInput",
    "MissingAddressAdmin",
    "PublishableAdmin",
    "RedirectAdmin",
    "StateFilter",
    "VideoAdmin",
]
