"""The screens for pictures, documents and films."""

from datetime import timedelta

from django.contrib import admin, messages
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from ..consent import images_with_consent_ending
from ..library_forms import DocumentForm, ImageForm
from ..models import Document, Image, Video
from .editor import EditorAdmin
from .publishable import PublishableAdmin

EMPTY = "—"
ENDING_WITHIN = timedelta(days=60)


class ConsentFilter(admin.SimpleListFilter):
    """Find the pictures of patients, and those whose consent has to be asked for again."""

    title = _("consent")
    parameter_name = "consent"

    def lookups(self, request, model_admin):
        return [
            ("ending", _("Missing, ended or ending within 60 days")),
            ("ended", _("Missing or ended")),
            ("patient", _("Shows a patient")),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "ending":
            return queryset.filter(pk__in=images_with_consent_ending(today + ENDING_WITHIN).values("pk"))
        if self.value() == "ended":
            return queryset.filter(pk__in=images_with_consent_ending(today).values("pk"))
        return queryset.filter(shows_patient=True) if self.value() == "patient" else queryset


class LibraryAdmin(EditorAdmin):
    """What the screens of pictures and documents share: the way to the uploads, and what a new file means."""

    change_list_template = "admin/publishing/library_list.html"
    date_hierarchy = "created_at"

    @admin.display(description=_("added"), ordering="created_at")
    def added(self, thing):
        return date_format(timezone.localtime(thing.created_at), "DATE_FORMAT")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "file" in form.changed_data:
            self.message_user(request, self.replaced(obj), messages.WARNING)


@admin.register(Image)
class ImageAdmin(LibraryAdmin):
    form = ImageForm
    list_display = ["thumbnail", "title", "words", "credit", "consent", "added"]
    list_display_links = ["thumbnail", "title"]
    list_filter = [ConsentFilter, "decorative", "created_at"]
    search_fields = ["title", "alternative_text", "credit", "uploaded_as", "file"]
    search_help_text = _("Title, alternative text, credit or file name")
    FILE = (None, {"fields": ["title", "file", "keep_both"]})
    WORDS = [
        (_("For people who cannot see it"), {"fields": ["alternative_text", "decorative"]}),
        (_("Rights"), {"fields": ["credit"]}),
        (
            _("Consent"),
            {
                "fields": ["shows_patient", "consent_record", "consent_expires_on"],
                "description": _("No patient is shown without a signed consent. Write where it is kept, never a name."),
            },
        ),
    ]

    class Media:
        js = [Script("js/admin/focal-point.js", type="module")]

    def get_fieldsets(self, request, obj=None):
        """Return the fields; a focal point is set once there is a picture to see."""
        if obj is None:
            return [self.FILE, *self.WORDS]
        return [self.FILE, (_("Focal point"), {"fields": ["file_ppoi"]}), *self.WORDS]

    @admin.display(description=_("picture"))
    def thumbnail(self, image):
        return format_html(
            '<img class="library-thumbnail" src="{}" alt="{}" width="120" height="80" loading="lazy">',
            image.thumbnail_address,
            image.title,
        )

    @admin.display(description=_("alternative text"), ordering="alternative_text")
    def words(self, image):
        return image.alternative_text or _("(only decoration)")

    @admin.display(description=_("consent"), ordering="consent_expires_on")
    def consent(self, image):
        """Show until when a patient may be shown; nothing where the picture shows none."""
        if not image.shows_patient:
            return EMPTY
        if image.consent_expires_on is None:
            return _("without end")
        today = timezone.localdate()
        state = "ended" if image.consent_expires_on <= today else ""
        state = state or ("ending" if image.consent_expires_on <= today + ENDING_WITHIN else "given")
        words = {"ended": _("ended on"), "ending": _("ends on"), "given": _("until")}[state]
        date = date_format(image.consent_expires_on, "SHORT_DATE_FORMAT")
        return format_html('<span class="consent consent--{}">{} {}</span>', state, words, date)

    def replaced(self, image):
        return gettext(
            "All pages show the new picture now. Check that its words still tell what it shows (“%(words)s”) "
            "and where its focal point lies."
        ) % {"words": image.alternative_text or gettext("only decoration")}


@admin.register(Document)
class DocumentAdmin(LibraryAdmin):
    form = DocumentForm
    list_display = ["title", "kind", "file_size", "language", "uploaded_as", "added"]
    list_filter = ["language", "created_at"]
    search_fields = ["title", "uploaded_as", "file"]
    search_help_text = _("Title or file name")
    readonly_fields = ["public_address"]

    def get_fieldsets(self, request, obj=None):
        fields = ["title", "file", "keep_both", "language"]
        return [(None, {"fields": fields if obj is None else [*fields, "public_address"]})]

    @admin.display(description=_("type"))
    def kind(self, document):
        return document.kind_name

    @admin.display(description=_("size"), ordering="size")
    def file_size(self, document):
        return filesizeformat(document.size)

    @admin.display(description=_("address"))
    def public_address(self, document):
        return format_html('<a href="{0}">{0}</a>', document.get_absolute_url())

    def replaced(self, document):
        return gettext("All pages and links give the new file now.")


@admin.register(Video)
class VideoAdmin(PublishableAdmin):
    list_display = ["title", "publication", "published_at"]
    search_fields = ["title", "text", "transcript"]
    autocomplete_fields = ["poster"]
    fieldsets = [
        (None, {"fields": ["title", "text"]}),
        (_("Film"), {"fields": ["file", "poster", "captions", "silent", "transcript"]}),
        PublishableAdmin.PUBLICATION,
    ]
