"""What may be wrong with a post, besides what is checked in every text."""

from django.utils.translation import gettext as _

from publishing.checks import Finding, Level
from publishing.models import Publishable
from search.bet_pages import entries_at

from .models import BLOCK_TYPES, Allergen, Article
from .reading_on import ways_of

FROM_MEAT_OR_FISH = {Allergen.FISH, Allergen.SHELLFISH}
FROM_ANIMALS = FROM_MEAT_OR_FISH | {Allergen.MILK, Allergen.EGGS}


def check_press_release(manuscript):
    """Find a press release that names nobody for journalists to ask, or somebody whom the public does not see."""
    article = manuscript.thing
    if article.kind != Article.Kind.PRESS_RELEASE:
        return
    if article.media_contact is None:
        message = _("A press release names whom journalists ask: choose the media contact.")
        yield Finding(Level.ERROR, "no-media-contact", message, article, "media_contact")
    elif not article.media_contact.is_published_at(manuscript.at):
        yield _hidden(article, "media_contact", article.media_contact)


def check_what_blocks_show(manuscript):
    """Find blocks that readers would not see, since what they show is not public when the post goes live."""
    for part, field, thing in _shown_in(manuscript.parts[1:]):
        if not thing.is_published_at(manuscript.at):
            yield _hidden(part, field.name, thing)


def check_blocks_are_whole(manuscript):
    """Find blocks without what they need, as where a picture was deleted for good that an old version shows."""
    needed = {block_type.KIND: block_type.REQUIRED for block_type in BLOCK_TYPES}
    for block in manuscript.parts[1:]:
        for name in needed[block.kind]:
            if not getattr(block, name):
                message = _(
                    "A block is not complete (%(kind)s): %(field)s is missing. Fill it in, or delete the block."
                ) % {
                    "kind": block.get_kind_display(),
                    "field": block._meta.get_field(name).verbose_name,
                }
                yield Finding(Level.ERROR, "incomplete-block", message, block, name)


def check_pages_to_read_on(manuscript):
    """Find addresses to read on at where the public finds no page."""
    ways = {part: ways_of(part.address) for part in manuscript.parts[1:] if part.address}
    known = entries_at({way for each in ways.values() for way in each}) if ways else {}
    for part, each in ways.items():
        if not any(is_shown for way in each for _entry, is_shown in known.get(way, [])):
            message = _("Readers do not see the link to %(address)s: the public finds no page there now.") % {
                "address": part.address
            }
            yield Finding(Level.WARNING, "read-on-hidden", message, part, "address", part.address)


def check_dishes(manuscript):
    """Find dishes that nobody has gone through for allergens, and those whose marks cannot all be right."""
    for dish in manuscript.parts[1:]:
        if not dish.allergens_known:
            message = _("Nobody has gone through the allergens of “%(dish)s”: readers are told to ask the kitchen.") % {
                "dish": dish
            }
            yield Finding(Level.WARNING, "allergens-unknown", message, dish, "allergens_known", dish.name)
        wrong = FROM_ANIMALS if dish.vegan else FROM_MEAT_OR_FISH if dish.vegetarian else set()
        if wrong & set(dish.allergens.split(",")):
            message = _("“%(dish)s” is marked as %(mark)s and contains: %(allergens)s. Which is it?") % {
                "dish": dish,
                "mark": _("vegan") if dish.vegan else _("vegetarian"),
                "allergens": ", ".join(map(str, dish.allergen_names)),
            }
            yield Finding(Level.ERROR, "marks-contradict", message, dish, "allergens", dish.allergens)


OF_POSTS = (check_press_release, check_what_blocks_show, check_blocks_are_whole, check_pages_to_read_on)


def _shown_in(parts):
    """Return (part, field, thing) of everything publishable that `parts` show, in one query a model."""
    fields = [
        field
        for field in (parts[0]._meta.concrete_fields if parts else ())
        if field.is_relation and field.name != "parent" and issubclass(field.related_model, Publishable)
    ]
    for field in fields:
        keys = {getattr(part, field.attname) for part in parts} - {None}
        things = field.related_model._base_manager.in_bulk(keys) if keys else {}
        for part in parts:
            if thing := things.get(getattr(part, field.attname)):
                yield part, field, thing


def _hidden(part, name, thing):
    message = _("Readers do not see “%(thing)s”: it is not public.") % {"thing": thing}
    return Finding(Level.WARNING, "hidden-thing", message, part, name, str(thing))
