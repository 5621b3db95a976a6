"""Whatever is typed has a plain page, at no more than the usual price."""

import urllib.parse

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engine import find
from search.lay_words import LayWords
from search.questions import LONGEST, MOST_TERMS, understand
from search.rebuilding import rebuild
from tests.factories import create_article, create_contact, create_service, create_topic

pytestmark = pytest.mark.django_db

# Of a page, whatever is asked: the frame's, what is kept in memory, and at most five looks. PostgreSQL is asked how
# much there is before each, and looks for a phrase in two ways.
MOST_QUERIES = 21 + (10 if connection.vendor == "postgresql" else 0)

QUOTES = ["'", '"', "`", "´", "‘", "’", "“", "”", "„", "«", "»", "''", '""', "'''", "$$", "$q$"]
FTS5 = [
    *(
        "*",
        "k*",
        "*k",
        "kid*ney",
        '"kidney" *',
        "^kidney",
        "^",
        "NEAR(kidney stone)",
        "NEAR(",
        "NEAR(kidney, 5",
        "NEAR",
    ),
    *(
        "AND",
        "OR",
        "NOT",
        "AND OR NOT",
        "kidney AND",
        "OR kidney",
        "NOT kidney",
        "kidney AND NOT",
        "kidney NOT NOT stone",
    ),
    *(
        "names:kidney",
        "words:",
        "{names words}: kidney",
        "- {scope}: x",
        "scope : k",
        "rowid:1",
        "rank",
        "(",
        ")",
        "(((",
    ),
    *(
        "(kidney",
        "kidney)",
        "kidney + stone",
        "+",
        "kidney ++ stone",
        ":",
        "::",
        "{",
        "}",
        "{}:",
        "search_words",
        "bm25(1)",
    ),
]
TSQUERY = [
    *(
        "&",
        "|",
        "!",
        "!!kidney",
        "kidney &",
        "| kidney",
        "kidney & | stone",
        "kidney <-> stone",
        "<->",
        "<2>",
        "<99999>",
    ),
    *(
        "kidney:*",
        ":*",
        "kidney:A",
        "kidney:ABCD*",
        "'kidney':*",
        "!(kidney | stone)",
        "()",
        "kidney <-> ",
        "'",
        "'':*",
    ),
    *("v:en", "k:service", "'v:en' | 'k:service'", "t:kidneys", "g:dated", "kidney 'v:en'", "to_tsquery('x')"),
]
SQL = [
    *(
        "'; DROP TABLE search_entry; --",
        "' OR 1=1 --",
        "1; SELECT pg_sleep(9)",
        "%s",
        "%(q)s",
        "%%",
        "%",
        "_",
        "?",
        ":q",
    ),
    *(
        "kidney' UNION SELECT 1 --",
        "/* */",
        "--",
        ";",
        "\\",
        "\\\\",
        "\\'",
        '\\"',
        "\\x00",
        "\\u0000",
        "E'\\\\'",
        "a\\",
    ),
    *(
        "{{ 7 * 7 }}",
        "{% debug %}",
        "${7*7}",
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "&lt;b&gt;",
    ),
]
SIGNS = [
    *("\0", "kid\0ney", "\0" * 50, "\t\n\r\v\f", "\x01\x02\x1b[31m", "\x7f", "\ufeffkidney", "\u200b", "\u00ad" * 20),
    *("\u202ekidney", "\u2066kidney\u2069", "\u200e\u200f", "\u202d\u202e\u202c" * 9, "\u061c", "\u2028kidney\u2029"),
    *(
        "e\u0301",
        "k\u0300" + "\u0301" * 150,
        "\u0301",
        "\u0301kidney",
        "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L",
        "\u20e3",
        "\ufffd",
        "\uffff",
        "\U0010ffff",
    ),
    *(
        "👩‍⚕️",
        "👩🏽‍⚕️ kidney 🏥",
        "🏥" * 90,
        "👨‍👩‍👧‍👦",
        "🇺🇸",
        "1️⃣",
        "❤️ clinic",
        "☎ 911",
        "℡",
        "½ kidney",
        "ﬁbroid",
        "ǅ",
        "ß",
        "İstanbul",
        "ſ",
    ),
]
SCRIPTS = [
    *(
        "病院",
        "救急外来 どこ",
        "병원 응급실",
        "مستشفى",
        "أين غرفة الطوارئ",
        "בית חולים",
        "अस्पताल कहाँ है",
        "โรงพยาบาล",
        "больница",
        "νοσοκομείο",
    ),
    *(
        "ﷺ",
        "Ⅷ",
        "①②③",
        "٣٤٥",
        "８６０－８２３－６３８９",
        "ｋｉｄｎｅｙ",
        "𝓀𝒾𝒹𝓃𝑒𝓎",
        "K̈idney",
        "ñoño",
        "¿Dónde está?",
        "kidney٪",
        "ʼkidneyʼ",
    ),
]
WORDS = [
    *(
        "-",
        "--kidney",
        "-kidney",
        "-kidney -stone",
        "- kidney",
        '-"kidney stone"',
        '-"',
        "kidney -",
        "kidney -kidney",
        "−kidney",
    ),
    *("the", "the and of", "de la el", "what is the", "no", "no no no", '"the"', '"the and of"', "-the", "who the"),
    *(
        '"',
        '""',
        '"" ""',
        '"kidney',
        'kidney"',
        '"kidney stone',
        '"""kidney"""',
        '"kidney" "stone"',
        "“kidney”",
        "«kidney stone»",
    ),
    *(
        "k",
        "ki",
        "a",
        "0",
        "00",
        "-1",
        "1e309",
        "0x1F",
        "NaN",
        "null",
        "None",
        "undefined",
        "true",
        "[]",
        "()",
        "q=1&q=2",
    ),
    *(
        "860",
        "860-",
        "8608236389" * 9,
        "+",
        "+1",
        "911",
        "1" * 200,
        "860 823 6389 ext.",
        "x2215",
        "ext ext ext",
        "(((860)))",
    ),
    *(
        "kidney " * 2000,
        "k" * 10_000,
        "kidney" * 5_000,
        "a b c d e f g h i j k l m n o p q r s t u v w x y z",
        "- " * 500,
    ),
    *(
        '"' * 500,
        "(" * 500,
        "*" * 500,
        "\\" * 500,
        "'" * 501,
        "kidneys-" * 60,
        "kid'ney's'" * 30,
        ("heart " * 11).strip(),
    ),
    *("hxart kxdnxy stxne clxnic dxctor nxrse cxre hxalth", " ".join("abcdefghij"[i % 10] * 3 for i in range(60))),
    *(
        "../../etc/passwd",
        "http://example.org/?q=kidney",
        "file:///",
        "kidney@example.org",
        "C:\\Windows",
        "~",
        "#",
        "@",
        "=1+1",
    ),
]
HOSTILE = [*QUOTES, *FTS5, *TSQUERY, *SQL, *SIGNS, *SCRIPTS, *WORDS]

