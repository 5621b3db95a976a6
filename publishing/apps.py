import warnings
from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from PIL import Image as Picture


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Library")

    def ready(self):
        # Models can be imported only now that the apps are loaded.
        from . import audit, broken_links
        from .abandoned_tasks import free_abandoned_tasks
        from .attic import keep_attic
        from .checks import leave_unchecked
        from .drafting import publish_due
        from .jobs import register_job
        from .models import Document, Image, Video
        from .panels import register_panels
        from .reviews_due import EVERY_MONDAY, send_reminders
        from .tasks import keep_renditions_current
        from .tracking import track

        track(Image)
        track(Document)
        track(Video)
        audit.connect()
        register_panels()
        register_job("publish what is due", publish_due, every=timedelta(seconds=1), alone=False)
        register_job("free abandoned tasks", free_abandoned_tasks, every=timedelta(minutes=5))
        register_job("look for broken links", broken_links.go_on, every=timedelta(minutes=1))
        register_job("remind of reviews", send_reminders, every=EVERY_MONDAY)
        leave_unchecked(Image, "title", "consent_record")
        keep_attic()  # first, so that a file is back in its place when its renditions are asked for
        keep_renditions_current()
        # A PNG of 18 kB can unpack to 144 megapixels. Pillow only warns above this number; we refuse.
        Picture.MAX_IMAGE_PIXELS = 50_000_000
        warnings.simplefilter("error", Picture.DecompressionBombWarning)
