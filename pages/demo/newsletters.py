from news.models import Topic
from newsletter.models import BLOCK_TYPES, Issue, MailingList, TextAlert

from .files import read
from .storing import Tally, store

TYPES = {block_type.KIND.value: block_type for block_type in BLOCK_TYPES}


def load_mailing_lists(now):
    specs = read("newsletter")["lists"]
    new = 0
    for position, spec in enumerate(specs, start=1):
        topic = Topic.objects.get(slug=spec.pop("topic")) if "topic" in spec else None
        _, is_new = store(MailingList, {"slug": spec.pop("slug")}, position=position * 10, topic=topic, **spec)
        new += is_new
    return Tally("mailing lists", len(specs), new)


def load_newsletters(now):
    """Store the newsletters, which are marked as made up and so are mailed to nobody."""
    specs = read("newsletter")["issues"]
    new = 0
    for spec in specs:
        issue, is_new = store(
            Issue,
            {"slug": spec["slug"]},
            subject=spec["subject"],
            preheader=spec["preheader"],
            published_at=now,
            demonstration=True,
        )
        if is_new:
            issue.lists.set(MailingList.objects.filter(slug__in=spec["lists"]))
            for place, block in enumerate(spec["blocks"], start=1):
                _store_block(issue, place * 10, block)
        new += is_new
    return Tally("newsletters", len(specs), new)


def load_text_alerts(now):
    """Store the text alerts. What they say around the hospital's keyword is made up."""
    specs = read("newsletter")["text_alerts"]
    new = 0
    for spec in specs:
        _, is_new = store(TextAlert, {"slug": spec.pop("slug")}, published_at=now, demonstration=True, **spec)
        new += is_new
    return Tally("text alerts", len(specs), new)


def _store_block(issue, ordering, spec):
    values = {**spec, "text": spec.get("text", "").strip()}
    block = TYPES[values.pop("kind")](parent=issue, region="main", ordering=ordering, **values)
    block.full_clean()
    block.save()