# What no form sends: bytes that are no UTF-8, half a surrogate pair, the name twice, in capitals, as a list.
ADDRESSES = [
    *(
        "q=%00",
        "q=%ff%fe",
        "q=%ed%a0%80",
        "q=%ed%b0%80kidney",
        "q=%c0%80",
        "q=%",
        "q=%zz",
        "q=%u0041",
        "q",
        "q=",
        "=",
        "&&&",
    ),
    *(
        "q=kidney&q=stone",
        "Q=kidney",
        "q[]=kidney",
        "q=kidney%20%2d%00",
        "q=kidney;page=2",
    ),
    *(
        "kind=%00&q=kidney",
        "kind=service'&q=kidney",
        "topic=%22&q=kidney",
        "topic=a%27b%5c&q=kidney",
        "topic=%00&q=kidney",
    ),
]


def content():
    """Make what the queries may fit."""
    topic = create_topic(name="Kidneys", slug="kidneys")
    create_service(name="Kidney Stone Clinic", summary="Quotes ' \" \\ and 100 % of _ *", body="<p>the and of</p>")
    create_contact(name="Front Desk", number="860-823-6389")
    create_article(headline="Heart & kidney | news", topics=[topic], body="<p>病院 अस्पताल مستشفى</p>")
    rebuild()


def queries_of(ask):
    with CaptureQueriesContext(connection) as queries:
        answer = ask()
    return answer, len(queries)


def test_there_are_at_least_200_of_them():
    assert len(set(HOSTILE)) >= 200


def test_each_has_a_plain_page_at_the_usual_price(client):
    content()
    client.get("/search/", {"q": "kidney"})
    addresses = [*(urllib.parse.urlencode({"q": query}) for query in HOSTILE), *ADDRESSES]

    answers = {address: queries_of(lambda: client.get(f"/search/?{address}")) for address in addresses}  # noqa: B023  at once

    assert {address: answer.status_code for address, (answer, _queries) in answers.items()} == dict.fromkeys(
        addresses, 200
    )
    assert {address: queries for address, (_answer, queries) in answers.items() if queries > MOST_QUERIES} == {}


def test_each_has_suggestions_or_none(client):
    content()
    addresses = [urllib.parse.urlencode({"q": query}) for query in HOSTILE]

    answers = {each: queries_of(lambda: client.get(f"/search/suggestions/?{each}")) for each in addresses}  # noqa: B023  at once

    assert {each: answer.status_code for each, (answer, _queries) in answers.items()} == dict.fromkeys(addresses, 200)
    assert {each: queries for each, (_answer, queries) in answers.items() if queries > MOST_QUERIES} == {}


def test_a_filter_may_be_anything():
    content()

    odd = [*QUOTES, *SQL, *SIGNS[:12]]
    found = [find("kidney", **{name: query}).results for query in odd for name in ("kind", "topic")]

    assert [results for results in found if results] == []


def test_half_a_pair_of_surrogates_is_no_word():
    content()

    assert [each.entry.title for each in find("\ud800 kidney stone \udfff").results] == ["Kidney Stone Clinic"]


@settings(max_examples=300)
@given(st.text(max_size=300) | st.lists(st.sampled_from([*HOSTILE, "kidney", "stone"]), max_size=6).map(" ".join))
def test_every_text_is_understood_within_its_bounds(text):
    question = understand(text, LayWords([("heart doctor", "en", ["cardiology"])]))

    assert len(question.text) <= LONGEST
    assert len(question.terms) <= MOST_TERMS
    assert all(stem for phrase in question.without for stem in phrase.stems)
    assert all(word.isalnum() for term in question.terms for word in term.typed)
    assert question.is_empty == (not question.terms and question.number is None)
