"""Things of the site as tests need them: each function makes one, live since 2020 unless it is told otherwise."""

import io
import itertools
import zipfile
from datetime import UTC, date, datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture

from directory.models import (
    Contact,
    ContactNumber,
    Holiday,
    Location,
    NumberCheck,
    Offering,
    Person,
    Section,
    Service,
    SpecialHours,
    WeeklyHours,
)
from ertimes.models import ArrivalNotice, EmergencyDepartment, Visit, WaitTimeReading
from events.models import Event, Registration
from news.models import BLOCK_TYPES as NEWS_BLOCK_TYPES
from news.models import Article, CafeDish, CafeMenu, Topic
from newsletter.models import Digest, Issue, MailingList, Subscriber, Subscription, TextAlert
from pages.models import BLOCK_TYPES, MenuItem, Page, Promotion, SiteAlert
from publishing.models import Document, Image, Video

LIVE_SINCE = datetime(2020, 1, 1, 12, tzinfo=UTC)

_numbers = itertools.count(1)


def picture_bytes(*, file_format="PNG", mode="RGB", size=(60, 40), colour=None, **options):
    """Return a picture of one colour as the bytes of a file."""
    file = io.BytesIO()
    Picture.new(mode, size, colour if colour is not None else 0).save(file, file_format, **options)
    return file.getvalue()


def create_image(*, width=600, height=400, decorative=False, alternative_text="A nurse smiles.", **fields):
    upload = ContentFile(picture_bytes(file_format="JPEG", size=(width, height)), name="upload.jpg")
    image = Image(
        title=f"Picture {next(_numbers)}",
        file=upload,
        decorative=decorative,
        alternative_text="" if decorative else alternative_text,
        **fields,
    )
    image.full_clean()
    image.save()
    return image


def pdf_bytes(text="Visiting hours"):
    """Return a small PDF as the bytes of a file; another text, other bytes."""
    return f"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n% {text}\ntrailer<</Root 1 0 R>>\n%%EOF\n".encode()


def archive_bytes(*names):
    """Return a zip archive of files that are called `names`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<xml/>")
    return file.getvalue()


def create_document(*, title=None, content=None, name="guide.pdf", **fields):
    document = Document(
        title=title or f"Document {next(_numbers)}",
        file=ContentFile(content if content is not None else pdf_bytes(), name=name),
        **fields,
    )
    document.full_clean()
    document.save()
    return document


def create_video(*, title=None, with_film=True, **fields):
    fields.setdefault("published_at", LIVE_SINCE)
    video = Video(title=title or f"Film {next(_numbers)}", text="A film about the hospital.", **fields)
    if with_film:
        video.file = ContentFile(b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 100, name="film.mp4")
        video.captions = ContentFile(b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n", name="film.vtt")
    video.full_clean()
    video.save()
    return video


def create_topic(*, name=None, slug=None, **fields):
    number = next(_numbers)
    return Topic.objects.create(name=name or f"Topic {number}", slug=slug or f"topic-{number}", **fields)


def create_article(*, headline=None, slug=None, topics=(), **fields):
    number = next(_numbers)
    fields.setdefault("published_at", LIVE_SINCE)
    fields.setdefault("body", "<p>The hospital opens a clinic.</p>")
    article = Article.objects.create(
        headline=headline or f"Headline {number}", slug=slug or f"headline-{number}", **fields
    )
    article.topics.set(topics)
    return article


def create_post_block(*, article, kind, ordering=None, **fields):
    """Make a block of `article`; `kind` is a news.models.Block.Kind."""
    block_type = next(block_type for block_type in NEWS_BLOCK_TYPES if kind == block_type.KIND)
    ordering = ordering or next(_numbers)
    return block_type.objects.create(parent=article, region="main", ordering=ordering, **fields)


def create_cafe_menu(*, week=date(2026, 6, 8), dishes=(), **fields):
    """Make a menu; `dishes` are dicts of what is to be told of each, on Monday at lunch unless it says otherwise."""
    fields.setdefault("published_at", LIVE_SINCE)
    menu = CafeMenu.objects.create(week=week, **fields)
    for dish in dishes:
        CafeDish.objects.create(menu=menu, **{"day": 0, "name": f"Dish {next(_numbers)}", **dish})
    return menu


def build_event(*, title=None, slug=None, **fields):
    """Return an Event that is not stored: by default on June 4, 2021, 10 AM to 11:30 AM."""
    number = next(_numbers)
    fields.setdefault("published_at", LIVE_SINCE)
    if fields.get("timing", Event.Timing.AT_A_TIME) in Event.DATED:
        fields.setdefault("first_day", date(2021, 6, 4))
        if fields.get("timing", Event.Timing.AT_A_TIME) == Event.Timing.AT_A_TIME:
            fields.setdefault("start_time", time(10))
            fields.setdefault("end_time", time(11, 30))
    return Event(title=title or f"Event {number}", slug=slug or f"event-{number}", **fields)


def create_event(*, topics=(), audiences=(), **fields):
    event = build_event(**fields)
    event.full_clean()
    event.save()
    event.topics.set(topics)
    event.audiences.set(audiences)
    return event


def create_registration(date, **fields):
    """Store a Registration for `date`, an EventDate, without asking whether there is a seat."""
    number = next(_numbers)
    values = {"name": f"Visitor {number}", "email": f"visitor{number}@example.org", "nonce": f"nonce-{number}"}
    return Registration.objects.create(date=date, **values | fields)


def create_section(*, name=None, slug=None, position=None):
    number = next(_numbers)
    return Section.objects.create(
        name=name or f"Section {number}", slug=slug or f"section-{number}", position=position or number
    )


def create_contact(*, name=None, section=None, position=1, number=None, **fields):
    """Make a contact; `number` gives it a phone number, such as "860-889-8331"."""
    fields.setdefault("published_at", LIVE_SINCE)
    contact = Contact.objects.create(
        name=f"Contact {next(_numbers)}" if name is None else name,
        section=section or create_section(),
        position=position,
        **fields,
    )
    if number:
        create_number(contact=contact, number=number)
    return contact


def create_number(*, contact=None, number="", kind=ContactNumber.Kind.VOICE, **fields):
    if not number and kind != ContactNumber.Kind.SHORT_CODE:
        number = "860-889-8331"
    stored = ContactNumber(contact=contact or create_contact(), number=number, kind=kind, **fields)
    stored.full_clean()
    stored.save()
    return ContactNumber.objects.get(pk=stored.pk)


def create_check(*, contact, outcome=NumberCheck.Outcome.RIGHT, number=None, checked_at=None, **fields):
    """Make a check of a contact's first number, or of `number` (ContactNumber.value): right, and just now."""
    return NumberCheck.objects.create(
        contact=contact,
        outcome=outcome,
        number=number or contact.numbers.first().value,
        checked_at=checked_at or timezone.now(),
        **fields,
    )


