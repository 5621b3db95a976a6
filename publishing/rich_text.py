"""Text with headings, lists and links that an editor writes and every page may print as it is."""

import nh3
from django.utils.safestring import mark_safe
from django_prose_editor.fields import ProseEditorField
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import ImportMap, Media

# What an editor can make is what is kept; a page has one h1, its title, so text begins at h2.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "SpecialCharacters": True,
    "NoSpellCheck": False,  # editors want the browser's spelling help
    "CleanPaste": True,  # ours: static/js/admin/paste.js
}

_cleaner = nh3.Cleaner(
    tags={
        *("p", "br", "hr", "strong", "em", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "a"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    },
    attributes={
        "a": {"href", "title"},
        "ol": {"start", "type"},
        "th": {"rowspan", "colspan"},
        "td": {"rowspan", "colspan"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener noreferrer",
)
PASTE_MODULES = ("elements", "html", "links", "lists")  # imported by static/js/admin/paste.js
EMPTY = {"<p></p>", "<p><br></p>"}


def clean_rich_text(html):
    """Return `html` with what the editor could not have made taken out: scripts, styles, foreign tags."""
    cleaned = _cleaner.clean(html)
    return "" if cleaned in EMPTY else cleaned


class RichTextWidget(AdminProseEditorWidget):
    """The text box with menu. It knows by name the modules that clean what is pasted, whose files are hashed."""

    MODULES = ImportMap({f"pasted/{name}": f"js/admin/pasted/{name}.js" for name in PASTE_MODULES})

    @property
    def media(self):
        return super().media + Media(importmap=self.MODULES)


class RichTextField(ProseEditorField):
    """HTML that is cleaned whenever it is stored, by whatever way it comes, and so is safe to print.

    What comes from the database is marked safe for templates. What was only assigned is not, so
    a template escapes it until it has been stored.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", dict(EXTENSIONS))
        kwargs.setdefault("sanitize", clean_rich_text)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{**kwargs, "widget": RichTextWidget})

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return clean_rich_text(value) if value else value

    def from_db_value(self, value, expression, connection):
        return mark_safe(value) if value else value  # noqa: S308  cleaned by get_prep_value

    def value_from_object(self, obj):
        """Return the text for a form, no longer marked safe: unescaped in a textarea, “&lt;” would come back as “<”."""
        value = super().value_from_object(obj)
        return value + "" if value else value
