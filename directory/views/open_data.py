"""The phone list for other sites and apps, and the page that describes it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from publishing import instant, json_ld
from publishing.caching import LONGEST
from publishing.head import PageHead, absolute
from publishing.once import once_within
from publishing.open_to_other_sites import etag_of, open_to_other_sites

from ..models import Contact
from ..open_data import COLUMNS, FIELDS, contacts_as_data, csv_of, directory_as_data, json_of, newest_change

EXAMPLES = 1  # contacts on the page that documents the data


@dataclass(frozen=True)
class DataFile:
    """A file of open data: its bytes, the ETag that stays while it says the same, and when a contact in it changed."""

    body: bytes
    etag: str
    changed_at: datetime | None


@require_http_methods(["GET", "HEAD", "OPTIONS"])
@open_to_other_sites
def directory_json(request):
    """Send the public directory as JSON: see directory.open_data."""

    def make(at):
        data = directory_as_data(at)
        stamped = {"generated_at": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", **data}
        # When it was made changes nothing: the ETag is weak.
        return DataFile(json_of(stamped), f"W/{etag_of(json_of(data))}", newest_change(data["contacts"])), ()

    file = once_within(settings.DIRECTORY_DATA_KEPT_FOR, "directory.json", make)
    return _sent(request, file, "application/json")


@require_http_methods(["GET", "HEAD", "OPTIONS"])
@open_to_other_sites
def directory_csv(request):
    """Send the public directory as CSV: see directory.open_data."""

    def make(at):
        contacts = contacts_as_data(Contact.objects.published(at), at)
        body = csv_of(contacts)
        return DataFile(body, etag_of(body), newest_change(contacts)), ()

    file = once_within(settings.DIRECTORY_DATA_KEPT_FOR, "directory.csv", make)
    response = _sent(request, file, "text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = 'attachment; filename="directory.csv"'
    return response


@require_safe
def open_data(request):
    """Describe the open data field by field, with what it says now of a contact."""
    at = instant.now()
    first = contacts_as_data(Contact.objects.published(at)[:EXAMPLES], at)
    title = _("The directory as open data")
    return TemplateResponse(
        request,
        "directory/open_data.html",
        {
            "head": PageHead(
                title=title,
                description=_("The phone numbers of the hospital for other sites and apps: as JSON and as CSV."),
                path=request.path,
                json_ld=[
                    json_ld.trail((_("Contact directory"), reverse("directory:contact_list")), (title, request.path)),
                ],
            ),
            "addresses": [
                (name, absolute(reverse(f"directory:{view}")))
                for name, view in (("JSON", "directory_json"), ("CSV", "directory_csv"))
            ],
            "fields": FIELDS,
            "columns": ", ".join(COLUMNS),
            "example": json.dumps(first[0], indent=2, ensure_ascii=False) if first else "",
        },
    )


def _sent(request, file, content_type):
    """Return the response with a DataFile; 304 where the reader has it.

    Last-Modified is for people to read: whether a reader has it is asked by the ETag alone, since what is taken
    down changes the file and leaves no newer date in it.
    """
    response = HttpResponse(file.body, content_type=content_type)
    patch_cache_control(response, public=True, max_age=LONGEST)
    response["ETag"] = file.etag
    if file.changed_at:
        response["Last-Modified"] = http_date(file.changed_at.timestamp())
    return get_conditional_response(request, etag=response["ETag"], response=response)
