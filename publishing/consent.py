"""Whose consent to be shown is about to end."""

from django.db.models import Q

from .models import Image


def images_with_consent_ending(by_date):
    """Return the pictures of patients whose consent is missing, has ended or ends until `by_date`, a date.

    The soonest first. A consent without an end is not among them.
    """
    ending = Q(consent_expires_on__lte=by_date) | Q(consent_record="")
    return Image.objects.filter(ending, shows_patient=True).order_by("consent_expires_on", "pk")
