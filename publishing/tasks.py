"""Work that is done beside the requests."""

from django.db import transaction
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
    for shape in WIDTHS:
        for file_format in QUALITY:
            for rendition in renditions_of(image.file_width, shape, file_format):
                image.file.process(rendition.name)
    Image.objects.filter(pk=image_id, file=image.file.name).update(renditions_made_at=timezone.now())


def request_renditions(image):
    """Have the worker make the renditions of `image` once this transaction is committed."""
    transaction.on_commit(lambda: make_renditions.enqueue(image.pk))
