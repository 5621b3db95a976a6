"""For which languages an interpreter can be asked, each also named in the language itself."""

from django.utils.translation import gettext_lazy as _

OTHER = "other"  # a choice of the form alone: stored is what was typed

# By code (ISO 639): the language's own name, and the reader's.
LANGUAGES = {
    "es": ("Español", _("Spanish")),
    "ht": ("Kreyòl ayisyen", _("Haitian Creole")),
    "pt": ("Português", _("Portuguese")),
    "cmn": ("普通话", _("Mandarin Chinese")),
    "yue": ("廣東話", _("Cantonese Chinese")),
    "pl": ("Polski", _("Polish")),
    "ar": ("العربية", _("Arabic")),
    "vi": ("Tiếng Việt", _("Vietnamese")),
    "fr": ("Français", _("French")),
    "ru": ("Русский", _("Russian")),
    "ko": ("한국어", _("Korean")),
    "ase": ("ASL", _("American Sign Language")),
}


def language_choices():
    """Return the choices of a form: none, each language by both of its names, another one."""
    named = [(code, f"{own} ({told})") for code, (own, told) in LANGUAGES.items()]
    return [("", _("No interpreter needed")), *named, (OTHER, _("Another language"))]


def language_told(stored):
    """Return the reader's name of the language `stored`: one of the codes, or what somebody typed. "" for none."""
    return str(LANGUAGES[stored][1]) if stored in LANGUAGES else stored
