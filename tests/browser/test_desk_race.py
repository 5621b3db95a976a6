"""Two people save one page at the same moment, again and again: nobody's words are lost without a word."""

import json
import re

from tests.browser.desk import write_post

ROUNDS = 50
HEADLINES = """
import json
from news.models import Article
from reversion.models import Version
versions = Version.objects.get_for_object_reference(Article, {number})
print(json.dumps([version.field_dict["headline"] for version in versions]))
"""
READY = "domcontentloaded"
FRILLS = re.compile(r"/static/|/media/")  # a hundred forms are loaded, and the race is the server's to decide
SAVE = "document.querySelector('[name=_save]').click()"


def test_of_two_who_save_at_once_one_is_asked_and_both_texts_are_kept(anna, ben, site):
    form = write_post(ben, "Raced")
    saved, asked = [], []

    for page in (anna, ben):
        page.route(FRILLS, lambda route: route.abort())
        page.goto(form)
    for number in range(ROUNDS):  # both have the newest version before them each time
        texts = {page: f"Raced {number} by {name}" for page, name in ((anna, "Anna"), (ben, "Ben"))}
        for page, text in texts.items():
            page.fill("#id_headline", text)
        with anna.expect_navigation(wait_until=READY), ben.expect_navigation(wait_until=READY):
            for page in list(texts)[:: 1 if number % 2 else -1]:
                page.evaluate(SAVE)
        for page, text in texts.items():
            if "/merge/" not in page.url:
                saved.append(text)
                continue
            asked.append(text)
            assert text in page.locator(".merge-sides").inner_text().replace("\n", "")
            with page.expect_navigation(wait_until=READY):
                page.locator("[name=discard]").click()

    assert (len(saved), len(asked)) == (ROUNDS, ROUNDS)
    assert headlines_ever(site, form) >= {*saved, *asked}


def headlines_ever(site, form):
    """Return the headlines of all versions of a news post, by its form's address."""
    number = form.split("/")[-3]
    return set(json.loads(site.manage("shell", "-c", HEADLINES.format(number=number)).splitlines()[-1]))
