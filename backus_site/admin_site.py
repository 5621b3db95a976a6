"""The admin as the staff see it: the hospital's name in place of "Django administration"."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class BackusAdminSite(admin.AdminSite):
    site_title = settings.SITE_NAME
    site_header = settings.SITE_NAME
    index_title = _("What would you like to change?")
    enable_nav_sidebar = True
