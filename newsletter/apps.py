from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from publishing.tracking import track


class NewsletterConfig(AppConfig):
    name = "newsletter"
    verbose_name = _("Newsletter")

    def ready(self):
        from .models import Issue

        track(Issue, parts=["newsletter_block_set"])
