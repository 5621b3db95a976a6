"""One department's wait for the pages of others, in an <iframe>."""

from csp.decorators import csp_replace
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from .frame import wait_or_404
from .sending import send_html_once


@require_safe
@vary_on_headers("HX-Request")
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def widget(request, slug):
    """Show one wait, and nothing that could tell anybody where it was shown. The one page that others may frame."""
    template_name = "ertimes/_widget_wait.html" if request.htmx else "ertimes/widget.html"
    response = send_html_once(
        request,
        (template_name, slug),
        template_name,
        lambda at: [wait_or_404(request, slug)],
        lambda waits: {"wait": waits[0], "department": waits[0].department},
    )
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
