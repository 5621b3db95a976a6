"""The screen on which pictures and documents come into the library: several at once, each judged by itself."""

from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from js_asset import Media, Script

from .. import history
from ..admin_addresses import address_in_admin
from ..duplicates import duplicates_of
from ..library_forms import WordsForDocument, WordsForPicture
from ..models import Document, Image, RevisionNote, Upload
from ..permissions import may
from ..row_numbers import row_number
from ..uploads import DOCUMENT_SUFFIXES, MAX_UPLOAD_BYTES, readable_name

LIBRARY = {Upload.Kind.PICTURE: (Image, WordsForPicture), Upload.Kind.DOCUMENT: (Document, WordsForDocument)}


class Card:
    """One waiting upload on the screen: its form, and `duplicate`, the thing of the library that is the same file."""

    def __init__(self, upload, *, duplicate=None, data=None):
        self.upload = upload
        self.duplicate = duplicate
        self.prefix = f"new-{upload.pk}"
        self.data = data if data is not None and f"{self.prefix}-title" in data else None
        self.keeps_both = bool(data) and f"{self.prefix}-keep_both" in data
        self.duplicate_refused = False
        self.form = self._form(self.data)

    def _form(self, data, **options):
        form_class = LIBRARY[self.upload.kind][1]
        options.setdefault("initial", {"title": self.upload.suggested_title})
        return form_class(data, prefix=self.prefix, instance=self.upload.as_library_entry(), **options)

    @property
    def duplicate_address(self):
        return address_in_admin(self.duplicate)

    def show_without_judging(self):
        """Keep what was typed, but say nothing of what is still missing."""
        if self.data is not None:
            self.form = self._form(None, initial={name: self.form[name].data for name in self.form.fields})

    def join_library(self, user):
        """Store the picture or document with its words and return it; None where something is missing."""
        self.duplicate_refused = self.duplicate is not None and not self.keeps_both
        if not self.form.is_valid() or self.duplicate_refused:
            return None
        with transaction.atomic():
            thing = self.form.save()
            self.upload.delete()
            history.record(thing, user=user, deed=RevisionNote.Deed.SAVED)
        return thing


def cards_of(uploads, data=None):
    """Return the Cards of `uploads`; at most two queries for all of them."""
    uploads = list(uploads)
    same = {}
    for kind, (model, _form) in LIBRARY.items():
        of_kind = [upload for upload in uploads if upload.kind == kind]
        hashes = {each for upload in of_kind for each in (upload.content_hash, upload.came_as)}
        same[kind] = duplicates_of(model=model, hashes=hashes)
    return [
        Card(
            upload,
            duplicate=same[upload.kind].get(upload.content_hash) or same[upload.kind].get(upload.came_as),
            data=data,
        )
        for upload in uploads
    ]


@admin.register(Upload)
class UploadAdmin(admin.ModelAdmin):
    """No list of rows but the one screen; who may add pictures or documents may use it."""

    def has_view_permission(self, request, obj=None):
        return may(request.user, "add", Image) or may(request.user, "add", Document)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        """Take files in, let their words be written, and say of each what became of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._screen(request, self._cards(request))
        if "one" in request.POST:
            return self._answer_script(request)
        refused = [result for result in map(self._take_in(request), request.FILES.getlist("files")) if result.sentence]
        if "_discard" in request.POST:
            self._discard(request)
        cards = self._cards(request, request.POST)
        if "_add" in request.POST:
            ContentType.objects.get_for_models(Image, Document)  # both at once, for the history
            added = [(card, card.join_library(request.user)) for card in cards]
            self._tell_what_was_added(request, [thing for _card, thing in added if thing])
            cards = [card for card, thing in added if not thing]
            if not cards and not refused:
                return redirect(request.path)
        else:
            for card in cards:
                card.show_without_judging()
        return self._screen(request, cards, refused)

    def _cards(self, request, data=None):
        return cards_of(Upload.objects.waiting_for(request.user), data)

    def _screen(self, request, cards, refused=()):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add pictures and documents"),
            "opts": self.opts,
            "cards": cards,
            "refused": refused,
            "limit": MAX_UPLOAD_BYTES,
            "accept": ",".join(["image/*", *(f".{suffix}" for suffix in DOCUMENT_SUFFIXES)]),
            "media": Media.from_media(self.media, nonce=str(request.csp_nonce)),
        }
        return TemplateResponse(request, "admin/publishing/upload.html", context)

    def _answer_script(self, request):
        """Answer the script, which sends one file at a time, with that file's card or its sentence."""
        upload = request.FILES.get("files")
        if upload is None:
            return JsonResponse({"sentence": gettext("No file arrived. Please try again.")})
        result = self._take_in(request)(upload)
        if result.sentence:
            return JsonResponse({"sentence": result.sentence})
        (card,) = cards_of([result.upload])
        html = render_to_string("admin/publishing/_new_file.html", {"card": card}, request)
        return JsonResponse({"id": card.prefix, "html": html, "duplicate": card.duplicate is not None})

    def _take_in(self, request):
        def take_in(file):
            try:
                upload = Upload.take_in(file, request.user)
            except ValidationError as error:
                return Result(file, sentence=" ".join(error.messages))
            model = LIBRARY[upload.kind][0]
            if not may(request.user, "add", model):
                upload.discard()
                sentence = gettext("You may not add %(things)s.") % {"things": model._meta.verbose_name_plural}
                return Result(file, sentence=sentence)
            return Result(file, upload=upload)

        return take_in

    def _discard(self, request):
        number = row_number(request.POST["_discard"])
        upload = Upload.objects.waiting_for(request.user).filter(pk=number).first()
        if upload:
            upload.discard()
            self.message_user(request, gettext("Left out: %(name)s") % {"name": upload}, messages.SUCCESS)

    def _tell_what_was_added(self, request, things):
        for thing in things:
            self.log_addition(request, thing, [{"added": {}}])
            sentence = gettext("Added to the library: %s").replace("%s", "{}")
            link = format_html('<a href="{}">{}</a>', address_in_admin(thing), thing)
            self.message_user(request, format_html(sentence, link), messages.SUCCESS)

    class Media:
        css = {"all": ["css/admin-library.css"]}
        js = [Script("js/admin/upload.js", type="module")]


class Result:
    """What became of one file: it waits as `upload`, or was refused with `sentence`."""

    def __init__(self, file, *, upload=None, sentence=""):
        self.name = readable_name(file.name)
        self.upload = upload
        self.sentence = sentence
