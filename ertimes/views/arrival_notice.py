"""The page of one notice, for whoever has its link: what staff know, and how to change or cancel it."""

from functools import wraps

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from publishing.head import PageHead

from ..arrival_forms import ChangeForm
from ..arrival_links import ForgedLinkError, notice_of
from ..arrivals import cancel
from ..models import EmergencyDepartment
from ..waits import wait_of


def kept_to_oneself(view):
    """Tell nobody the address of the page: it is the key to the notice."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapper


# No CSRF cookie, and no look at where the form comes from: a page that may tell nobody its address sends
# “Origin: null”. Another site cannot send this form either, since it does not know the address.
@never_cache
@csrf_exempt
@kept_to_oneself
@require_http_methods(["GET", "HEAD", "POST"])
def arrival_notice(request, slug, token):
    """Show the notice that the link is for; change or cancel it. htmx gets what staff have done with it alone."""
    # Whoever has told may see and cancel it also after the department was taken down.
    departments = EmergencyDepartment.objects.with_newest_readings().select_related("location")
    wait = wait_of(get_object_or_404(departments.with_published_contact(), slug=slug))
    try:
        notice = notice_of(wait.department, token)
    except ForgedLinkError:
        return _over(request, wait, forged=True)
    if notice is None:
        return _over(request, wait, forged=False)
    if request.method == "POST":
        return _changed(request, wait, notice)
    if request.htmx:
        if request.GET.get("known") == notice.state:
            return HttpResponse(status=204)  # htmx leaves the page as it is
        return _page(request, wait, notice, template_name="ertimes/arrival_notice.html#status")
    return _page(request, wait, notice)


def _changed(request, wait, notice):
    if request.POST.get("do") == "cancel":
        done = cancel(notice)
    else:
        form = ChangeForm(request.POST, notice=notice)
        if not form.is_valid():
            return _page(request, wait, notice, form=form, status=422)
        done = form.change()
    return redirect(request.path if done else f"{request.path}?refused=1")


def _page(request, wait, notice, *, form=None, status=200, template_name="ertimes/arrival_notice.html"):
    return TemplateResponse(
        request,
        template_name,
        {
            "head": PageHead(title=_("My notice"), indexed=False),
            "wait": wait,
            "department": wait.department,
            "contact": wait.department.contact,
            "notice": notice,
            "form": form or ChangeForm(notice=notice),
            "again": "again" in request.GET,
            "refused": "refused" in request.GET,
            "path": request.path,
        },
        status=status,
    )


def _over(request, wait, *, forged):
    title = _("This link is not good") if forged else _("This notice is over")
    return TemplateResponse(
        request,
        "ertimes/arrival_notice_over.html",
        {
            "head": PageHead(title=title, indexed=False),
            "title": title,
            "forged": forged,
            "wait": wait,
            "department": wait.department,
            "contact": wait.department.contact,
        },
        # 410 in both cases: the paths of pages that are not found (404) are counted and shown to editors.
        status=410,
    )
