"""Every public address of the running site, as a search engine and a visitor would find them."""

import json
import re
import urllib.request

# Pages that no sitemap names: results, lists by topic and month, what has gone wrong, the other language.
BESIDE_THE_SITEMAP = [
    "/search/",
    "/search/?q=cardiac",
    "/search/?q=zzzz",
    "/search/?q=er",
    "/search/?q=class&kind=event",
    "/contact/?q=billing",
    "/contact/?q=zzzz",
    "/contact/?q=860-555-0123",
    "/contact/?section=programs-and-services",
    "/contact/print/?section=programs-and-services",
    "/news/2021/",
    "/news/2021/06/",
    "/events/2021/06/",
    "/people/?specialty=&name=zzzz",
    "/newsletter/look-into-your-mail/",
    "/newsletter/confirm/forged/",
    "/no-such-page/",
    "/es/",
    "/es/contact/",
]
ERRORS = {"/no-such-page/": 404, "/newsletter/confirm/forged/": 404}


def public_addresses(site):
    """Return the paths of all public pages: those of the sitemap, of links on lists, and the rest."""
    parts = _paths_in(_get(f"{site.address}/sitemap.xml"))
    paths = [path for part in parts for path in _paths_in(_get(site.address + part))]
    topics = re.findall(r'href="(/news/topics/[^"]+)"', _get(f"{site.address}/news/"))
    departments = json.loads(_get(f"{site.address}/er/wait-times.json"))["departments"]
    on_my_way = [f"/er/{department['id']}/on-my-way/" for department in departments]
    return list(dict.fromkeys([*paths, *topics, *on_my_way, *BESIDE_THE_SITEMAP]))


def _paths_in(sitemap):
    return [re.sub(r"^https?://[^/]+", "", address) for address in re.findall(r"<loc>([^<]+)</loc>", sitemap)]


def _get(address):
    with urllib.request.urlopen(address, timeout=60) as response:  # noqa: S310  our own server
        return response.read().decode()
