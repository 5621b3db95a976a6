"""A new contact's first number, filled in from the address of its form: ?number=860.425.3800."""

LONGEST = 64
FEWEST_DIGITS = 7  # of a phone number; fewer are a short code


def number_in(request):
    """Return the number that the address of an empty form names, or ""."""
    if request.method != "GET":
        return ""
    return "".join(char for char in request.GET.get("number", "") if char.isprintable())[:LONGEST].strip()


class PrefilledNumber:
    """For the ModelAdmin of contacts: the line of its first number offers what the address says."""

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        number = number_in(request)
        if number and inline.model._meta.model_name == "contactnumber":
            is_phone = sum(map(str.isdigit, number)) >= FEWEST_DIGITS
            kwargs["initial"] = [{"number": number} if is_phone else {"short_code": number, "kind": "short_code"}]
        return kwargs


class LineForPrefilledNumber:
    """For the inline of numbers: it has an empty line where the address names a number."""

    def get_extra(self, request, obj=None, **kwargs):
        return 1 if obj is None and number_in(request) else super().get_extra(request, obj, **kwargs)
