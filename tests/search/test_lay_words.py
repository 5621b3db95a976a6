import csv
import re
from collections import Counter
from pathlib import Path

import pytest

import search
from search.words import folded

FILE = Path(search.__file__).parent / "starter" / "lay_words.csv"
COLUMNS = ["words", "means", "language"]

# Whoever types one of these may have no time: the emergency department comes first, whatever else is found.
EMERGENCIES = {
    "en": """
        allergic reaction, amputation, anaphylaxis, aneurysm, appendicitis, bleeding, blood clot, burn,
        can't breathe, carbon monoxide, cardiac arrest, chest pain, chest pressure, choking, concussion,
        coughing up blood, crisis line, drowning, face drooping, fainting, gunshot, hard to breathe,
        head injury, heart attack, heat stroke, high fever, hurt myself, kill myself, low blood sugar,
        meningitis, miscarriage, not breathing, od, overdose, panic attack, passed out, poison, rape,
        seizure, self harm, sepsis, severe headache, sexual assault, short of breath, slurred speech,
        snake bite, stroke, sudden confusion, sudden vision loss, suicidal, suicide, swollen leg,
        throat closing, throwing up blood, trouble breathing, turning blue, unconscious, want to die,
        withdrawal, worst headache, 988
    """,
    "es": """
        apendicitis, ataque al corazón, ataque cardíaco, ataque de asma, ataque de pánico, atragantado,
        azúcar baja, coágulo, convulsión, derrame, desmayo, dificultad para respirar, dolor de pecho,
        dolor en el pecho, envenenamiento, falta de aire, fiebre alta, golpe de calor, golpe en la cabeza,
        hacerme daño, hemorragia, inconsciente, infarto, línea de crisis, matarme, me ahogo,
        me duele el pecho, me quiero morir, no puedo respirar, no quiero vivir, no respira, paro cardíaco,
        quemadura, quiero matarme, quiero morir, reacción alérgica, sangrado, sobredosis, suicida, suicidio,
        veneno, violación, vómito con sangre
    """,
}
CRISES = {
    "en": ["crisis line", "kill myself", "overdose", "self harm", "suicidal", "suicide", "want to die", "988"],
    "es": ["hacerme daño", "línea de crisis", "me quiero morir", "quiero matarme", "sobredosis", "suicida", "suicidio"],
}


def emergencies(language):
    """Return the list of complaints in `language` that may not wait."""
    return re.split(r",\s+", EMERGENCIES[language].strip())


def rows():
    """Return the rows of the starter list as dicts, in their order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def terms(row):
    """Return the list of what the row's words mean."""
    return row["means"].split("; ")


def as_compared(text):
    """Return `text` without case, accents, apostrophes, hyphens and doubled blanks: as a visitor may type it."""
    return " ".join(re.sub(r"[-/]", " ", re.sub(r"[’']", "", folded(text))).split())


def test_header_is_what_the_import_asks_for():
    first_line = FILE.read_bytes().split(b"\n", 1)[0]

    assert first_line == b"words,means,language"


def test_every_row_has_three_cells():
    with FILE.open(encoding="utf-8", newline="") as file:
        lengths = {len(cells) for cells in csv.reader(file)}

    assert lengths == {3}


def test_list_is_long_enough_in_both_languages():
    languages = Counter(row["language"] for row in rows())

    assert languages.total() >= 400
    assert set(languages) == {"en", "es"}
    assert min(languages.values()) >= 150


def test_no_words_stand_twice_in_a_language():
    seen = Counter((as_compared(row["words"]), row["language"]) for row in rows())

    assert [key for key, times in seen.items() if times > 1] == []


def test_no_cell_is_empty_or_has_blanks_around_it():
    wrong = [row for row in rows() for column in COLUMNS if not row[column] or row[column] != row[column].strip()]

    assert wrong == []


def test_words_are_lower_case_and_short_enough():
    wrong = [row["words"] for row in rows() if row["words"] != row["words"].lower() or len(row["words"]) > 80]

    assert wrong == []


def test_meanings_are_short_enough_and_cleanly_parted():
    wrong = [
        row["means"]
        for row in rows()
        if len(row["means"]) > 300 or any(not term or term != term.strip() or ";" in term for term in terms(row))
    ]

    assert wrong == []


def test_no_meaning_stands_twice_in_a_row_or_is_the_words_themselves():
    wrong = []
    for row in rows():
        compared = [as_compared(term) for term in terms(row)]
        if len(set(compared)) < len(compared) or as_compared(row["words"]) in compared:
            wrong.append(row)

    assert wrong == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_emergency_is_on_the_list_or_part_of_what_is(language):
    listed = " | ".join(row["words"] for row in rows() if row["language"] == language)

    missing = [words for words in emergencies(language) if not re.search(rf"\b{re.escape(words)}\b", listed)]

    assert missing == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_emergency_means_the_emergency_department_before_anything_slower(language):
    emergency = re.compile(rf"\b({'|'.join(map(re.escape, emergencies(language)))})\b")

    slower = [
        row["words"]
        for row in rows()
        if row["language"] == language and emergency.search(row["words"]) and terms(row)[0] != "emergency department"
    ]

    assert slower == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_thoughts_of_suicide_and_overdose_find_the_crisis_line_too(language):
    crises = {row["words"]: "crisis" in terms(row) for row in rows() if row["language"] == language}

    assert {words: crises.get(words) for words in CRISES[language]} == dict.fromkeys(CRISES[language], True)


def test_whatever_means_a_crisis_line_means_the_emergency_department_or_care_for_the_mind():
    wrong = [
        row["words"]
        for row in rows()
        if "crisis" in terms(row) and not {"emergency department", "mental health"} & set(terms(row))
    ]

    assert wrong == []
