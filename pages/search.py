"""What of the standing pages can be found: they themselves, the documents on them, and the features' list pages."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ertimes.answers import board_answer
from news.models import Article
from news.models import Block as PostBlock
from news.models import DocumentBlock as PostDocumentBlock
from publishing.excerpts import plain_text
from publishing.instant import now
from publishing.models import Document as LibraryDocument
from search.sources import Document, Source, own_path, register, several

from .models import Block, DocumentBlock, Page


def page_documents(page):
    """Return the Document of a page; where the page stands in two languages, each serves those of its own."""
    blocks = page.pages_block_set.all()
    texts = [page.lead, *(f"{block.heading} {block.text} {block.label} {block.value}" for block in blocks)]
    counterparts = Page.objects.filter(path=page.path).exclude(pk=page.pk)
    own = page.language == settings.LANGUAGE_CODE
    others = {code for code, _name in settings.LANGUAGES} - {page.language}
    translated = set(counterparts.filter(language__in=others).published().values_list("language", flat=True))
    yield Document(
        language=page.language,
        title=page.title,
        path=page.get_absolute_url(),
        localized=own,
        summary=page.description,
        text=plain_text(" ".join(texts)),
        serves=tuple(sorted({page.language, *others} - translated)),
        shown_from=page.published_at,
        shown_until=page.expires_at,
        demonstration=page.demonstration,
    )


def library_documents(document):
    """Return the Document of a file while a public page or post shows it; nobody finds another one.

    Of several the one counts that shows it now and longest, else the one that shows it next.
    """
    pages = [
        thing
        for model, blocks in ((Page, DocumentBlock), (Article, PostDocumentBlock))
        for thing in model.objects.filter(
            published_at__isnull=False, pk__in=blocks.objects.filter(document=document).values("parent")
        )
    ]
    shown = [page for page in pages if page.is_published_at()] or [page for page in pages if page.published_at > now()]
    if not shown:
        return
    page = max(shown, key=lambda page: (page.expires_at is None, page.expires_at or page.published_at))
    yield Document(
        language=settings.LANGUAGE_CODE,
        title=document.title,
        path=own_path(document),
        localized=False,
        summary=str(document.kind_name),
        shown_from=page.published_at,
        shown_until=page.expires_at,
        demonstration=page.demonstration,
    )


def _on_show(blocks):
    """Return the keys of the documents in `blocks`, a model of blocks, of what is public now or will be."""
    return blocks.objects.filter(parent__published_at__isnull=False).values("document")


def list_pages():
    """Return the Documents of the pages that list what a feature has. New ones are added at the end."""
    with override(settings.LANGUAGE_CODE):
        return [
            Document(
                language=settings.LANGUAGE_CODE,
                title=title,
                path=reverse(name),
                names=several(names),
                summary=summary,
                boost=boost,
            )
            for name, title, names, summary, boost in (
                (
                    "ertimes:board",
                    _("ER wait times"),
                    "ER, ED, emergency room, emergency, wait time, ER wait, emergency room wait, hospital wait time,"
                    " sala de emergencias, emergencias, urgencias, tiempo de espera",
                    _("How long the wait is now in each emergency room."),
                    90,
                ),
                (
                    "ertimes:care_guide",
                    _("Urgent or emergency?"),
                    "911, when to call 911, urgent care, urgent care or emergency, symptoms, cuidado urgente, síntomas",
                    _("What to do when you are ill: call 911, go to the emergency room, or find urgent care."),
                    0,
                ),
                (
                    "directory:contact_list",
                    _("Contact directory"),
                    "phone numbers, phone directory, telephone, contact us, contact, call, teléfonos, contacto",
                    _("The hospital’s phone numbers."),
                    0,
                ),
                (
                    "directory:service_list",
                    _("Medical services A to Z"),
                    "services, medical services, departments, specialties, servicios",
                    _("Find the care you need, from A to Z."),
                    0,
                ),
                (
                    "directory:person_list",
                    _("Find a doctor, nurse or other provider"),
                    "find a doctor, doctors, doctor, physician, provider, nurse, leadership,"
                    " médicos, buscar un médico, doctores",
                    _("Search by specialty or name, and meet the people who lead the hospital."),
                    0,
                ),
                (
                    "directory:location_list",
                    _("Locations"),
                    "locations, directions, address, where to go, map, ubicaciones, dirección, cómo llegar",
                    _("Hospitals, emergency care, health centers and medical offices."),
                    0,
                ),
                (
                    "news:article_list",
                    _("News"),
                    "news, press, noticias",
                    _("What is new at the hospital."),
                    0,
                ),
                (
                    "events:event_list",
                    _("Events"),
                    "events, classes, calendar, eventos, clases, calendario",
                    _("Classes, support groups and other events."),
                    0,
                ),
                (
                    "newsletter:subscribe",
                    _("Newsletter"),
                    "newsletter, subscribe, email news, boletín",
                    _("Have the hospital’s news sent to you by e-mail."),
                    0,
                ),
                (
                    "newsletter:text_alert_list",
                    _("Text alerts"),
                    "text alerts, text messages, sms, texting, mensajes de texto",
                    _("Health messages on your phone, by a keyword that you send."),
                    0,
                ),
                (
                    "cafe:menu",
                    _("Café menu"),
                    "cafe, cafeteria, menu, food, lunch, breakfast, supper, dinner, restaurant, allergens,"
                    " cafetería, menú, comida, almuerzo, desayuno, cena, alérgenos",
                    _("What the café cooks this week, with allergens."),
                    0,
                ),
            )
        ]


def list_page_answer(object_id):
    """Return the Answer of the list page that has this place in the list, made negative; only the board has one."""
    paths = {-place: page.path for place, page in enumerate(list_pages(), start=1)}
    with override(settings.LANGUAGE_CODE):
        board = reverse("ertimes:board")
    return board_answer() if paths.get(object_id) == board else None


def register_sources():
    register(
        Source(
            "page",
            gettext_lazy("Pages"),
            Page,
            lambda: (
                Page.objects.filter(published_at__isnull=False).exclude(path="").prefetch_related("pages_block_set")
            ),
            page_documents,
            points=50,
            parts={
                Block: lambda block: [block.parent_id],
                Page: lambda page: Page.objects.filter(path=page.path).values_list("pk", flat=True),
            },
            fixed=list_pages,
            answer=list_page_answer,
        )
    )
    register(
        Source(
            "document",
            gettext_lazy("Documents"),
            LibraryDocument,
            lambda: LibraryDocument.objects.filter(
                Q(pk__in=_on_show(DocumentBlock)) | Q(pk__in=_on_show(PostDocumentBlock))
            ),
            library_documents,
            points=20,
            parts={
                Block: lambda block: [block.document_id] if block.document_id else [],
                Page: lambda page: page.pages_block_set.exclude(document=None).values_list("document", flat=True),
                PostBlock: lambda block: [block.document_id] if block.document_id else [],
                Article: lambda post: post.news_block_set.exclude(document=None).values_list("document", flat=True),
            },
        )
    )
