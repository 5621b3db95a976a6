from .audit import AppendOnlyError, AuditEntry
from .draft import Draft, Presence, ReviewNote, SetAside
from .image import Image
from .preview_link import PreviewLink
from .publishable import Publishable, PublishableQuerySet, State
from .revision_note import RevisionNote
from .video import Video

__all__ = [
    "AppendOnlyError",
    "AuditEntry",
    "Draft",
    "Image",
    "Presence",
    "PreviewLink",
    "Publishable",
    "PublishableQuerySet",
    "ReviewNote",
    "RevisionNote",
    "SetAside",
    "State",
    "Video",
]
