"""The demonstration's people on the way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ertimes.made_up_arrivals import COMING, keep_somebody_on_the_way
from ertimes.models import ArrivalNotice
from tests.factories import create_arrival_notice, create_department

pytestmark = pytest.mark.django_db


def test_somebody_is_always_on_the_way_and_marked_as_made_up():
    create_department()
    now = timezone.now()

    for _round in range(2):
        keep_somebody_on_the_way(now)

    assert list(ArrivalNotice.objects.values_list("demonstration", flat=True)) == [True] * len(COMING)


def test_those_whose_time_is_over_make_room_and_real_ones_stay():
    department = create_department()
    now = timezone.now()
    over = {"department": department, "expected_at": now - timedelta(hours=2)}
    create_arrival_notice(**over, name="Gone", demonstration=True)
    create_arrival_notice(**over, name="Real")

    keep_somebody_on_the_way(now)

    names = set(ArrivalNotice.objects.values_list("name", flat=True))
    assert ("Gone" in names, "Real" in names, len(names)) == (False, True, len(COMING) + 1)


def test_site_without_departments_has_nobody_on_the_way():
    keep_somebody_on_the_way(timezone.now())

    assert ArrivalNotice.objects.count() == 0
