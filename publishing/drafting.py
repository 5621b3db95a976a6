"""From a draft to what the public sees, and back: save, publish now or at a time, take down, restore.

A thing without `published_at` is worked on in its row. Any other is what the public sees, or will see by
itself, so work on it is kept beside it, as a Draft with its Snapshot, until somebody publishes it.
"""

import logging
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from reversion.models import Revision

from . import audit, history, redirects
from .models import Draft, Presence, PreviewLink, RevisionNote, SetAside
from .snapshots import CannotApplyError, TakenError, apply, read, rolled_back, stage, store, take, with_draft_keys

logger = logging.getLogger(__name__)

Deed = RevisionNote.Deed
Review = Draft.Review


@dataclass(frozen=True)
class Saved:
    """What became of a save. `set_aside` is None unless another had saved the thing meanwhile.

    `replaced` is the Draft as it was before, None where there was none: its review and its time were of
    another text, and have ended.
    """

    thing: object
    draft: Draft | None = None
    set_aside: SetAside | None = None
    replaced: Draft | None = None


def locked(thing):
    """Return the row of `thing` as it is now, locked until the transaction ends. Raises DoesNotExist once deleted.

    Whoever changes a thing locks its row before its draft: in two orders two people would wait for each other.
    """
    return type(thing)._base_manager.select_for_update().get(pk=thing.pk)


def draft_of(thing):
    """Return the Draft of `thing`, or None."""
    return Draft.objects.about(thing).select_related("revision", "author", "saved_by").first()


def works_beside(thing):
    """Return whether work on `thing` is kept beside its row: it has been published, or will be by itself."""
    return thing.published_at is not None


def draft_beside(thing):
    """Return the Draft that waits beside the row of `thing`; None without one, or where the row itself is the draft."""
    return draft_of(thing) if works_beside(thing) else None


def base_revision(thing, base):
    """Return the Revision with the id `base`, a string from a form, if it is of `thing`; else its first one.

    "0" is the form of a thing that had no history when it was opened: its first revision is what was shown.
    """
    version = history.version_of(thing, base)
    return version.revision if version else history.first_of(thing)


@contextmanager
def as_drafted(thing, revision=None):
    """Let the rows of `thing` be those of its draft, or of `revision`, inside the block; undone at its end.

    Yields the names of its fields that had to stay as they are stored (see `snapshots.stage`). Raises
    CannotApplyError where what it needs is gone.
    """
    with rolled_back():
        if revision is None:
            draft = draft_beside(thing)
            revision = draft and draft.revision
        yield stage(read(revision, type(thing), thing.pk)) if revision is not None else []


def content_of(thing):
    """Return the Snapshot an editor would open: that of the draft where there is one beside, else of the rows."""
    draft = draft_beside(thing)
    return read(draft.revision, type(thing), thing.pk) if draft else take(thing)


@transaction.atomic
def save(thing, content, *, base, user, note="", deed=None, at_once=False, care=None):
    """Keep `content`, a Snapshot made from the Revision `base` of `thing`, and return what became of it: a Saved.

    Where another has saved the thing since `base`, nothing is changed: the content is set aside until
    its author has chosen. `at_once` changes the row whether or not the public sees it. `care` is a dict of
    what is no content and holds from now on: owner_id, review_on. Raises DoesNotExist where the thing has
    been deleted, and CannotApplyError where its row cannot be what `content` says.
    """
    stored = locked(thing)
    if care:
        type(thing)._base_manager.filter(pk=thing.pk).update(**care)
    head = history.begin(stored)
    if head != base:
        theirs = read(head, type(thing), thing.pk)
        if not content.same_content_as(theirs):
            return Saved(stored, set_aside=_set_aside(stored, content, base=base, user=user))
    replaced = draft_of(stored)
    if works_beside(stored) and not at_once:
        known = {part.key for part in read(base, type(thing), thing.pk).parts}
        revision = store(with_draft_keys(content, known), user=user, deed=deed or Deed.DRAFT, note=note)
        _hold_what_is_ticked(stored, content)
    else:
        old_path = _old_path(stored)
        stored = apply(content, as_rows=True)
        stored.save(update_fields=["changed_at"])
        revision = history.record(stored, user=user, deed=deed or Deed.SAVED, note=note)
        if works_beside(stored):
            if old_path:
                redirects.address_changed(stored, old_path, user=user)
            return Saved(stored)
    return Saved(stored, _keep_draft(stored, content.root.title, revision, user), replaced=replaced)


def begin_draft(thing, *, user, note=""):
    """Note that `thing` was added by `user` and is worked on. Return its Draft."""
    revision = history.record(thing, user=user, deed=Deed.SAVED, note=note)
    return _keep_draft(thing, str(thing), revision, user)


def _keep_draft(thing, title, revision, user):
    draft = Draft.objects.about(thing).first() or Draft(thing=thing, author=user)
    draft.title, draft.revision, draft.saved_by, draft.saved_at = title[:300], revision, user, timezone.now()
    # What was approved or is to go live by itself was another text.
    draft.review, draft.publish_at, draft.problem = Review.WRITING, None, ""
    draft.save()
    return draft