def create_holiday(*, day=date(2026, 11, 26), name="Thanksgiving Day"):
    return Holiday.objects.create(day=day, name=name)


def create_location(*, name=None, slug=None, **fields):
    number = next(_numbers)
    fields.setdefault("published_at", LIVE_SINCE)
    return Location.objects.create(name=name or f"Location {number}", slug=slug or f"location-{number}", **fields)


def create_hours(location, *, weekday=0, opens=time(8), closes=time(16, 30), **fields):
    """Make a row of the week's hours of `location`; with all_day=True it has no times. Monday is 0."""
    if fields.get("all_day"):
        opens = closes = None
    row = WeeklyHours(location=location, weekday=weekday, opens=opens, closes=closes, **fields)
    row.full_clean()
    row.save()
    return row


def create_special_hours(location, *, day, name="Thanksgiving Day", opens=None, closes=None, **fields):
    """Make a row of a special day of `location`: closed, unless it has times or all_day=True."""
    fields.setdefault("closed", opens is None and not fields.get("all_day"))
    row = SpecialHours(location=location, day=day, name=name, opens=opens, closes=closes, **fields)
    row.full_clean()
    row.save()
    return row


def create_service(*, name=None, slug=None, summary="Care for everybody.", **fields):
    number = next(_numbers)
    fields.setdefault("published_at", LIVE_SINCE)
    return Service.objects.create(
        name=name or f"Service {number}", slug=slug or f"service-{number}", summary=summary, **fields
    )


def create_offering(*, service, location=None, **fields):
    offering = Offering(service=service, location=location or create_location(), **fields)
    offering.full_clean()
    offering.save()
    return offering


def create_person(*, name=None, sort_name=None, slug=None, provider=True, **fields):
    number = next(_numbers)
    fields.setdefault("published_at", LIVE_SINCE)
    name = name or f"Person {number}"
    return Person.objects.create(
        name=name, sort_name=sort_name or name, slug=slug or f"person-{number}", provider=provider, **fields
    )


def create_department(*, name=None, slug=None, location=None, **fields):
    number = next(_numbers)
    defaults = {
        "published_at": LIVE_SINCE,
        "start_event": "arrival",
        "end_event": "being seen by a physician or advance practitioner",
        "window_minutes": 60,
    }
    return EmergencyDepartment.objects.create(
        name=name or f"Emergency Department {number}",
        slug=slug or f"emergency-{number}",
        location=location or create_location(),
        **{**defaults, **fields},
    )


def create_reading(*, department=None, observed_at=None, minutes=25, **fields):
    return WaitTimeReading.objects.create(
        department=department or create_department(),
        observed_at=observed_at or timezone.now(),
        door_to_provider=timedelta(minutes=minutes),
        **fields,
    )


