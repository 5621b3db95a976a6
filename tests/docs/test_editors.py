"""The editors' guide: what it names is there, and its words are the words of the screens."""

import re
from pathlib import Path
from urllib.parse import unquote

import django
import pytest

from deploy.bootstrap import ROOT

GUIDE = ROOT / "docs" / "editors.md"
TEXT = GUIDE.read_text()
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LARGEST_PICTURE = 80_000  # bytes

OURS = ["backus_site", "directory", "ertimes", "events", "news", "newsletter", "pages", "publishing", "search"]
DJANGO = Path(django.__file__).parent / "contrib"


def sources():
    """Return all that puts words on the screens of the staff, as one small-letter text with single spaces."""
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static" / "js" / "admin").rglob("*.js")]
    for app in OURS:
        files += [path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    for app in ("admin", "auth"):
        files += [*(DJANGO / app).rglob("*.html"), *(DJANGO / app).glob("*.py")]
    return one_line("\n".join(path.read_text() for path in files)).replace("&amp;", "&")


def one_line(text):
    return " ".join(text.split()).casefold()


def headings():
    """Return (level, words) of every heading below the title, in order."""
    found = re.findall(r"^(##+) (.+)$", TEXT, re.MULTILINE)
    return [(len(signs), words) for signs, words in found if words != "Contents"]


def anchor(words):
    """Return the anchor that a heading gets where Markdown is shown: small letters, hyphens, no other signs."""
    return "#" + re.sub(r"[^\w -]", "", words.lower()).replace(" ", "-")


def test_every_picture_exists_and_is_small():
    named = [path for _words, path in PICTURE.findall(TEXT)]

    assert [path for path in named if not (GUIDE.parent / path).is_file()] == []
    assert [path for path in named if (GUIDE.parent / path).stat().st_size > LARGEST_PICTURE] == []


def test_every_picture_taken_is_shown_once():
    taken = {f"images/desk/{path.name}" for path in (GUIDE.parent / "images" / "desk").iterdir()}

    shown = [path for _words, path in PICTURE.findall(TEXT)]

    assert sorted(shown) == sorted(taken)


def test_every_picture_says_in_words_what_it_shows():
    words = [alternative for alternative, _path in PICTURE.findall(TEXT)]

    assert [each for each in words if len(each) < 20] == []
    assert [each for each in words if each.lower().startswith(("picture of", "image", "screenshot"))] == []
    assert len(set(words)) == len(words)


def test_contents_name_every_heading_in_order():
    contents = TEXT.partition("## Contents\n")[2].partition("\n## ")[0]

    assert LINK.findall(contents) == [(words, anchor(words)) for _level, words in headings()]


def test_links_lead_to_headings_and_files_that_exist():
    anchors = {anchor(words) for _level, words in headings()}
    targets = [unquote(target) for _words, target in LINK.findall(TEXT)]

    lost = [
        target
        for target in targets
        if not (target in anchors if target.startswith("#") else (GUIDE.parent / target).exists())
    ]

    assert lost == []


@pytest.fixture(scope="module")
def words_of_the_screens():
    return sources()


def test_words_in_bold_stand_on_the_screens(words_of_the_screens):
    bold = dict.fromkeys(" ".join(words.split()) for words in BOLD.findall(TEXT))

    unknown = [words for words in bold if one_line(words).rstrip(":") not in words_of_the_screens]

    assert unknown == []
