"""The editor's screen of blocks, whatever they are the blocks of."""

from content_editor.admin import ContentEditorInline
from django.db.models import ForeignKey
from django.forms.models import BaseInlineFormSet


class BlockFormSet(BaseInlineFormSet):
    """The blocks of one kind. All kinds share a table, so the form fields are told apart by the kind's name."""

    @classmethod
    def get_default_prefix(cls):
        return cls.model._meta.model_name


def inline_for(block_type, icon):
    """Return the content editor's inline for one kind of block; `icon` is a name in the icon font that it brings.

    What a block points at is picked by typing a few letters of its title.
    """
    meta = block_type._meta
    return ContentEditorInline.create(
        block_type,
        formset=BlockFormSet,
        icon=icon,
        fieldsets=[(None, {"fields": [*block_type.FIELDS, "region", "ordering"]})],
        autocomplete_fields=[name for name in block_type.FIELDS if isinstance(meta.get_field(name), ForeignKey)],
    )
