from .audit import AuditEntryAdmin
from .editor import EditorAdmin
from .filters import StateFilter
from .library import DocumentAdmin, ImageAdmin, VideoAdmin
from .publishable import PublishableAdmin
from .redirects import MissingAddressAdmin, RedirectAdmin
from .upload import UploadAdmin
from .widgets import LocalDateTimeInput

__all__ = [
    "AuditEntryAdmin",
    "DocumentAdmin",
    "EditorAdmin",
    "ImageAdmin",
    "LocalDateTimeInput",
    "MissingAddressAdmin",
    "PublishableAdmin",
    "RedirectAdmin",
    "StateFilter",
    "UploadAdmin",
    "VideoAdmin",
]