def _set_aside(thing, content, *, base, user):
    known = {part.key for part in read(base, type(thing), thing.pk).parts}
    revision = store(with_draft_keys(content, known), user=user, deed=Deed.SET_ASIDE)
    return SetAside.objects.create(thing=thing, author=user, revision=revision, base=base, title=content.root.title)


class CannotPublishError(Exception):
    """The draft cannot go live as it is; str() tells the editor why."""


@transaction.atomic
def publish(thing, *, user, at=None, note="", seen=""):
    """Let the public see the newest version of `thing`: now, or from `at`, an aware datetime to come. Return it.

    A thing that the public does not see yet gets `at` as its `published_at`. The change of a live one
    waits until then beside it. `seen` is `history.number_of_head` of what its publisher looked at, "" where
    nobody looked. Raises CannotPublishError, and then nothing has changed.
    """
    thing = locked(thing)
    now = timezone.now()
    if seen and seen != history.number_of_head(thing):
        raise CannotPublishError(_("Somebody has saved it since you opened this page. Here is the newest version."))
    draft = draft_of(thing)
    if at is not None and at > now and thing.is_published_at(now):
        if draft is None:
            raise CannotPublishError(_("It is live already, and nothing has been changed since."))
        with rolled_back():
            _make_rows(thing, draft)  # what cannot go live is told today, not at night when nobody looks
        draft.publish_at, draft.problem = at, ""
        draft.save()
        audit.record(audit.Action.SCHEDULED, user=user, thing=thing, details=_instant(at))
        return thing
    old_path = _old_path(thing)
    if draft is not None and works_beside(thing):
        thing = _make_rows(thing, draft)
    if at is not None:
        thing.published_at = at
    elif not thing.is_published_at(now) or thing.published_at is None:
        thing.published_at = now
    thing.archived_at = None
    _check(thing)
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError as error:  # another took its address in this very moment
        raise CannotPublishError(_taken()) from error
    history.record(thing, user=user, deed=Deed.PUBLISHED, note=note)
    Draft.objects.about(thing).delete()
    action = audit.Action.PUBLISHED if thing.published_at <= now else audit.Action.SCHEDULED
    audit.record(action, user=user, thing=thing, details=_instant(at) if at else "")
    if old_path:
        redirects.address_changed(thing, old_path, user=user)
    elif _public_path(thing) and thing.is_published_at(now):
        redirects.address_live(thing, user=user)
    return thing


def _make_rows(thing, draft):
    try:
        thing = apply(read(draft.revision, type(thing), thing.pk), as_rows=True)
    except TakenError as error:
        raise CannotPublishError(_taken()) from error
    except CannotApplyError as error:
        raise CannotPublishError(_("It needs something that was deleted: %(what)s.") % {"what": error}) from error
    _check(thing)
    return thing


def _taken():
    return _("Another page has the same address, name or place by now. Open the draft and save it to see which.")


def _check(thing):
    try:
        thing.full_clean()
    except ValidationError as error:
        raise CannotPublishError(" ".join(error.messages)) from error


def _instant(at):
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M %Z}"


def _public_path(thing):
    return thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else ""


def _old_path(thing):
    """Return the address at which visitors have known `thing`; "" for what has never been public.

    Who was sent a link to a draft is not led to the new address of what is still to come.
    """
    return _public_path(thing) if thing.published_at and thing.published_at <= timezone.now() else ""


def _hold_what_is_ticked(stored, content):
    """Let that of `content` hold at once which may not wait for the draft to be published."""
    ticked = {name: True for name in stored.HOLDS_AT_ONCE if content.root.fields.get(name)}
    if ticked:
        type(stored)._base_manager.filter(pk=stored.pk).update(**ticked)


@transaction.atomic
def call_off(thing, *, user):
    """Let the scheduled change of `thing` wait until somebody publishes it; return whether there was one."""
    waiting = Draft.objects.about(thing).filter(publish_at__isnull=False)
    if not waiting.update(publish_at=None, problem=""):
        return False
    audit.record(audit.Action.CALLED_OFF, user=user, thing=thing)
    return True


def publish_due(now=None):
    """Publish the changes of live things whose time has come, and return the list of those published.

    One that cannot be published stays a draft with its `problem`; the others still go.
    """
    now = now or timezone.now()
    done = []
    due = Draft.objects.filter(publish_at__lte=now, problem="")
    for draft in due.select_related("content_type"):
        thing = draft.thing
        if thing is not None:
            done.extend(_publish_one_due(thing, due.filter(pk=draft.pk)))
    return done


