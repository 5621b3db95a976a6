"""The screen that shows what a weekly newsletter would send now."""

from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.admin.desk import show

from ..digests import is_empty, posts_since, preview
from ..trial_mails import without_marks
from .mail_screens import frame_query, look_of, size_told

ROUTE = "mail/"


def screen(admin, request, digest):
    """Show the mail as it would be written at this moment, or at another one that the editor chooses."""
    look = look_of(request)
    at = look["at"] or timezone.now()
    _issue, composition, rendering = preview(digest, at)
    return show(
        admin,
        request,
        digest,
        "admin/newsletter/digest_mail.html",
        _("What would be sent now"),
        rendering=rendering,
        letter=without_marks(rendering.text),
        empty=is_empty(composition),
        posts=len(composition.posts),
        events=len(composition.events),
        since=posts_since(digest, at),
        size=size_told(rendering),
        look=look,
        at=at,
        wrong_time=bool(request.GET.get("at")) and look["at"] is None,
        frame=f"{admin.address(digest, 'mail_shown')}?{frame_query(look, request.GET.get('at', ''))}",
    )
