"""The desk's screen for taking down, which says of a newsletter that its mails stay where they are."""

from django.contrib import messages

from publishing.admin.screens import unpublish

from ..mailing_words import what_stays

ROUTE = unpublish.ROUTE


def screen(admin, request, issue):
    """Say what a taking down does not reach, and go on as for any other thing."""
    if request.method == "GET" and (words := what_stays(issue)):
        messages.warning(request, words)
    return unpublish.screen(admin, request, issue)
