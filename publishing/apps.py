import warnings

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from PIL import Image as Picture


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Library")

    def ready(self):
        # Models can be imported only now that the apps are loaded.
        from . import audit
        from .checks import leave_unchecked
        from .models import Document, Image, Video
        from .panels import register_panels
        from .tasks import keep_renditions_current
        from .tracking import track

        track(Image)
        track(Document)
        track(Video)
        audit.connect()
        register_panels()
        leave_unchecked(Image, "title", "consent_record")
        keep_renditions_current()
        # A PNG of 18 kB can unpack to 144 megapixels. Pillow only warns above this number; we refuse.
        Picture.MAX_IMAGE_PIXELS = 50_000_000
        warnings.simplefilter("error", Picture.DecompressionBombWarning)
