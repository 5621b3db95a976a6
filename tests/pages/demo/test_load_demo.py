from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directory.models import Service

pytestmark = pytest.mark.usefixtures("loaded")


def load_demo(**options):
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue().splitlines()


def test_load_demo_tells_what_became_of_every_row():
    Service.objects.get(slug="social-work").delete()

    lines = load_demo(put_back=True)

    assert sum(line.startswith("  ") for line in lines[:70]) == 70
    assert lines[70].startswith("Directory: 70 rows = ")
    assert lines[72].startswith("New: 0 of 11 pictures, 0 of 3 films, 0 of 70 contacts, 0 of 7 locations, 1 of 25 serv")


def test_load_demo_is_brief_about_what_was_loaded_before():
    lines = load_demo()

    assert lines[0].startswith("Directory: 70 rows = ")
    assert lines[2] == "The demonstration had been loaded before: the content is left as it is."
    assert sum(line.startswith("  ") for line in load_demo(verbosity=2)) == 70
    assert load_demo(verbosity=0) == []


def test_load_demo_refuses_where_the_demonstration_is_off(settings):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match=r"DEMONSTRATION=false\): nothing was loaded"):
        load_demo()
