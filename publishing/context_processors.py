from django.conf import settings


def site(request):
    """Add what every page prints without asking the database."""
    return {
        "site_name": settings.SITE_NAME,
        "site_place": settings.SITE_PLACE,
        "main_phone": settings.MAIN_PHONE,
        "urgent_care": settings.URGENT_CARE,
        "demonstration": settings.DEMONSTRATION,
        "LANGUAGE_CODE": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
    }