@transaction.atomic
def _publish_one_due(thing, still_due):
    """Publish `thing` if `still_due`, a queryset of its Draft, has it once nobody else can change it."""
    try:
        locked(thing)
    except type(thing).DoesNotExist:
        return []
    draft = still_due.first()
    if draft is None:
        return []  # another worker was faster, or somebody has put it off
    try:
        # By the site itself: who set the date stands in the log, and who wrote may not be one who may publish.
        return [publish(thing, user=None)]
    except CannotPublishError as error:
        problem = str(error)
    except DatabaseError:
        raise  # it may be gone for a moment only
    except Exception:
        # Whatever is wrong with one, those after it go live in time.
        logger.exception("%s %s could not go live", thing._meta.label, thing.pk)
        problem = _("A fault of the site stood in its way. Publish it by hand, and tell those who keep the site.")
    Draft.objects.filter(pk=draft.pk).update(problem=problem)
    return []


@transaction.atomic
def unpublish(thing, *, user, note="", in_error=False):
    """Take `thing` from the public now and return it: archived, or a draft again where it was published `in_error`.

    Shared links to it open nothing any more. Raises CannotApplyError where its draft cannot become its text.
    """
    thing = locked(thing)
    now = timezone.now()
    if in_error or thing.published_at is None or thing.published_at >= now:
        thing.published_at = None
    else:
        thing.expires_at = min(thing.expires_at or now, now)
        thing.archived_at = now
    draft = draft_of(thing)
    if thing.published_at is None and draft is not None:
        content = read(draft.revision, type(thing), thing.pk)
        type(thing)._base_manager.filter(pk=thing.pk).update(published_at=None)
        thing = apply(content, as_rows=True)  # the change that waited beside it is its text now
    thing.save()
    revision = history.record(thing, user=user, deed=Deed.UNPUBLISHED, note=note)
    if thing.published_at is None:
        _keep_draft(thing, str(thing), revision, user)
    elif draft is not None:
        Draft.objects.filter(pk=draft.pk).update(publish_at=None)
    PreviewLink.objects.about(thing).valid().update(revoked_at=now)
    action = audit.Action.ARCHIVED if thing.archived_at else audit.Action.UNPUBLISHED
    audit.record(action, user=user, thing=thing, details=note)
    return thing


@transaction.atomic
def delete(thing, *, user):
    """Delete `thing` and its draft, and keep what it was, so that it can be recovered."""
    thing = locked(thing)
    history.begin(thing)
    draft = draft_of(thing)
    content = read(draft.revision, type(thing), thing.pk) if draft else take(thing)
    store(content, user=user, deed=Deed.DELETED)
    for model in (Draft, SetAside, PreviewLink, Presence):
        model.objects.about(thing).delete()
    audit.record(audit.Action.DELETED, user=user, thing=thing)
    thing.delete()


@transaction.atomic
def discard(thing, *, user, seen=""):
    """Throw the draft beside `thing` away and return whether there was one; its versions stay in the history.

    What visitors see is the newest version again, so that whoever still has the draft open is asked. Nothing
    happens where the draft is another by now than the one of the revision `seen` ("": whichever it is).
    """
    thing = locked(thing)
    draft = draft_beside(thing)
    if draft is None or (seen and seen != str(draft.revision_id)):
        return False
    draft.delete()
    history.record(thing, user=user, deed=Deed.RESTORED, note=_("The draft was thrown away: what visitors see"))
    audit.record(audit.Action.DISCARDED, user=user, thing=thing)
    return True


def restore(thing, revision, *, user, at_once=False):
    """Make the content of `revision` the newest version of `thing` and return Saved.

    The public sees it once it is published, or `at_once` where the kind of thing knows no drafts. Raises
    CannotApplyError where it needs what is gone, or another has its address.
    """
    content = read(revision, type(thing), thing.pk)
    if not hasattr(thing, "published_at"):
        return _restore_at_once(thing, content, revision, user)
    note = _("The version of %(when)s") % {"when": _instant(revision.date_created)}
    base = history.begin(thing)
    return save(thing, content, base=base, user=user, deed=Deed.RESTORED, note=note, at_once=at_once)


@transaction.atomic
def _restore_at_once(thing, content, revision, user):
    """Restore what is no publication, such as a picture: its pages follow at once."""
    history.begin(thing)
    thing = apply(content, as_rows=True)
    history.record(thing, user=user, deed=Deed.RESTORED, note=_instant(revision.date_created))
    return Saved(thing)


@transaction.atomic
def recover(model, key, revision, *, user):
    """Bring the deleted thing `key` of `model` back as `revision` has it, as a draft, and return it.

    What it showed and was deleted meanwhile comes back with it. Raises CannotApplyError where it cannot.
    """
    Revision.objects.select_for_update().get(pk=revision.pk)  # two at once would both find nothing there
    if model._base_manager.filter(pk=key).exists():
        raise CannotApplyError(_("It has been recovered already."))
    try:
        thing = apply(read(revision, model, key), as_rows=True)
    except TakenError as error:
        raise CannotApplyError(_("Another has its address or name by now.")) from error
    stored = history.record(thing, user=user, deed=Deed.RECOVERED)
    if hasattr(thing, "published_at"):
        _keep_draft(thing, str(thing), stored, user)
    return thing
