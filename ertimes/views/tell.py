"""The form by which somebody on the way tells an emergency department."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from publishing.client_address import sender_of
from publishing.head import PageHead
from publishing.visitor_forms import visitor_form

from ..arrival_forms import TellForm
from ..arrival_links import notice_link
from ..arrivals import TooManyNoticesError
from ..waits import current_waits
from .frame import wait_or_404
from .on_my_way import takes_notices


@never_cache
@visitor_form
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request, slug):
    """Show the form; store one notice for it, however often it is sent."""
    wait = wait_or_404(request, slug)
    if not takes_notices(wait):
        return _closed(request, wait)
    form = TellForm(request.POST if request.method == "POST" else None, department=wait.department)
    if form.is_bound:
        told = form.told_before()
        if told is not None:
            again = "" if form.says_the_same_as(told) else "?again=1"
            return redirect(notice_link(told) + again)
        if form.is_valid():
            try:
                return redirect(notice_link(form.tell(sender=sender_of(request, purpose="on my way"))))
            except TooManyNoticesError:
                return _too_many(request, wait)
    return _page(
        request, wait, "ertimes/tell.html", _("Tell them I am coming"), 422 if form.is_bound else 200, form=form
    )


def _closed(request, wait):
    """Say that nobody can be told here, and where else to go. What was sent all the same is a conflict."""
    others = [
        other
        for other in current_waits()
        if other.department.pk != wait.department.pk and other.status != other.department.Status.CLOSED
    ]
    status = 409 if request.method == "POST" else 200
    return _page(request, wait, "ertimes/tell_closed.html", _("Call before you come"), status, waits=others)


def _too_many(request, wait):
    response = _page(request, wait, "ertimes/tell_too_many.html", _("Come, or call"), 429)
    response["Retry-After"] = "3600"
    return response


def _page(request, wait, template_name, title, status, **context):
    return TemplateResponse(
        request,
        template_name,
        {
            "head": PageHead(title=f"{title}: {wait.department.name}", path=request.path, indexed=False),
            "title": title,
            "wait": wait,
            "department": wait.department,
            "contact": wait.department.contact,
            **context,
        },
        status=status,
    )
