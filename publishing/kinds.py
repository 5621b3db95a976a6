"""The kinds of things that are published, and those with pages of their own."""

from .models import Publishable
from .tracking import tracked_models


def publishable_models():
    """Return the tracked models whose things are published, in the order in which they were named."""
    return [model for model in tracked_models() if issubclass(model, Publishable)]


def models_with_pages():
    """Return (model, name of the field that stands in the address of its pages) of those that have pages."""
    return [
        (model, field.name)
        for model in publishable_models()
        if hasattr(model, "get_absolute_url")
        for field in model._meta.fields
        if field.name in ("slug", "path")
    ]
