"""The directory as it is now, fetched whole in a few queries: what a file is compared with."""

import difflib
from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.utils.functional import cached_property

from publishing.models import Draft

from ..models import Contact, Section
from .cells import key_of_name


class StoredDirectory:
    """`sections` are by key_of_name, `contacts` by primary key, each with its section and numbers."""

    def __init__(self):
        self.sections = {key_of_name(section.name): section for section in Section.objects.all()}
        self.contacts = {contact.pk: contact for contact in Contact.objects.with_numbers().select_related("section")}

    @cached_property
    def _by_name(self):
        found = defaultdict(list)
        for contact in self.contacts.values():
            found[contact.section_id, key_of_name(contact.name)].append(contact)
        return found

    def named(self, section_key, name_key):
        """Return the Contacts that have this name, as key_of_name, in this section."""
        section = self.sections.get(section_key)
        return self._by_name.get((section.pk, name_key), []) if section else []

    @cached_property
    def by_source_line(self):
        """Return {line as it was taken over: Contact}, of lines that are of one contact alone."""
        found = defaultdict(list)
        for contact in self.contacts.values():
            found[contact.source_line].append(contact)
        return {line: contacts[0] for line, contacts in found.items() if line and len(contacts) == 1}

    @cached_property
    def worked_on(self):
        """Return the primary keys of contacts that the public sees, or will see, with unpublished work beside them."""
        kind = ContentType.objects.get_for_model(Contact)
        drafted = set(Draft.objects.filter(content_type=kind).values_list("object_id", flat=True))
        return {pk for pk in drafted if pk in self.contacts and self.contacts[pk].published_at is not None}

    @cached_property
    def last_positions(self):
        """Return the highest position of each section, by its primary key."""
        last = defaultdict(int)
        for contact in self.contacts.values():
            last[contact.section_id] = max(last[contact.section_id], contact.position)
        return last

    def section_like(self, name):
        """Return the name of the section that was probably meant by `name`, "" for none."""
        near = difflib.get_close_matches(key_of_name(name), self.sections, n=1)
        return self.sections[near[0]].name if near else ""
