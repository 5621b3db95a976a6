"""Words by which a question asks for what the law protects: somebody's health, age and numbers.

A list of words understands nothing. It finds “Do you take any medication?”, and not “Tell us what brought you
here”; it also finds “Have you had a wellness visit?” in “visit to a doctor”. So what it finds is a warning to a
person and no refusal, and finding nothing does not mean that a question is harmless.
"""

import re

_WORDS = (
    # health
    r"diagnos\w*|illness\w*|diseases?|disabilit\w+|disabled|medical|medicat\w+|medicines?|prescri\w+|treatments?",
    r"surger\w+|operations?|symptoms?|allerg\w+|pregnan\w+|due date|conditions?|disorders?|cancer|diabet\w+|asthma",
    r"hiv|aids|heart (?:attack|failure|disease)|strokes?|depress\w+|anxiety|mental health|suicid\w+|addict\w+",
    r"substance use|alcohol|drugs?|smok\w+|weigh(?:t)?|bmi|blood (?:type|pressure|sugar)|vaccin\w+|immuni[sz]\w+",
    r"test results?|lab results?|doctors?|physicians?|primary care|specialists?|therap(?:y|ist)\w*|patients?",
    # who somebody is
    r"(?:date|day|year) of birth|birth ?(?:date|day)|dob|how old|your age|social security|ssn|medical record|mrn",
    r"insur\w+|medicare|medicaid|member (?:id|number)|policy number|driver.?s licen[cs]e|passport|race|ethnic\w*",
    r"sexual\w*|gender|religio\w+|immigra\w+",
    # Spanish
    r"diagn[oó]stic\w+|enfermedad\w*|medicament\w+|medicinas?|tratamientos?|s[ií]ntomas?|alergi\w+|embaraz\w+",
    r"fecha de nacimiento|edad|seguro (?:m[eé]dico|social)|discapacidad\w*|m[eé]dic[oa]s?",
)
_PATTERN = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)


def health_words(text):
    """Return the words of `text` that ask for such details, each once, in their order; a list."""
    return list(dict.fromkeys(match[0] for match in _PATTERN.finditer(" ".join(text.split()))))
