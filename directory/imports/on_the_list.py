"""What the import and the export add to the list of contacts in the admin."""

from django.urls import path

from . import screens, sending


class ImportsAndExports:
    """For the admin of contacts: the addresses of the screens. The template of the list has the buttons."""

    change_list_template = "admin/directory/contact_list.html"

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(
            request, {"may_import": screens.may_import(request.user), **(extra_context or {})}
        )

    def get_urls(self):
        own = []
        for route, name, screen in (
            ("import/", "import", screens.bring),
            ("import/<str:key>/", "import_run", screens.one_run),
            ("import/<str:key>/report.csv", "import_report", screens.send_report),
            ("export/csv/", "export_csv", sending.export_csv),
            ("export/xlsx/", "export_xlsx", sending.export_xlsx),
        ):
            view = self.admin_site.admin_view(self._with_admin(screen))
            own.append(path(route, view, name=f"directory_contact_{name}"))
        return [*own, *super().get_urls()]

    def _with_admin(self, screen):
        return lambda request, **kwargs: screen(self, request, **kwargs)
