from django.contrib.admin.apps import AdminConfig


class BackusAdminConfig(AdminConfig):
    """Django's admin with our own site object, so that every app registers as usual."""

    default_site = "backus_site.admin_site.BackusAdminSite"
