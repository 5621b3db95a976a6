"""Every query parameter of every list against what people with bad intentions send."""

from datetime import date

import pytest
from django.test import Client

from tests.factories import create_article, create_department, create_event, create_person, create_topic
from tests.responses import body_of

pytestmark = pytest.mark.django_db

VALUES = {
    "empty": "",
    "nul": "\x00",
    "nul-inside": "a\x00b",
    "nul-after-a-number": "1\x00",
    "negative": "-1",
    "zero": "0",
    "fraction": "1.5",
    "exponent": "1e400",
    "beyond-32-bits": str(2**31),
    "beyond-64-bits": str(2**63),
    "googol": "9" * 100,
    "ten-thousand-digits": "9" * 10_000,
    "arabic-digits": "١",
    "superscript": "²",
    "words": "kidney clinic",
    "quote": "'",
    "double-quote": '"',
    "sql": "1' OR '1'='1'; DROP TABLE news_article; --",
    "percent": "%",
    "underscore": "_",
    "backslash": "\\",
    "markup": "<script>alert(1)</script>",
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "path": "../../etc/passwd",
    "emoji": "👩‍⚕️",
    "right-to-left": "\u202eabc",
    "combining": "a" + "\u0301" * 500,
    "lone-surrogate": b"\xed\xa0\x80",
    "not-utf-8": b"\xff\xfe",
    "newline": "a\r\nSet-Cookie: a=b",
    "ten-kilobytes": "a" * 10_000,
    "many-words": "a " * 3_000,
}
ADDRESSES = {
    "/": [],
    "/er/": [],
    "/er/wait-times.json": [],
    "/news/": ["after", "before"],
    "/news/topics/food/": ["after", "before"],
    "/news/locations/main-campus/": ["after", "before"],
    "/news/notices/": ["after", "before"],
    "/news/2021/": ["topic", "location", "after"],
    "/news/2021/06/": ["topic", "location", "before"],
    "/news/feed/": ["page"],
    "/events/": ["page", "topic", "location", "audience", "language", "online", "free", "from", "to"],
    "/events/2021/06/": ["topic", "location", "language"],
    "/events/past/2021/": ["page"],
    "/events/calendar.ics": [],
    "/contact/": ["q", "section", "page"],
    "/contact/print/": ["section", "page"],
    "/contact/directory.csv": [],
    "/services/": ["q", "location", "telehealth"],
    "/locations/": ["town", "open", "emergency"],
    "/people/": ["name", "specialty", "location", "language", "accepting", "telehealth", "page"],
    "/search/": ["q", "kind", "topic", "exact", "page"],
    "/search/?kind=event": ["from", "to"],
    "/search/suggestions/": ["q"],
    "/newsletter/": ["list", "topic"],
    "/sitemap.xml": ["p"],
}
MAY_ANSWER = {200, 400, 404}


@pytest.fixture
def visitor():
    topic = create_topic(slug="food")
    for _ in range(2):
        create_article(topics=[topic], published_at="2021-06-04T12:00:00Z")
    create_event(first_day=date(2099, 6, 4))
    create_person(specialties="Surgery")
    create_department()
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_query_is_an_error(visitor, address):
    wrong = []
    for parameter in [*ADDRESSES[address], "unheard-of"]:
        values = VALUES if parameter in ADDRESSES[address] else {}  # of what is not read, the form alone is tried
        for label, value in values.items():
            response = visitor.get(address, {parameter: value})
            if response.status_code not in MAY_ANSWER or response.cookies:
                wrong.append((parameter, label, response.status_code))
        for label, query in {
            "without a value": parameter,
            "array": f"{parameter}[]=1&{parameter}[]=2",
            "twice": f"{parameter}=1&{parameter}=x",
            "half an escape": f"{parameter}=%",
            "bad escape": f"{parameter}=%zz",
            "overlong": f"{parameter}=%c0%80",
            "only signs": "&&==&?",
            "many": "&".join(f"{parameter}={number}" for number in range(500)),
        }.items():
            response = visitor.get(f"{address}?{query}")
            if response.status_code not in MAY_ANSWER:
                wrong.append((parameter, label, response.status_code))

    assert wrong == []


def test_too_many_parameters_are_refused_or_ignored(visitor):
    query = "&".join(f"a{number}=1" for number in range(6000))

    assert visitor.get(f"/news/?{query}").status_code in MAY_ANSWER
    assert visitor.post("/newsletter/", query, content_type="application/x-www-form-urlencoded").status_code == 400


@pytest.mark.parametrize("label", VALUES)
def test_no_address_typed_into_the_newsletter_form_is_an_error(visitor, label):
    response = visitor.post("/newsletter/", {"email": VALUES[label], "website": VALUES[label]})

    assert response.status_code == 422


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain; charset=nonsense", "x"],
)
def test_no_body_is_an_error(visitor, content_type):
    response = visitor.generic("POST", "/newsletter/", b"\x00\xff--x\r\n", content_type=content_type)

    assert response.status_code in (400, 422)


@pytest.mark.parametrize(
    "header",
    ["range", "hx-request", "hx-current-url-uri-autoencoded", "hx-current-url", "accept-language", "if-none-match"],
)
@pytest.mark.parametrize("value", ["", "a" * 5_000, "%00", "http://[bad", "\xff", "true", 'W/"', "-1", "9" * 400])
def test_no_header_is_an_error(visitor, header, value):
    for address in ("/er/", "/news/feed/", "/static/css/site.css"):
        response = visitor.get(address, headers={header: value})
        body_of(response)
        assert response.status_code in {200, 206, 304, 416}


@pytest.mark.parametrize(
    "cookie",
    ["sessionid=x", "sessionid=", "sessionid=" + "a" * 4000, "sessionid=\x01", "a=b; ;;=", "messages=x", "csrftoken='"],
)
def test_no_cookie_is_an_error(visitor, cookie):
    response = visitor.get("/news/", headers={"cookie": cookie})

    assert response.status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        *("/news/{}/", "/news/topics/{}/", "/events/{}/", "/events/{}.ics", "/er/{}/", "/services/{}/", "/people/{}/"),
        *("/newsletter/text-alerts/{}/", "/newsletter/preferences/{}/", "/newsletter/new-address/{}/"),
        *("/locations/{}/", "/newsletter/confirm/{}/", "/newsletter/leave/{}/", "/media/{}", "/{}/", "/es/{}/"),
    ],
)
def test_no_address_is_an_error(visitor, address):
    for value in [
        "%00",
        "a" * 5_000,
        "%ff",
        "%e2%80%ae",
        "..",
        "%2e%2e%2f",
        "'",
        "1",
        "-1",
        "9" * 400,
        "a%0d%0ab",
        "é",
    ]:
        assert visitor.get(address.format(value)).status_code in {200, 301, 404, 410}
