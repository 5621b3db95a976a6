"""Work that is done beside the requests."""

from django.db import transaction
from django.db.models.signals import post_save, pre_save
from django.utils import timezone
from django_tasks import task

from .models import Image
from .renditions import QUALITY, WIDTHS, renditions_of


@task()
def make_renditions(image_id):
    """Make every size and format of one picture, then let pages offer them. Safe to run twice."""
    image = Image.objects.filter(pk=image_id).first()
    if image is None:  # deleted since
        return
    name = image.file.name
    try:
        for shape in WIDTHS:
            for file_format in QUALITY:
                for rendition in renditions_of(image.file_width, shape, file_format):
                    image.file.process(rendition.name)
    except (OSError, ValueError):  # the latter is Django's for a file that cannot be opened again
        if Image.objects.filter(file=name).exists():
            raise
    done = Image.objects.filter(pk=image_id, file=name).update(renditions_made_at=timezone.now())
    if not done and not Image.objects.filter(file=name).exists():
        clear_renditions(name)  # it was put away meanwhile, and what was made since must not stay behind


def clear_renditions(name):
    """Delete all renditions of the picture that is stored as `name`, whether or not it is still there."""
    field = Image._meta.get_field("file")
    field._clear_generated_files_for(field.attr_class(Image(), field, name), name)


def request_renditions(image):
    """Have the worker make the renditions of `image` once this transaction is committed."""
    transaction.on_commit(lambda: make_renditions.enqueue(image.pk))


def keep_renditions_current():
    """Have the renditions made anew whenever a picture is saved with another file or focal point.

    By signals, so that it also holds where a former version is restored, which saves past the screens.
    """
    pre_save.connect(_forget_renditions, sender=Image, dispatch_uid="forget_renditions")
    post_save.connect(_request_missing_renditions, sender=Image, dispatch_uid="request_renditions")


def _forget_renditions(sender, instance, **kwargs):
    stored = Image.objects.filter(pk=instance.pk).values_list("file", "file_ppoi").first() if instance.pk else None
    if stored and stored != (instance.file.name, instance.file_ppoi):
        instance.renditions_made_at = None


def _request_missing_renditions(sender, instance, **kwargs):
    if instance.renditions_made_at is None:
        request_renditions(instance)
