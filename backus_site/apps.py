from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class BackusSiteConfig(AppConfig):
    """The site itself: the roles, the screens for accounts, and the commands for both."""

    name = "backus_site"
    verbose_name = _("Site")


class BackusAdminConfig(AdminConfig):
    """Django's admin with our own site object, so that every app registers as usual."""

    default_site = "backus_site.admin_site.BackusAdminSite"
