import pytest

from directory.models import Person, Service
from events.models import Event
from news.models import Article
from newsletter.models import Issue
from pages.demo.files import CONTENT, read
from pages.models import Block, Promotion
from publishing.models import Video
from publishing.rich_text import clean_rich_text

pytestmark = pytest.mark.usefixtures("loaded")


def without_rel(html):
    """Return `html` without what the cleaner itself adds to each link."""
    return html.replace(' rel="noopener noreferrer"', "")


def written_and_stored():
    """Yield (where, text in the file, text in the database) for every rich text."""
    for spec in read("news")["posts"]:
        article = Article.objects.get(slug=spec["slug"])
        yield spec["slug"], spec["body"], article.body
        for part, block in zip(spec.get("blocks", ()), article.news_block_set.all(), strict=True):
            yield f"{spec['slug']} {block}", part.get("text", ""), block.text
    for spec in [*read("events")["events"], *read("events")["upcoming"]]:
        yield spec["slug"], spec["body"], Event.objects.get(slug=spec["slug"]).body
    for spec in read("services")["services"]:
        yield spec["slug"], spec["body"], Service.objects.get(slug=spec["slug"]).body
    for spec in read("people")["providers"]:
        yield spec["slug"], spec["biography"], Person.objects.get(slug=spec["slug"]).biography
    for spec in read("notices")["promotions"]:
        yield spec["title"], spec["text"], Promotion.objects.get(title=spec["title"]).text
    for spec in read("films")["films"]:
        yield spec["title"], read("films")["transcript"], Video.objects.get(title=spec["title"]).transcript
    for spec in read("pages")["pages"]:
        yield spec["path"], spec["body"], Block.objects.get(parent__path=spec["path"]).text
    for spec in read("newsletter")["issues"]:
        for part, block in zip(spec["blocks"], Issue.objects.get().newsletter_block_set.all(), strict=True):
            yield f"{spec['slug']} {block}", part.get("text", ""), block.text
    for path, name in (("", "home"), ("community", "community")):
        for spec, block in zip(read(name)["blocks"], Block.objects.filter(parent__path=path), strict=True):
            yield f"{name} {block}", spec.get("text", ""), block.text


def test_no_markup_is_lost_on_the_way_into_the_database():
    texts = list(written_and_stored())

    assert len(texts) == 13 + 12 + 15 + 25 + 8 + 2 + 3 + 4 + 5 + 17 + 11
    for where, written, stored in texts:
        assert without_rel(stored) == without_rel(written.strip()), where
        assert stored == clean_rich_text(stored), where


def test_links_within_the_site_lead_somewhere(client):
    files = "".join(path.read_text(encoding="utf-8") for path in CONTENT.glob("*.toml"))
    paths = {part.split('"')[0] for mark in ('href="', 'address = "') for part in files.split(mark)[1:]}
    paths = sorted(path for path in paths if path.startswith("/"))

    statuses = {path: client.get(path).status_code for path in paths}

    assert statuses == dict.fromkeys(paths, 200)
    assert "/events/cancer-survivors-day-2021/" in paths


def test_typography_survives():
    cafe = Article.objects.get(slug="cafe-menu-june-13-to-19-2021")
    scanners = Article.objects.get(slug="thermal-scanners-and-a-safety-ratings")

    assert cafe.headline == "Backus Café menu, June 13 to June 19"
    assert "<p>The Backus Café’s menu" in cafe.body
    assert scanners.headline == "Thermal scanners help earn “A” safety ratings"


@pytest.mark.parametrize("path", sorted(CONTENT.glob("*.toml")), ids=lambda path: path.stem)
def test_no_straight_apostrophe_stands_in_a_text(path):
    texts = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]

    assert [line for line in texts if "'" in line.replace("'''", "")] == []
