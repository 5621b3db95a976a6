import pytest

from newsletter.came_back import came_back
from newsletter.models import SoftBounce
from tests.factories import create_subscriber

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["ours", "for now"])
def test_what_is_noted_for_staff_does_not_tell_the_address(kind):
    came_back(create_subscriber(email="jane.doe@example.org"), kind, "552 Mail for jane.doe <jane.doe@example.org>")

    assert SoftBounce.objects.get().details == "552 Mail for … …"
