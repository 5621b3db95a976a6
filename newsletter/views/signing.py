from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from publishing.head import PageHead
from publishing.visitor_forms import visitor_form

from ..forms import SubscribeForm
from ..links import ForgedLinkError, OldLinkError, subscriber_to_confirm, subscriber_to_leave


@visitor_form
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request):
    """Show the form; take an address and ask it to confirm."""
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.ask_for_confirmation()
        return redirect("newsletter:asked")
    return TemplateResponse(
        request,
        "newsletter/subscribe.html",
        {
            "head": PageHead(
                title=_("Newsletter"), description=_("Health news from the hospital by email."), path=request.path
            ),
            "form": form,
        },
        status=422 if form.is_bound else 200,
    )


@require_safe
def asked(request):
    """Say to look into one's mail. The same page whether or not the address is known."""
    return TemplateResponse(
        request, "newsletter/asked.html", {"head": PageHead(title=_("Look into your mail"), indexed=False)}
    )


@never_cache
@visitor_form
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Show one button; the POST confirms, since mail scanners follow links."""
    try:
        subscriber = subscriber_to_confirm(token)
    except (ForgedLinkError, OldLinkError):
        subscriber = None
    done = False
    if request.method == "POST" and subscriber is not None:
        subscriber.confirm()
        done = True
    return TemplateResponse(
        request,
        "newsletter/confirm.html",
        {
            "head": PageHead(title=_("Confirm the newsletter"), indexed=False),
            "known": subscriber is not None,
            "done": done,
        },
        status=404 if subscriber is None else 200,
    )


@never_cache
@visitor_form
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, token):
    """Show one button; the POST deletes the address. A link used before answers as if it did so again."""
    try:
        subscriber = subscriber_to_leave(token)
    except ForgedLinkError:
        subscriber = None
    done = request.method == "POST"
    if done and subscriber is not None:
        subscriber.delete()
    return TemplateResponse(
        request,
        "newsletter/leave.html",
        {"head": PageHead(title=_("Leave the newsletter"), indexed=False), "done": done},
    )
