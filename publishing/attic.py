"""The attic: where stored files lie that nothing names any more, and where no address leads.

A picture whose consent was withdrawn must be gone from its address at once, and the history must still be able to
bring back what was deleted by mistake. So the file of a row that was deleted, or that got another file,
moves from the media folder to the attic once that is committed, and comes back when a row names it again.

What a draft names stays where it is, so that a preview shows it, and so does an upload that waits.
Both places are folders. What lies in the attic is deleted for good by `manage.py empty_attic`.
"""

import json
import logging
import os
import shutil
import tempfile
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from reversion.models import Version

from .models import Document, Draft, Image, Upload, Video
from .tasks import clear_renditions, request_renditions

logger = logging.getLogger(__name__)

KEPT = {Image: ["file"], Document: ["file"], Video: ["file", "captions"]}
NAMING = {**KEPT, Upload: ["file"]}  # an upload that is left out deletes its file itself


def attic():
    """Return the storage of what is put away. It gives no addresses."""
    return FileSystemStorage(location=settings.ATTIC_ROOT, file_permissions_mode=0o600)


def keep_attic():
    """Move stored files whenever something is saved or deleted, on whatever way: screens, history, commands."""
    for model in (*KEPT, Draft):
        pre_save.connect(_remember_names, sender=model, dispatch_uid="attic")
        post_save.connect(_saved, sender=model, dispatch_uid="attic")
        post_delete.connect(_deleted, sender=model, dispatch_uid="attic")


def is_named(name):
    """Return whether a row, or a draft of something that is there, names the stored file `name`."""
    for model, fields in NAMING.items():
        for field in fields:
            if model._base_manager.filter(**{field: name}).exists():
                return True
    return _is_named_in_draft(name)


def is_kept(name):
    """Return whether the stored file `name` is there, in the attic at least."""
    try:
        return default_storage.exists(name) or attic().exists(name)
    except (OSError, SuspiciousFileOperation, ValueError):
        return False


def settle(names):
    """Bring each of the stored files `names` to where it belongs by now. Safe to run twice, and side by side.

    What cannot be moved stays where it is, and the log tells.
    """
    for name in sorted(names):
        try:
            _settle(name)
        except (OSError, SuspiciousFileOperation):
            logger.exception("The stored file %r could not be moved", name)


def _settle(name):
    if is_named(name):
        if not default_storage.exists(name):
            _bring_back(name)
        return
    clear_renditions(name)
    if not default_storage.exists(name):
        if not attic().exists(name):
            logger.warning("The stored file %r, which is to be put away, is gone", name)
        return
    Path(settings.ATTIC_ROOT).mkdir(mode=0o700, parents=True, exist_ok=True)
    _move(name, default_storage, attic())
    if is_named(name):  # saved by another in this very moment
        _settle(name)


def _bring_back(name):
    if not attic().exists(name):
        logger.warning("The stored file %r is named but gone", name)
        return
    _move(name, attic(), default_storage)
    for image in Image._base_manager.filter(file=name):
        Image._base_manager.filter(pk=image.pk).update(renditions_made_at=None)
        request_renditions(image)


def _move(name, source, target):
    """Copy, and delete only what was copied whole: whoever fails in between leaves a file in its old place."""
    old, new = Path(source.path(name)), Path(target.path(name))
    new.parent.mkdir(parents=True, exist_ok=True)
    number, part = tempfile.mkstemp(prefix=".part-", dir=new.parent)
    try:
        with os.fdopen(number, "wb") as copy, old.open("rb") as original:
            shutil.copyfileobj(original, copy)
            copy.flush()
            os.fsync(copy.fileno())
        Path(part).chmod(target.file_permissions_mode)
        Path(part).replace(new)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    old.unlink(missing_ok=True)


def _remember_names(sender, instance, **kwargs):
    asks = instance.pk and not (sender is Draft and not _is_of_film(instance))
    stored = sender._base_manager.filter(pk=instance.pk).first() if asks else None
    instance._names_before = _names_of(stored) if stored else set()


def _saved(sender, instance, using, **kwargs):
    _settle_on_commit(instance._names_before ^ _names_of(instance), using)


def _deleted(sender, instance, using, **kwargs):
    _settle_on_commit(_names_of(instance), using)


def _settle_on_commit(names, using):
    """Settle once it is for good: a form or a preview that is undone moves nothing."""
    if names:
        transaction.on_commit(partial(settle, names), using=using, robust=True)


def _names_of(thing):
    """Return the set of the stored files that `thing`, a row or a Draft, names."""
    if isinstance(thing, Draft):
        return _names_in_draft(thing)
    return {getattr(thing, field).name for field in KEPT[type(thing)]} - {"", None}


def _names_in_draft(draft):
    if not _is_of_film(draft):
        return set()
    versions = Version.objects.filter(revision_id=draft.revision_id, content_type=_film())
    rows = [json.loads(data)[0]["fields"] for data in versions.values_list("serialized_data", flat=True)]
    return {row.get(field) for row in rows for field in KEPT[Video]} - {"", None}


def _is_named_in_draft(name):
    drafts = Draft.objects.filter(content_type=_film())
    versions = Version.objects.filter(revision__in=drafts.values("revision"), content_type=_film())
    for field in KEPT[Video]:
        named = versions.filter(serialized_data__contains=f'"{field}": {json.dumps(name)}')
        if Video._base_manager.filter(pk__in=list(named.values_list("object_id", flat=True))).exists():
            return True
    return False


def _is_of_film(draft):
    """Return whether `draft` may name files: nothing but a film has drafts and files of its own."""
    return draft.content_type_id == _film().pk


def _film():
    return ContentType.objects.get_for_model(Video)
