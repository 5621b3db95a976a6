"""How many years of school a text asks of its reader.

The Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom 1975, Research Branch Report 8-75,
U.S. Navy):

    grade = 0.39 × words / sentences + 11.8 × syllables / words - 15.59

It is made for English prose, so texts in other languages are not measured, nor headings and tables.
Syllables are counted by rules of spelling; against a dictionary they are off by a few in a hundred,
which moves the grade by some tenths.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from .finding import Finding, Level, shortened

HIGHEST_GRADE = 9
TOLD_UP_TO = 16  # years of school; beyond, the number says nothing more
FEWEST_WORDS = 100  # a shorter text is measured by chance

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_ABBREVIATION = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|Jr|Sr|Prof|vs|etc|e\.g|i\.e|[ap]\.m|[A-Z]|No|approx|Inc|ext)\.(?= )")
_POINT = "\x00"  # stands for a point that ends no sentence; no stored text has it
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’)\]]*(?:\s+|$)")
_VOWELS = re.compile(r"[aeiouy]+")
# The e of "care", "called" and "makes"; that of "table", "needed" and "classes" is heard.
_SILENT_END = re.compile(r"[^aeiouyl]e$|[aeiouyl]le$|[^aeiouytd]ed$|[^aeiouyscgxz]es$(?<!ches)(?<!shes)")
# Two vowels side by side that are heard apart: "radio", "going", "dial"; not "nation", "special", "physician".
_PARTED = re.compile(r"(?<![tcsgx])i[aou]|[aeou]ing|ying|iet|ua[lt]")


@dataclass(frozen=True)
class Grade:
    """`grade` is None where the text has too few words to tell."""

    grade: float | None
    words: int
    longest_sentence: str


def check_reading_grade(manuscript):
    """Find a text that asks for more than HIGHEST_GRADE years of school, all texts of the thing taken together."""
    if not getattr(manuscript.thing, "language", settings.LANGUAGE_CODE).startswith("en"):
        return
    prose = [passage for passage in manuscript.passages if passage.rich or passage.several_lines]
    sentences = [(sentence, passage) for passage in prose for sentence in sentences_of(passage)]
    grade = grade_of([sentence for sentence, passage in sentences])
    if grade.grade is None or grade.grade <= HIGHEST_GRADE:
        return
    passage = next(passage for sentence, passage in sentences if sentence == grade.longest_sentence)
    message = _(
        "The text is hard to read: about grade %(grade)s, where %(highest)d is the goal (Flesch-Kincaid). Write "
        "shorter sentences and everyday words. The longest sentence has %(words)d words: “%(sentence)s”"
    ) % {
        "grade": f"{grade.grade:.1f}" if grade.grade < TOLD_UP_TO else f"{TOLD_UP_TO}+",
        "highest": HIGHEST_GRADE,
        "words": len(_WORD.findall(grade.longest_sentence)),
        "sentence": shortened(grade.longest_sentence, 120),
    }
    yield Finding(
        Level.WARNING, "reading-grade", message, passage.part, passage.field, "\n".join(s for s, p in sentences)
    )


def sentences_of(passage):
    """Return the sentences of a Passage, a list of str; a paragraph or item without a full stop is one too."""
    sentences = []
    for element in passage.elements:
        if element.heading_level is None and not element.in_table:
            text = element.text.replace("\n", " ")
            text = _ABBREVIATION.sub(lambda match: match[0].replace(".", _POINT), text)
            sentences += [sentence.replace(_POINT, ".").strip() for sentence in _SENTENCE_END.split(text)]
    return [sentence for sentence in sentences if _WORD.search(sentence)]


def grade_of(sentences):
    """Return the Grade of a list of sentences."""
    counts = [_WORD.findall(sentence) for sentence in sentences]
    words = sum(len(found) for found in counts)
    if words < FEWEST_WORDS:
        return Grade(None, words, "")
    syllables = sum(syllables_in(word) for found in counts for word in found)
    longest = max(zip(counts, sentences, strict=True), key=lambda pair: len(pair[0]))[1]
    return Grade(0.39 * words / len(sentences) + 11.8 * syllables / words - 15.59, words, longest)


def syllables_in(word):
    """Return how many syllables an English word has, by its spelling; at least 1."""
    word = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    count = len(_VOWELS.findall(word))
    if count > 1 and _SILENT_END.search(word):
        count -= 1
    return max(count + len(_PARTED.findall(word)), 1)
