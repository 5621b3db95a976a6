"""Words that are misspelled beyond doubt: known ones, and rare ones that one letter makes a common one."""

import re
from collections import Counter, defaultdict

from django.utils.translation import gettext_lazy as _
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.models import Word
from search.words import words_of

from .conflict import Kind, conflict

# What is written in directories of hospitals, and how it is right. No word of these is right anywhere.
KNOWN = {
    "hippa": "HIPAA",
    "hipppa": "HIPAA",
    "anasthesia": "anesthesia",
    "anesthesa": "anesthesia",
    "cardialogy": "cardiology",
    "counciling": "counseling",
    "dermotology": "dermatology",
    "diabetis": "diabetes",
    "emergancy": "emergency",
    "gastroentrology": "gastroenterology",
    "gastroenterolgy": "gastroenterology",
    "gynocology": "gynecology",
    "hemotology": "hematology",
    "maternaty": "maternity",
    "mamography": "mammography",
    "mamogram": "mammogram",
    "nuerology": "neurology",
    "opthalmology": "ophthalmology",
    "opthamology": "ophthalmology",
    "ophthamology": "ophthalmology",
    "orthapedics": "orthopedics",
    "pediatics": "pediatrics",
    "pharmasy": "pharmacy",
    "phsyical": "physical",
    "physciatry": "psychiatry",
    "physican": "physician",
    "radilogy": "radiology",
    "reahbilitation": "rehabilitation",
    "reumatology": "rheumatology",
    "rhuematology": "rheumatology",
    "surgury": "surgery",
    "theraphy": "therapy",
}
_ANY_KNOWN = re.compile("|".join(KNOWN), re.IGNORECASE)  # nearly no line has one
SHORTEST = 7  # letters of a word that may be a common one with one letter wrong
COMMON = 5  # things of the site in whose names or summaries a common word stands, at least
RARE = 1  # and a rare one at most


def misspelled(contacts, names):
    """Return the conflicts about misspelled words: one for each contact and word.

    Known ones count in the source's own line, too: it is taken over again some day. Names of people are not
    compared with common words, nor is what a contact is also known as, where misspellings are meant to stand.
    """
    likely = _likely(contacts, names)
    for contact in contacts:
        here = names.words(contact.name) | names.words(contact.title) | names.words(contact.note)
        before = _known_in(contact.source_line) - here
        for word in sorted(word for word in here if word in KNOWN or word in likely):
            if word in KNOWN or not contact.title:
                yield _conflict(contact, word, KNOWN.get(word) or likely[word])
        for word in sorted(before):
            yield _conflict(contact, word, KNOWN[word], _("Only in the source’s own line; here it is mended."))


def _conflict(contact, word, right, remark=""):
    about = f"{word} → {right}"
    return conflict(Kind.SPELLING, f"{contact.pk}:{word}", [contact], word, bool(remark), about=about, remark=remark)


def _known_in(line):
    return set(words_of(line)) & KNOWN.keys() if _ANY_KNOWN.search(line) else set()


def _likely(contacts, names):
    """Return {rare word of the names: the common word of the site that it is with one letter wrong}."""
    here = Counter(word for contact in contacts if not contact.title for word in names.words(contact.name))
    rare = {word for word, count in here.items() if count <= RARE and len(word) >= SHORTEST and word.isalpha()}
    if not rare:
        return {}
    by_length = defaultdict(list)
    for word, things in Word.objects.filter(things__gt=RARE).values_list("word", "things"):
        rare.discard(word)
        if things >= COMMON:
            by_length[len(word)].append(word)
    likely = {}
    for word in rare:
        near = [
            known
            for length in (len(word) - 1, len(word), len(word) + 1)
            for known, _errors, _place in process.extract(
                word, by_length[length], scorer=OSA.distance, score_cutoff=1, limit=2
            )
        ]
        near = [known for known in near if not _inflected(word, known)]
        if len(near) == 1 and near[0] != word:  # of two common words nobody knows which was meant
            likely[word] = near[0]
    return likely


def _inflected(one, other):
    """Return whether one word is the other with an ending, as plurals are: no misspelling."""
    return one.startswith(other) or other.startswith(one)
