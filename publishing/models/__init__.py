from .audit import AppendOnlyError, AuditEntry
from .broken_link import BrokenLink, LinkRound
from .document import Document
from .draft import Draft, Presence, ReviewNote, SetAside
from .image import Image
from .job import Job
from .preview_link import PreviewLink
from .publishable import Publishable, PublishableQuerySet, State, published_sql
from .redirect import MissingAddress, Redirect
from .reminder import Reminder
from .revision_note import RevisionNote
from .upload import Upload
from .video import Video

__all__ = [
    "AppendOnlyError",
    "AuditEntry",
    "BrokenLink",
    "Document",
    "Draft",
    "Image",
    "Job",
    "LinkRound",
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
    "published_sql",
]
