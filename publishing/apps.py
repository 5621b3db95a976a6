import warnings

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from PIL import Image


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Pictures and films")

    def ready(self):
        # A PNG of 18 kB can unpack to 144 megapixels. Pillow only warns above this number; we refuse.
        Image.MAX_IMAGE_PIXELS = 50_000_000
        warnings.simplefilter("error", Image.DecompressionBombWarning)
