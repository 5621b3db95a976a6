"""Whatever is sent to the endpoints: a clear refusal, never a 500, and the last good value stays."""

import gzip
import io
import json
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ertimes.models import TakenEvent, WaitTimeReading
from ertimes.waits import current_waits
from tests.ertimes.sender import NOON, Sender, iso, reading, readings
from tests.factories import create_department

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def sender(client):
    return Sender(client, create_department(slug="backus"))


def told(response):
    """Return (status, what is told) of a refusal, which is a problem in JSON that no cache keeps."""
    body = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert (body["type"], body["status"]) == ("about:blank", response.status_code)
    assert response["Cache-Control"] == "no-store"
    return response.status_code, body["detail"]


NO_JSON = (
    "The body is not JSON as it is taken here. Look for a missing comma or quote, NaN or Infinity, a number of "
    "thousands of digits, or a name that stands twice in one object."
)
TOO_DEEP = "The body is nested too deeply: up to 20 levels."


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        pytest.param(b" ", NO_JSON, id="nothing"),
        pytest.param(b"{", NO_JSON, id="half"),
        pytest.param(b'{"event_id": NaN}', NO_JSON, id="NaN"),
        pytest.param(b'{"event_id": -Infinity}', NO_JSON, id="Infinity"),
        pytest.param(b'{"event_id": 1e999}', NO_JSON, id="beyond-all-numbers"),
        pytest.param(b'{"event_id": %s}' % (b"9" * 5000), NO_JSON, id="digits"),
        pytest.param(b'{"event_id": "1", "event_id": "2"}', NO_JSON, id="a-name-twice"),
        pytest.param(b'{"readings": [{"wait_minutes": 1, "wait_minutes": 2}]}', NO_JSON, id="a-name-twice-in-a-row"),
        pytest.param(b'\xef\xbb\xbf{"event_id": "1"}', NO_JSON, id="byte-order-mark"),
        pytest.param('{"event_id": "1"}'.encode("utf-16"), "The body is not UTF-8.", id="UTF-16"),
        pytest.param(b'{"event_id": "\xff"}', "The body is not UTF-8.", id="no-UTF-8"),
        pytest.param(b'{"event_id": "\x00"}', NO_JSON, id="NUL"),
        pytest.param(b"[]", "The body is to be a JSON object: {…}.", id="array"),
        pytest.param(b"null", "The body is to be a JSON object: {…}.", id="null"),
        pytest.param(b'{"a":' + b"[" * 20 + b"]" * 20 + b"}", TOO_DEEP, id="21-levels"),
        pytest.param(b"[" * 100_000, TOO_DEEP, id="brackets"),
        pytest.param(b'{"a":' * 40_000, TOO_DEEP, id="braces"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, TOO_DEEP, id="bracket-pairs"),
    ],
)
def test_what_is_no_json_is_refused(sender, body, detail):
    assert told(sender.send(body)) == (400, detail)


def test_twenty_levels_are_not_too_deep(sender):
    body = b'{"a":' + b"[" * 19 + b"]" * 19 + b"}"

    assert sender.send(body).status_code == 422


@pytest.mark.parametrize(
    ("content_type", "detail"),
    [
        ("text/plain", "Send JSON, with the header Content-Type: application/json."),
        ("application/x-www-form-urlencoded", "Send JSON, with the header Content-Type: application/json."),
        ("multipart/form-data; boundary=x", "Send JSON, with the header Content-Type: application/json."),
        ("", "Send JSON, with the header Content-Type: application/json."),
        ("application/json; charset=utf-16", "Send JSON in UTF-8."),
    ],
)
def test_another_content_type_is_refused(sender, content_type, detail):
    response = sender.send(json.dumps(readings(reading())).encode(), content_type=content_type)

    assert told(response) == (415, detail)


def test_the_charset_may_be_named(sender):
    assert sender.send(readings(reading()), content_type="application/json; charset=UTF-8").status_code == 200


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "gzip, gzip", "x"])
def test_nothing_is_unpacked(sender, encoding):
    bomb = gzip.compress(b" " * 1_000_000)

    response = sender.send(bomb, headers={"Content-Encoding": encoding})

    assert told(response) == (415, "Send the body as it is, without Content-Encoding: nothing is unpacked here.")


TOO_LONG = "A message may have 256 kB. Send it in several, each with an event id of its own."


@pytest.mark.parametrize("length", [256 * 1024 + 1, 10 * 1024 * 1024])
def test_a_body_that_is_too_long_is_not_read(sender, length):
    assert told(sender.send(b" " * length)) == (413, TOO_LONG)


def test_a_body_of_256_kb_is_read(sender):
    body = json.dumps(readings(reading())).encode()

    assert sender.send(body.ljust(256 * 1024)).status_code == 200


