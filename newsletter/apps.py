from datetime import time, timedelta

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from publishing.tracking import track


class NewsletterConfig(AppConfig):
    name = "newsletter"
    verbose_name = _("Newsletter")

    def ready(self):
        from publishing.checks import register_check
        from publishing.consequences import register_consequences
        from publishing.dashboard import register_panel
        from publishing.jobs import Daily, register_job

        from .checks import CHECKS
        from .digests import write_due_digests
        from .jobs import look_after_mailings, start_mailings
        from .mailing_panel import register_panels
        from .mailing_words import what_is_mailed
        from .mailings import forget_recipients, keep_counts
        from .models import Digest, Issue, TextAlert
        from .panels import returned_mail
        from .reading_bounces import look_into_mailbox
        from .search import register_sources
        from .settings_checks import check_postal_address
        from .status_news import tell_status_changes
        from .tasks import look_after_subscribers
        from .webhooks import follow

        checks.register(check_postal_address)
        register_sources()
        register_panels()
        track(Issue, parts=["newsletter_block_set"])
        track(Digest)
        track(TextAlert)
        for check in CHECKS:
            register_check(check, models=[Issue])
        register_consequences(what_is_mailed, models=[Issue])
        register_job("start mailings", start_mailings, every=timedelta(minutes=1))
        register_job("look after mailings", look_after_mailings, every=timedelta(seconds=5), alone=False)
        register_job("keep the counts of mailings", keep_counts, every=timedelta(minutes=5))
        register_job("forget who got which mailing", forget_recipients, every=Daily(time(4, 35)))
        register_job("weekly newsletters", write_due_digests, every=timedelta(minutes=15))
        register_job("tell of changed states", tell_status_changes, every=timedelta(seconds=30))
        follow()
        register_panel(returned_mail, place=7)
        register_job("read returned mail", look_into_mailbox, every=timedelta(minutes=5))
        register_job("look after subscribers", look_after_subscribers, every=Daily(time(4, 20)))
