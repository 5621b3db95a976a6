"""For kinds without drafts, such as pictures: who saves second is told before anything is overwritten."""

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from .. import history
from ..models import Publishable
from ..tracking import is_tracked
from . import people


class TellsOfOthers:
    """For a ModelAdmin of a tracked model. The form carries the revision it was opened with, as `_base`.

    Where somebody has saved since, the form comes back as it was filled in, says who and when, and stores
    nothing; sent again, it is saved. What is published has drafts and a merge instead.
    """

    def _tells(self, obj):
        return obj is not None and is_tracked(self.model) and not issubclass(self.model, Publishable)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and self._tells(obj):
            context["base"] = history.number_of_head(obj)
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        base = request.POST.get("_base")
        if not change or base is None or not self._tells(obj):
            return form

        class Telling(form):
            def clean(self):
                cleaned = super().clean()
                type(obj)._base_manager.select_for_update().get(pk=obj.pk)  # nobody saves between this and our saving
                head = history.head_of(obj)
                if head is not None and str(head.pk) != base:
                    self.add_error(None, _who_saved(head))
                return cleaned

        return Telling


def _who_saved(head):
    return gettext(
        "%(who)s saved this at %(at)s, after you had opened it. Nothing of yours is stored yet: look into the history "
        "at what was changed. If you save once more, yours stands."
    ) % {"who": people.name_of(head.user), "at": time_format(localtime(head.date_created), "TIME_FORMAT")}
