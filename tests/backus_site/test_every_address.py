"""What holds for every address of the site, whatever stands at it."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone

from directory.models import Contact
from ertimes.arrival_links import notice_link
from ertimes.models import EmergencyDepartment
from events.models import EventDate
from events.registration_links import registration_link
from newsletter.links import change_link, confirm_link, leave_link, preferences_link
from newsletter.models import AddressChange
from publishing.models import Document
from tests.backus_site.whole_site import create_whole_site
from tests.factories import create_arrival_notice, create_registration, create_subscriber
from tests.responses import body_of

# What a page is made of does not depend on the database; that pages answer on both is in each feature's tests.
pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

ADDRESSES = {
    "healthz": "/healthz",
    "readyz": "/readyz",
    "robots": "/robots.txt",
    "favicon": "/favicon.ico",
    "web_manifest": "/site.webmanifest",
    "security_txt": "/.well-known/security.txt",
    "sitemap": "/sitemap.xml",
    "sitemap_part": "/sitemap-news.xml",
    "media": "/media/{image}",
    "document": "{document}",
    "ertimes:board": "/er/",
    "ertimes:wait_times_json": "/er/wait-times.json",
    "ertimes:open_data": "/er/open-data/",
    "ertimes:care_guide": "/er/urgent-or-emergency/",
    "ertimes:department_detail": "/er/backus/",
    "ertimes:widget": "/er/backus/widget/",
    "ertimes:on_my_way": "/er/backus/on-my-way/",
    "er_api:openapi": "/api/er/openapi.json",
    "er_api:readings": "/api/er/backus/readings/",
    "er_api:visits": "/api/er/backus/visits/",
    "er_api:nowhere": "/api/er/backus/",
    "ertimes:tell": "/er/backus/on-my-way/tell/",
    "ertimes:arrival_notice": "{arrival_notice}",
    "news:article_list": "/news/",
    "news:feed": "/news/feed/",
    "news:rss": "/news/rss/",
    "news:topic_feed": "/news/topics/food/feed/",
    "news:topic_rss": "/news/topics/food/rss/",
    "news:sitemap": "/news/sitemap.xml",
    "news:topic": "/news/topics/food/",
    "news:location": "/news/locations/main-campus/",
    "news:press_releases": "/news/press-releases/",
    "news:notices": "/news/notices/",
    "news:year": "/news/2021/",
    "news:month": "/news/2021/06/",
    "news:article_detail": "/news/post/",
    "cafe:menu": "/cafe/",
    "cafe:week": "/cafe/2026-06-08/",
    "events:event_list": "/events/",
    "events:calendar": "/events/calendar.ics",
    "events:event_calendar": "/events/class.ics",
    "events:date_calendar": "/events/class/2021-06-04.ics",
    "events:topic_calendar": "/events/topics/hearts.ics",
    "events:location_calendar": "/events/locations/main-campus.ics",
    "events:register": "{register}",
    "events:registration": "{registration}",
    "events:registration_calendar": "{registration}event.ics",
    "events:month": "/events/2021/06/",
    "events:past": "/events/past/",
    "events:past_year": "/events/past/2021/",
    "events:event_detail": "/events/class/",
    "newsletter:subscribe": "/newsletter/",
    "newsletter:asked": "/newsletter/look-into-your-mail/",
    "newsletter:issue_list": "/newsletter/issues/",
    "newsletter:issue": "/newsletter/issues/autumn/",
    "newsletter:confirm": "{confirm}",
    "newsletter:leave": "{leave}",
    "newsletter:one_click": "{leave}at-one-click/",
    "newsletter:preferences": "{preferences}",
    "newsletter:change": "{change}",
    "newsletter:text_alert_list": "/newsletter/text-alerts/",
    "newsletter:text_alert": "/newsletter/text-alerts/health-tips/",
    "search:search": "/search/?q=cafe",
    "search:suggestions": "/search/suggestions/?q=cafe",
    "search:opensearch": "/search/opensearch.xml",
    "directory:contact_list": "/contact/",
    "directory:contact_card": "{contact_card}",
    "directory:contact_print": "/contact/print/",
    "directory:contact_code": "/contact/qr.svg",
    "directory:open_data": "/contact/open-data/",
    "directory:directory_csv": "/contact/directory.csv",
    "directory:directory_json": "/contact/directory.json",
    "directory:service_list": "/services/",
    "directory:service_detail": "/services/surgery/",
    "directory:location_list": "/locations/",
    "directory:location_card": "/locations/main-campus.vcf",
    "directory:location_detail": "/locations/main-campus/",
    "directory:person_list": "/people/",
    "directory:person_card": "/people/ada.vcf",
    "directory:person_detail": "/people/ada/",
    "pages:home": "/",
    "pages:standing_page": "/community/",
    "not found": "/no-such-page/",
}
REDIRECTS = {"favicon", "newsletter:one_click"}
NOT_FOUND = {"not found", "er_api:nowhere"}
FOR_SENDERS = {"er_api:readings", "er_api:visits"}  # they take messages and show nothing
PAGES = [
    name
    for name in ADDRESSES
    if ":" in name
    and not name.startswith("er_api:")
    and name not in ("ertimes:wait_times_json", "events:calendar", "events:event_calendar")
    and name not in ("news:feed", "news:rss", "news:topic_feed", "news:topic_rss", "news:sitemap")
    and name
    not in ("events:registration_calendar", "events:date_calendar", "events:topic_calendar", "events:location_calendar")
    and name not in ("search:suggestions", "search:opensearch")
    and name
    not in ("newsletter:one_click", "directory:contact_card", "directory:location_card", "directory:person_card")
    and name not in ("directory:contact_code", "directory:directory_csv", "directory:directory_json")
]


@pytest.fixture
def site(client):
    """Make a site with one of everything and return its addresses by name."""
    image = create_whole_site()
    subscriber = create_subscriber(confirmed_at=timezone.now())
    change = AddressChange.objects.create(subscriber=subscriber, email="new@example.org")
    date = EventDate.objects.get(event__slug="class")
    places = {
        "image": image.file.name,
        "document": Document.objects.get().get_absolute_url(),
        "confirm": urlsplit(confirm_link(subscriber)).path,
        "leave": urlsplit(leave_link(subscriber)).path,
        "preferences": urlsplit(preferences_link(subscriber)).path,
        "change": urlsplit(change_link(change)).path,
        "contact_card": reverse("directory:contact_card", args=[Contact.objects.get(role="main").pk]),
        "register": f"/events/class/register/{date.pk}/",
        "registration": registration_link(create_registration(date)),
        "arrival_notice": notice_link(create_arrival_notice(department=EmergencyDepartment.objects.get())),
    }
    return {name: address.format(**places) for name, address in ADDRESSES.items()}


def test_no_address_is_forgotten_here():
    names = set()

    def walk(patterns, namespace=""):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                names.add(f"{namespace}{pattern.name}")
            elif pattern.namespace != "admin":
                walk(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)

    walk(get_resolver().url_patterns)

    assert names == set(ADDRESSES) - {"not found"}


class Links(HTMLParser):
    """Collects what a browser would fetch or send to of its own, as (tag, address), and inline code."""

    def __init__(self):
        super().__init__()
        self.found, self.inline, self.ids = [], [], []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        wanted = {
            "script": ["src"],
            "img": ["src", "srcset"],
            "source": ["src", "srcset"],
            "iframe": ["src"],
            "video": ["src", "poster"],
            "track": ["src"],
            "embed": ["src"],
            "object": ["data"],
            "form": ["action"],
            "button": ["formaction"],
            "use": ["href"],
            "link": ["href"] if attributes.get("rel") != "canonical" else [],
        }
        for name in wanted.get(tag, []):
            value = attributes.get(name) or ""
            parts = [part.split()[0] for part in value.split(",") if part.strip()] if name == "srcset" else [value]
            self.found += [(tag, part) for part in parts]
        self.inline += [(tag, name) for name in attributes if name == "style" or name.startswith("on")]
        if tag == "style" or (
            tag == "script" and not attributes.get("src") and attributes.get("type") != "application/ld+json"
        ):
            self.inline.append((tag, "element"))
        if "id" in attributes:
            self.ids.append(attributes["id"])


def test_no_address_sets_a_cookie_or_varies_by_one(client, site):
    wrong = {}
    for name, address in site.items():
        for headers in ({}, {"hx-request": "true"}, {"accept-language": "es"}):
            response = client.get(address, headers=headers)
            body_of(response)
            expected = 302 if name in REDIRECTS else 404 if name in NOT_FOUND else 405 if name in FOR_SENDERS else 200
            varies = {part.strip().lower() for part in response.get("Vary", "").split(",")} - {""}
            if response.cookies or varies - {"hx-request", "accept-encoding"} or response.status_code != expected:
                wrong[name] = (response.status_code, dict(response.cookies), varies)

    assert wrong == {}


def test_no_page_reaches_another_host_or_holds_code(client, site):
    wrong = []
    for address in [*(site[name] for name in PAGES), "/no-such-page/"]:
        links = Links()
        links.feed(body_of(client.get(address)).decode())
        for tag, target in links.found:
            if urlsplit(target).netloc not in ("", "testserver") or urlsplit(target).scheme not in ("", "http"):
                wrong.append((address, tag, target))
        wrong += [(address, *inline) for inline in links.inline]

    assert wrong == []


def test_every_file_that_a_page_names_is_there(client, site):
    targets = set()
    for address in [*(site[name] for name in PAGES), "/no-such-page/"]:
        links = Links()
        links.feed(body_of(client.get(address)).decode())
        targets |= {urlsplit(target).path for tag, target in links.found if urlsplit(target).path}

    missing = []
    for target in targets:
        response = client.get(target)
        body_of(response)
        if response.status_code not in (200, 405):
            missing.append((target, response.status_code))
    assert missing == []


def test_every_page_has_one_title_one_heading_and_ids_that_are_used_once(client, site):
    wrong = []
    for address in [*(site[name] for name in PAGES), "/no-such-page/"]:
        content = body_of(client.get(address)).decode()
        links = Links()
        links.feed(re.sub(r"<template>.*?</template>", "", content, flags=re.DOTALL))
        if len(re.findall("<h1", content)) != 1 or len(re.findall("<title>", content)) != 1:
            wrong.append((address, "h1 or title"))
        wrong += [(address, each) for each in {each for each in links.ids if links.ids.count(each) > 1}]

    assert wrong == []


def test_every_link_within_the_site_leads_somewhere(client, site):
    found = {}
    for address in [site[name] for name in PAGES]:
        for target in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', body_of(client.get(address)).decode()):
            path = target.replace("&amp;", "&").partition("#")[0]
            if path.startswith("/"):
                found.setdefault(path, address)
            else:
                assert target != "", f"an empty link on {address}"

    dead = []
    for path, address in found.items():
        response = client.get(path)
        body_of(response)
        if response.status_code != 200:
            dead.append((path, "on", address, response.status_code))
    assert dead == []


def test_a_request_for_the_head_alone_is_answered_alike(client, site):
    for address in site.values():
        whole, head = client.get(address), client.head(address)
        body_of(whole)
        assert (head.status_code, body_of(head)) == (whole.status_code, b"")


def test_pages_are_read_only(client, site):
    writable = {"newsletter:subscribe", "newsletter:confirm", "newsletter:leave", "sitemap", "not found"}
    writable |= {"sitemap_part"}
    writable |= {"newsletter:one_click", "newsletter:preferences", "newsletter:change"}
    writable |= {"er_api:readings", "er_api:visits", "er_api:nowhere"}
    writable |= {"ertimes:tell", "ertimes:arrival_notice", "events:register", "events:registration"}

    for name in set(site) - writable:
        assert client.post(site[name]).status_code == 405, name


def test_a_slash_that_is_missing_is_added(client, site):
    response = client.get("/news")

    assert (response.status_code, response["Location"]) == (301, "/news/")


WITHOUT_A_NOTICE = {
    "newsletter:confirm",
    "newsletter:leave",
    "newsletter:preferences",
    "newsletter:change",
    "ertimes:widget",
    "ertimes:arrival_notice",
}


@pytest.mark.parametrize("name", [name for name in PAGES if name not in WITHOUT_A_NOTICE])
def test_the_spanish_address_shows_the_english_page_and_says_so(client, site, settings, name):
    settings.SITE_URL = "https://www.example.org"
    english = site[name]

    content = body_of(client.get(f"/es{english}")).decode()

    assert '<html lang="en">' in content
    notice = "Esta página todavía no está en español. La mostramos en inglés."
    assert re.search(rf'lang="es"[^>]*>(?:\s|<[^>]*>)*{re.escape(notice)}', content)
    assert notice not in body_of(client.get(english)).decode()
    if name != "newsletter:asked":
        assert f'<link rel="canonical" href="https://www.example.org{english.partition("?")[0]}">' in content


def test_every_address_of_the_sitemap_answers(client, site):
    def named_in(address):
        sitemap = ElementTree.fromstring(body_of(client.get(address)))  # noqa: S314  we made it
        return [element.text for element in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]

    addresses = [urlsplit(address) for part in named_in("/sitemap.xml") for address in named_in(part)]

    assert {part.netloc for part in addresses} == {"testserver"}
    paths = [part.path for part in addresses]
    assert len(set(paths)) == len(paths)
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    wanted = {
        *("/", "/er/", "/er/backus/", "/news/", "/news/post/", "/events/", "/events/class/", "/contact/", "/services/"),
        *("/services/surgery/", "/locations/", "/locations/main-campus/", "/people/", "/people/ada/", "/community/"),
        "/newsletter/",
        *("/er/urgent-or-emergency/", "/er/open-data/", "/contact/open-data/", "/contact/print/"),
    }
    assert wanted <= set(paths)
