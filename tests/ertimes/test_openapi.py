"""The description that integration engineers build on says what the code does, in every limit and status."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import get_resolver
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from ertimes.api import bodies, forms, views
from ertimes.feed_keys import KEY_ID
from ertimes.models import EmergencyDepartment, TakenEvent
from ertimes.taken_events import MOST_A_MINUTE
from ertimes.visits import OLDEST_AS_OF
from tests.ertimes.sender import NOON, Sender, reading, readings
from tests.factories import create_department, create_reading

DESCRIBED = json.loads(views.DESCRIPTION.read_text())
SCHEMAS = DESCRIBED["components"]["schemas"]
SENDING = {"readings": "/api/er/{slug}/readings/", "visits": "/api/er/{slug}/visits/"}


def schema(name):
    """Return a validator of the schema called `name`, with what it refers to and with formats."""
    whole = {"$ref": f"#/components/schemas/{name}", "components": DESCRIBED["components"]}
    return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)


def operation(kind):
    return DESCRIBED["paths"][SENDING[kind]]["post"]


def examples(kind):
    found = operation(kind)["requestBody"]["content"]["application/json"]["examples"]
    return [each["value"] for each in found.values()]


@pytest.fixture
def sender(client, db):
    with time_machine.travel(NOON, tick=False):
        yield Sender(client, create_department(slug="backus", smallest_sample=1))


def test_the_description_is_openapi_3_1():
    OpenAPIV31SpecValidator(DESCRIBED).validate()

    assert DESCRIBED["openapi"] == "3.1.0"


def test_it_is_served_to_any_site_and_may_be_kept(client):
    response = client.get("/api/er/openapi.json")

    assert (response.status_code, response["Content-Type"], response["Access-Control-Allow-Origin"]) == (
        200,
        "application/json",
        "*",
    )
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=3600"}
    assert response.json() == DESCRIBED


def test_the_paths_are_those_of_the_site():
    resolver = next(each for each in get_resolver().url_patterns if getattr(each, "app_name", "") == "er_api")
    ours = {f"/api/er/{re.sub('<slug:slug>', '{slug}', str(each.pattern))}" for each in resolver.url_patterns}

    assert set(DESCRIBED["paths"]) == ours - {"/api/er/<path:path>"} | {"/er/wait-times.json"}


@pytest.mark.parametrize(
    ("name", "form_class", "beside"),
    [
        ("Readings", forms.ReadingsForm, {"readings"}),
        ("Reading", forms.ReadingForm, set()),
        ("Visits", forms.VisitsForm, {"visits"}),
        ("Visit", forms.VisitForm, set()),
    ],
)
def test_fields_and_their_limits_are_those_of_the_forms(name, form_class, beside):
    described = SCHEMAS[name]
    fields = form_class().fields

    assert set(described["properties"]) == set(fields) | beside
    assert set(described["required"]) == {name for name, field in fields.items() if field.required} | beside
    assert described["additionalProperties"] is False
    for field_name, field in fields.items():
        of_field = described["properties"][field_name]
        of_field = SCHEMAS["EventId"] if "$ref" in of_field else of_field
        kinds = of_field["type"] if isinstance(of_field["type"], list) else [of_field["type"]]
        assert ("null" in kinds) is not field.required
        if hasattr(field, "most"):
            assert (of_field["minimum"], of_field["maximum"]) == (field.least, field.most)
            assert ("integer" in kinds) is field.whole
        if hasattr(field, "max_length"):
            assert (of_field["minLength"], of_field["maxLength"]) == (1, field.max_length)
        if hasattr(field, "oldest"):
            assert of_field["format"] == "date-time"


def test_other_limits_are_those_of_the_code():
    rows = {name: SCHEMAS[name]["properties"][name.lower()] for name in ("Readings", "Visits")}
    told = json.dumps(DESCRIBED["components"]["responses"])

    assert (rows["Readings"]["minItems"], rows["Readings"]["maxItems"]) == (1, forms.MOST_READINGS)
    assert (rows["Visits"]["minItems"], rows["Visits"]["maxItems"]) == (0, forms.MOST_VISITS)
    assert f"More than {bodies.MOST_BYTES} bytes" in told
    assert f"deeper than {bodies.DEEPEST} levels" in told
    assert f"{MOST_A_MINUTE} messages" in told
    as_of = SCHEMAS["Visits"]["properties"]["as_of"]["description"]
    assert f"more than {OLDEST_AS_OF // timedelta(minutes=1)} minutes ago" in as_of
    slug = DESCRIBED["paths"][SENDING["readings"]]["parameters"][0]["schema"]
    assert slug["maxLength"] == EmergencyDepartment._meta.get_field("slug").max_length
    key = re.search(r"er_\w+", DESCRIBED["components"]["securitySchemes"]["key"]["description"])[0]
    assert KEY_ID.fullmatch(key)


@pytest.mark.parametrize(("kind", "number"), [(kind, n) for kind in SENDING for n in range(len(examples(kind)))])
def test_the_examples_are_taken(sender, kind, number):
    example = examples(kind)[number]
    schema(kind.capitalize()).validate(example)

    response = sender.send(example, kind=kind)

    assert (response.status_code, response.json()["refused"]) == (200, [])
    schema(f"Taken{kind.capitalize()}").validate(response.json())


@pytest.mark.parametrize("kind", SENDING)
def test_the_examples_of_answers_follow_their_schema(kind):
    content = operation(kind)["responses"]["200"]["content"]["application/json"]

    for example in content["examples"].values():
        schema(content["schema"]["$ref"].rpartition("/")[2]).validate(example["value"])


def problems_of(sender, kind):
    """Yield a response for each way in which a message of `kind` is refused."""
    good = examples(kind)[0]
    body = json.dumps(good).encode()
    yield sender.send(b"{", kind=kind)
    yield sender.send(good, kind=kind, headers={"ER-Signature": None})
    yield sender.send(good, kind=kind, slug="nowhere")
    yield sender.client.get(f"/api/er/backus/{kind}/")
    yield sender.client.request(
        REQUEST_METHOD="POST", PATH_INFO=f"/api/er/backus/{kind}/", CONTENT_TYPE="application/json"
    )
    yield sender.send(b" " * (bodies.MOST_BYTES + 1), kind=kind)
    yield sender.send(body, kind=kind, content_type="text/plain")
    yield sender.send({}, kind=kind)
    yield sender.send({**good, kind: [{"bad": 1}]}, kind=kind)
    sender.send(good, kind=kind)
    yield sender.send(good, kind=kind)
    TakenEvent.objects.bulk_create(
        TakenEvent(department=sender.department, event_id=str(n)) for n in range(MOST_A_MINUTE)
    )
    yield sender.send(good, kind=kind)


@pytest.mark.parametrize("kind", SENDING)
def test_every_status_is_described_and_every_problem_follows_its_schema(sender, kind):
    described = operation(kind)["responses"]
    seen = {200, 503}  # of a good one, and of a database that is away: see test_api_hostile.py
    for response in problems_of(sender, kind):
        of_status = described[str(response.status_code)]["$ref"].rpartition("/")[2]
        of_status = DESCRIBED["components"]["responses"][of_status]
        content = of_status["content"]["application/problem+json"]
        schema(content["schema"]["$ref"].rpartition("/")[2]).validate(response.json())
        assert response["Content-Type"] == "application/problem+json"
        assert set(of_status.get("headers", {})) <= set(response.headers)
        seen.add(response.status_code)

    assert {str(status) for status in seen} == set(described)


def test_a_message_that_follows_the_schema_but_for_one_limit_is_refused_by_both(sender):
    good = reading()
    wrong = [
        {**good, "wait_minutes": 1440.5},
        {**good, "wait_minutes": -0.5},
        {**good, "sample_size": 10_001},
        {**good, "sample_size": 1.5},
        {**good, "valid_for_minutes": 0.5},
        {**good, "observed_at": "2026-03-02T12:00:00"},
        {**good, "name": "x"},
        {"wait_minutes": 5},
    ]

    response = sender.send(readings(good, *wrong))

    assert schema("Reading").is_valid(good)
    assert [schema("Reading").is_valid(row) for row in wrong] == [False] * len(wrong)
    assert {each["index"] for each in response.json()["refused"]} == set(range(1, len(wrong) + 1))


@pytest.mark.django_db
def test_the_board_is_as_described(client):
    with time_machine.travel(NOON, tick=False):
        create_reading(department=create_department(), observed_at=NOON, source="feed", sample_size=3)
        create_department(status="closed")

        board = client.get("/er/wait-times.json").json()

    schema("Board").validate(board)
    assert set(board) == set(SCHEMAS["Board"]["properties"])
    for department in board["departments"]:
        assert set(department) == set(SCHEMAS["Department"]["properties"])
        for part in ("definition", "address"):
            assert set(department[part]) == set(SCHEMAS["Department"]["properties"][part]["properties"])
