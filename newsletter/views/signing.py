"""Signing up: the form, and the page that says to look into one's mail."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from publishing.client_address import sender_of
from publishing.head import PageHead
from publishing.visitor_forms import visitor_form

from ..forms import CONSENT, SubscribeForm
from ..limits import TooManyError
from ..list_choices import choices_of
from ..models import MailingList


@never_cache
@visitor_form
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request):
    """Show the form, with the boxes ticked that ?list= and ?topic= name; take an address and ask it to confirm."""
    lists = list(MailingList.objects.on_offer().select_related("topic"))
    if request.method == "POST":
        form = SubscribeForm(request.POST, lists=lists)
        if form.is_valid():
            try:
                form.ask(page=request.path, sender=sender_of(request, purpose="newsletter"))
            except TooManyError as error:
                return _too_many(request, error)
            return redirect("newsletter:asked")
    else:
        form = SubscribeForm(lists=lists, chosen=_chosen(request, lists))
    return TemplateResponse(
        request,
        "newsletter/subscribe.html",
        {
            "head": PageHead(
                title=_("Newsletter"),
                description=_("Choose what the hospital may send you by email."),
                path=request.path,
            ),
            "form": form,
            "choices": choices_of(form["lists"]),
            "consent": CONSENT,
        },
        status=422 if form.is_bound else 200,
    )


@require_safe
def asked(request):
    """Say to look into one's mail. The same page whether or not the address is known."""
    return TemplateResponse(
        request, "newsletter/asked.html", {"head": PageHead(title=_("Look into your mail"), indexed=False)}
    )


def _chosen(request, lists):
    """Return the slugs of the lists that the address names; of the only one where there is no other."""
    named, topics = set(request.GET.getlist("list")), set(request.GET.getlist("topic"))
    chosen = [each.slug for each in lists if each.slug in named or (each.topic and each.topic.slug in topics)]
    return chosen if chosen or len(lists) != 1 else [lists[0].slug]


def _too_many(request, error):
    head = PageHead(title=_("Not taken"), indexed=False)
    context = {"head": head, "title": _("Not taken"), "reason": str(error.args[0])}
    response = TemplateResponse(request, "newsletter/too_many.html", context, status=429)
    response["Retry-After"] = "3600"
    return response
