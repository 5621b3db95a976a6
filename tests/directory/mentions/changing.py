"""What the directory's keeper does, in short."""

from dataclasses import replace

from directory.models import NumberMention
from publishing import drafting, history
from publishing.snapshots import take


def with_fields(content, **fields):
    """Return the Snapshot `content` with other fields of the thing itself."""
    return replace(content, root=replace(content.root, fields={**content.root.fields, **fields}))


def with_number(contact, before, after):
    """Return the content of `contact` with its number `before`, as it is displayed, changed to `after`."""
    content = take(contact)
    (key,) = [number.pk for number in contact.numbers.all() if number.displayed == before]
    parts = [
        replace(part, fields={**part.fields, "number": after}) if part.key == key else part for part in content.parts
    ]
    return replace(content, parts=tuple(parts))


def save(thing, content, *, base=None):
    return drafting.save(thing, content, base=base or history.begin(thing), user=None)


def publish_number(contact, before, after, **how):
    """Change a number of `contact` on its screen and publish the change."""
    save(contact, with_number(contact, before, after))
    return drafting.publish(contact, user=None, **how)


def told(thing=None):
    """Return (words, state, name of the contact or None) of the numbers in `thing`, or in all things."""
    mentions = NumberMention.objects.order_by("in_link", "pk").select_related("number__contact")
    mentions = mentions.about(thing) if thing else mentions
    return [(each.words, each.state, each.number and each.number.contact.name) for each in mentions]
