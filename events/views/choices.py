"""What visitors can choose among events by: looked up once for all who ask."""

from django.conf import settings

from publishing.once import once_for

from ..filters import choices_in


def choices_for(request, which, events):
    """Return what `choices_in` finds in `events`, at most EVENT_CHOICES_KEPT_FOR old. `which` names these events."""
    return once_for(
        request, settings.EVENT_CHOICES_KEPT_FOR, ("event choices", which), lambda at: (choices_in(events), ())
    )
