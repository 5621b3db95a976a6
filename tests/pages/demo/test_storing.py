import pytest
from django.core.exceptions import ValidationError

from news.models import Topic
from pages.demo.storing import store

pytestmark = pytest.mark.django_db


def test_store_leaves_what_is_there_as_it_is():
    first, first_is_new = store(Topic, {"slug": "made-up"}, name="Made up")
    second, second_is_new = store(Topic, {"slug": "made-up"}, name="Another name")

    assert (first_is_new, second_is_new) == (True, False)
    assert (second.pk, second.name) == (first.pk, "Made up")


def test_store_refuses_what_an_editor_could_not_store():
    with pytest.raises(ValidationError):
        store(Topic, {"slug": "not a slug"}, name="")

    assert not Topic.objects.filter(slug="not a slug").exists()
