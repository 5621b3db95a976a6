"""Every address of the site. Addresses for people also stand under /es/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path

from directory.sitemaps import LocationSitemap, PersonSitemap, ServiceSitemap
from ertimes.sitemaps import EmergencyDepartmentSitemap
from events.sitemaps import EventSitemap
from news.sitemaps import ArticleSitemap, CafeMenuSitemap
from newsletter.sitemaps import IssueSitemap, TextAlertSitemap
from pages.sitemaps import PageSitemap, SectionSitemap
from publishing.views import document, media

from . import machines

SITEMAPS = {
    "pages": PageSitemap,
    "sections": SectionSitemap,
    "er": EmergencyDepartmentSitemap,
    "services": ServiceSitemap,
    "locations": LocationSitemap,
    "people": PersonSitemap,
    "news": ArticleSitemap,
    "events": EventSitemap,
    "newsletters": IssueSitemap,
    "text_alerts": TextAlertSitemap,
    "cafe": CafeMenuSitemap,
}

handler400 = "backus_site.errors.bad_request"
handler403 = "backus_site.errors.permission_denied"
handler404 = "backus_site.errors.page_not_found"
handler500 = "backus_site.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("site.webmanifest", machines.web_manifest, name="web_manifest"),
    path(".well-known/security.txt", machines.security_txt, name="security_txt"),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_part"}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_part"),
    path("media/<path:path>", media, name="media"),
    path("documents/<int:pk>/<slug:slug>/", document, name="document"),
    path("api/er/", include("ertimes.api.urls")),
]

if "anymail" in settings.INSTALLED_APPS:
    urlpatterns.append(path("api/mail/", include("anymail.urls")))

if settings.DEBUG:
    urlpatterns.append(path("__debug__/", include("debug_toolbar.urls")))

urlpatterns += i18n_patterns(
    path("er/", include("ertimes.urls")),
    path("news/", include("news.urls")),
    path("cafe/", include("news.urls_cafe")),
    path("events/", include("events.urls")),
    path("newsletter/", include("newsletter.urls")),
    path("search/", include("search.urls")),
    path("", include("directory.urls")),
    path("", include("pages.urls")),
    prefix_default_language=False,
)
