from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from publishing.tracking import track


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages of the site")

    def ready(self):
        from publishing.checks import leave_unchecked, register_check
        from publishing.jobs import register_job
        from publishing.usage import register_links

        from .checks import check_blocks
        from .mailed_alerts import mail_live_alerts
        from .models import MenuItem, Page, Promotion, SiteAlert
        from .search import register_sources

        register_sources()
        register_links(MenuItem, "address")
        track(Page, parts=["pages_block_set"])
        track(Promotion)
        track(SiteAlert)
        register_check(check_blocks, models=[Page])
        leave_unchecked(Page, "path")
        register_job("mail site alerts", mail_live_alerts, every=timedelta(seconds=10))