def create_visit(*, department=None, arrived_at=None, seen_at=None, **fields):
    return Visit.objects.create(
        department=department or create_department(),
        key=f"{next(_numbers):064x}",
        arrived_at=arrived_at or timezone.now(),
        seen_at=seen_at,
        **fields,
    )


def create_arrival_notice(*, department=None, name="Ana", expected_at=None, **fields):
    """Make a notice of somebody who is expected in half an hour, unless it is told otherwise."""
    number = next(_numbers)
    return ArrivalNotice.objects.create(
        department=department or create_department(),
        name=name,
        expected_at=expected_at or timezone.now() + timedelta(minutes=30),
        **{"code": f"K{number}", "nonce": f"nonce-{number}", **fields},
    )


def create_mailing_list(*, name=None, slug=None, **fields):
    number = next(_numbers)
    fields.setdefault("description", "Health news, twice a month.")
    return MailingList.objects.create(name=name or f"List {number}", slug=slug or f"list-{number}", **fields)


def create_issue(*, subject=None, slug=None, lists=(), blocks=(), **fields):
    """Make a newsletter; `blocks` are blocks that are not stored, in their order."""
    number = next(_numbers)
    fields.setdefault("published_at", LIVE_SINCE)
    issue = Issue.objects.create(
        subject=subject or f"Newsletter {number}", slug=slug or f"newsletter-{number}", **fields
    )
    issue.lists.set(lists)
    for position, block in enumerate(blocks, start=1):
        block.parent, block.region, block.ordering = issue, "main", position
        block.save()
    return issue


def create_digest(*, subject=None, **fields):
    """Make a weekly newsletter for Mondays at 7 AM, known since 2020."""
    fields["mailing_list"] = fields.get("mailing_list") or create_mailing_list()
    fields.setdefault("made_at", LIVE_SINCE)
    return Digest.objects.create(subject=subject or f"Digest {next(_numbers)}", **fields)


def create_subscriber(*, email=None, lists=(), confirmed_at=None, **fields):
    """Make a subscriber of `lists`; with `confirmed_at` confirmed, of a list of its own where none is named."""
    subscriber = Subscriber.objects.create(email=email or f"reader-{next(_numbers)}@example.org", **fields)
    for each in lists or ([create_mailing_list()] if confirmed_at else []):
        Subscription.objects.create(subscriber=subscriber, mailing_list=each, confirmed_at=confirmed_at)
    return subscriber


def create_text_alert(*, name=None, slug=None, **fields):
    number = next(_numbers)
    fields.setdefault("published_at", LIVE_SINCE)
    defaults = {
        "keyword": "HEALTH",
        "short_code": "12345",
        "what": "<p>Tips for a healthy week.</p>",
        "how_often": "About 4 messages a month.",
        "stop": "Text STOP to 12345.",
        "help": "Text HELP to 12345.",
        "terms": "<p>For people of 13 years or more.</p>",
        "privacy": "<p>The number is given to nobody.</p>",
    }
    return TextAlert.objects.create(
        name=name or f"Text alert {number}", slug=slug or f"text-alert-{number}", **{**defaults, **fields}
    )


def create_page(*, path=None, title=None, **fields):
    number = next(_numbers)
    fields.setdefault("published_at", LIVE_SINCE)
    return Page.objects.create(
        path=f"page-{number}" if path is None else path, title=title or f"Page {number}", **fields
    )


def create_block(*, page, kind, ordering=None, **fields):
    """Make a block of `kind`, one of Block.Kind, at the end of `page`."""
    block_type = next(block_type for block_type in BLOCK_TYPES if kind == block_type.KIND)
    return block_type.objects.create(parent=page, region="main", ordering=ordering or next(_numbers), **fields)


def create_promotion(*, title=None, **fields):
    fields.setdefault("published_at", LIVE_SINCE)
    fields.setdefault("text", "<p>Come and see.</p>")
    return Promotion.objects.create(title=title or f"Promotion {next(_numbers)}", **fields)


def create_alert(*, heading=None, **fields):
    fields.setdefault("published_at", LIVE_SINCE)
    return SiteAlert.objects.create(heading=heading or f"Alert {next(_numbers)}", **fields)


def create_menu_item(*, menu=MenuItem.Menu.MAIN, label=None, address="/contact/", position=None, **fields):
    number = next(_numbers)
    return MenuItem.objects.create(
        menu=menu, label=label or f"Link {number}", address=address, position=position or number, **fields
    )


def create_editor(*, permissions=(), **fields):
    """Make a member of the staff; `permissions` are codenames such as "change_article"."""
    user = get_user_model().objects.create_user(
        f"editor-{next(_numbers)}", password="correct horse battery", is_staff=True, **fields
    )
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def create_superuser():
    return get_user_model().objects.create_superuser(f"chief-{next(_numbers)}", password="correct horse battery")