@pytest.mark.parametrize(
    ("length", "status"), [("9" * 5000, 413), ("", 411), ("-1", 411), ("x", 411), ("²", 411), (None, 411)]
)
def test_a_length_that_cannot_be_is_refused(client, sender, length, status):
    body = io.BytesIO(b"{}")
    environ = {"CONTENT_LENGTH": length} if length is not None else {"HTTP_TRANSFER_ENCODING": "chunked"}
    request = {"REQUEST_METHOD": "POST", "PATH_INFO": "/api/er/backus/readings/", "CONTENT_TYPE": "application/json"}

    response = client.request(**request, **environ, **{"wsgi.input": body})

    assert told(response)[0] == status
    assert body.tell() == 0


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options", "trace"])
def test_only_post_is_taken(client, method):
    response = getattr(client, method)("/api/er/backus/readings/")

    assert (response.status_code, response["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "path",
    ["no-such-department/readings/", "backus/readings", "backus/", "back%00us/readings/", "back%ffus/readings/",
     "%F0%9F%98%80/readings/", "a/b/c/d"],
)  # fmt: skip
def test_an_address_that_is_none_is_told_so(client, sender, path):
    body = json.dumps(readings(reading())).encode()

    response = client.post(f"/api/er/{path}", body, content_type="application/json", headers=sender.headers(body))

    assert told(response)[0] == 404


class AwayError(OperationalError):
    pass


@pytest.mark.parametrize("statement", ["SELECT", "INSERT"])
def test_a_database_that_does_not_answer_is_told_with_when_to_come_again(sender, statement):
    def fail(execute, sql, params, many, context):
        if sql.startswith(statement):
            raise AwayError("could not connect")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        response = sender.send(readings(reading(), event_id="1"))

    assert told(response) == (
        503,
        "The site cannot store it right now; nothing was taken. Send the same message again.",
    )
    assert response["Retry-After"] == "30"
    assert sender.send(readings(reading(), event_id="1")).status_code == 200


def test_what_was_sent_does_not_come_into_the_log(sender, caplog):
    def fail(execute, sql, params, many, context):
        raise AwayError(f"Key (event_id)=({params}) exists")

    with connection.execute_wrapper(fail):
        sender.send(readings(reading(), event_id="MRN-4711"))
    sender.send(readings(reading(), event_id="MRN-4711", patient="Ada"))

    assert "4711" not in caplog.text
    assert "Ada" not in caplog.text


NUMBERS = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([0, 25, 1e308]))
INSTANTS = st.one_of(
    st.datetimes().map(lambda instant: f"{instant.isoformat()}Z"),
    st.text(max_size=30),
    st.sampled_from([iso(NOON), iso(NOON - timedelta(minutes=5)), "2026-03-02T12:00:00-05:00", "2026-03-02T12:00:00"]),
)
JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, st.text(max_size=20), INSTANTS),
    lambda children: st.one_of(
        st.lists(children, max_size=4), st.dictionaries(st.text(max_size=10), children, max_size=4)
    ),
    max_leaves=10,
)
ROWS = st.one_of(
    JSON_VALUES,
    st.fixed_dictionaries(
        {"observed_at": st.one_of(INSTANTS, JSON_VALUES), "wait_minutes": st.one_of(NUMBERS, JSON_VALUES)},
        optional={"sample_size": JSON_VALUES, "valid_for_minutes": JSON_VALUES},
    ),
)
MESSAGES = st.one_of(
    JSON_VALUES,
    st.fixed_dictionaries({"event_id": st.one_of(st.text(max_size=70), JSON_VALUES), "readings": JSON_VALUES}),
    st.fixed_dictionaries(
        {"event_id": st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=64),
         "readings": st.lists(ROWS, min_size=1, max_size=4)}
    ),
)  # fmt: skip


def check_answer(response):
    """Nothing arbitrary breaks anything: the answer is one of those that are documented, and adds up."""
    rows, taken = WaitTimeReading.objects.count(), TakenEvent.objects.count()
    if response.status_code == 200:
        assert response.json()["stored"] >= 1
        return
    assert told(response)[0] in (400, 409, 422, 429)
    assert (rows == 0) == (taken == 0)


@given(body=st.binary(min_size=1, max_size=300))
@hypothesis_settings(max_examples=30)
def test_arbitrary_bytes_are_refused(sender, body):
    check_answer(sender.send(body))

    assert WaitTimeReading.objects.count() == 0


@given(message=MESSAGES)
@hypothesis_settings(max_examples=25)
def test_arbitrary_json_is_answered_and_never_shows_an_impossible_wait(sender, message):
    check_answer(sender.send(message))

    for wait in current_waits():
        assert wait.minutes is None or 0 <= wait.minutes <= 1440


@given(
    key=st.text(max_size=50),
    timestamp=st.one_of(st.text(max_size=30), st.integers().map(str)),
    signature=st.one_of(st.text(max_size=80), st.binary(min_size=32, max_size=32).map(lambda b: f"sha256={b.hex()}")),
)
def test_arbitrary_headers_are_refused(sender, key, timestamp, signature):
    headers = {"ER-Key": key, "ER-Timestamp": timestamp, "ER-Signature": signature}

    assert told(sender.send(readings(reading()), headers=headers))[0] == 401
