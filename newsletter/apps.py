from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from publishing.tracking import track


class NewsletterConfig(AppConfig):
    name = "newsletter"
    verbose_name = _("Newsletter")

    def ready(self):
        from .models import Issue
        from .settings_checks import check_postal_address

        checks.register(check_postal_address)
        track(Issue, parts=["newsletter_block_set"])
