from django.contrib.sitemaps import Sitemap

from .models import EmergencyDepartment


class EmergencyDepartmentSitemap(Sitemap):
    def items(self):
        return EmergencyDepartment.objects.published()
