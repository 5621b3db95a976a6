from .audit import AppendOnlyError, AuditEntry
from .document import Document
from .draft import Draft, Presence, ReviewNote, SetAside
from .image import Image
from .job import Job
from .preview_link import PreviewLink
from .publishable import Publishable, PublishableQuerySet, State
from .redirect import MissingAddress, Redirect
from .reminder import Reminder
from .revision_note import RevisionNote
from .upload import Upload
from .video import Video

__all__ = [
    "AppendOnlyError",
    "AuditEntry",
    "Document",
    "Draft",
    "Image",
    "Job",
    "MissingAddress",
    "Presence",
    "PreviewLink",
    "Publishable",
    "PublishableQuerySet",
    "Redirect",
    "Reminder",
    "ReviewNote",
    "RevisionNote",
    "SetAside",
    "State",
    "Upload",
    "Video",
]
