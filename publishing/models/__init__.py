from .audit import AppendOnlyError, AuditEntry
from .draft import Draft, Presence, ReviewNote, SetAside
from .image import Image
from .preview_link import PreviewLink
from .publishable import Publishable, PublishableQuerySet, State
from .redirect import MissingAddress, Redirect
from .revision_note import RevisionNote
from .video import Video

__all__ = [
    "AppendOnlyError",
    "AuditEntry",
    "Draft",
    "Image",
    "MissingAddress",
    "Presence",
    "PreviewLink",
    "Publishable",
    "PublishableQuerySet",
    "Redirect",
    "ReviewNote",
    "RevisionNote",
    "SetAside",
    "State",
    "Video",
]
