"""The admin as the staff see it: the hospital's name on top, and what waits for them on the front page."""

from django.conf import settings
from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext_lazy as _

from publishing.dashboard import panels_for

from . import site_preview


class BackusAdminSite(admin.AdminSite):
    site_title = settings.SITE_NAME
    site_header = settings.SITE_NAME
    index_title = _("What would you like to change?")
    enable_nav_sidebar = True

    def index(self, request, extra_context=None):
        context = {"panels": panels_for(request.user), **(extra_context or {})}
        return super().index(request, context)

    def get_urls(self):
        view = self.admin_view(lambda request: site_preview.screen(self, request))
        return [path("preview/", view, name="preview_site"), *super().get_urls()]
