"""The whole demonstration, subject by subject, in one transaction."""

from dataclasses import dataclass

from django.db import transaction

from directory.models import Contact

from .account import DirectoryAccount, account_for_rows
from .cafe import load_cafe, move_menu_on
from .contacts import load_contacts
from .emergency_departments import load_emergency_departments, report_first_waits
from .events import load_events, move_events_on
from .films import load_films
from .locations import load_locations
from .news import load_articles, load_topics
from .newsletters import load_mailing_lists, load_newsletters, load_text_alerts
from .notices import load_alerts, load_menus, load_promotions
from .people import load_people
from .pictures import load_pictures
from .services import load_services
from .standing_pages import load_pages

# Each may point at what stands above it.
SUBJECTS = (
    load_pictures,
    load_films,
    load_contacts,
    load_locations,
    load_services,
    load_people,
    load_emergency_departments,
    load_topics,
    load_articles,
    load_events,
    load_alerts,
    load_promotions,
    load_menus,
    load_pages,
    load_mailing_lists,
    load_newsletters,
    load_text_alerts,
    load_cafe,
)


@dataclass(frozen=True)
class Report:
    """`tallies` is empty where the content had been loaded before and nothing was put back."""

    tallies: list  # of Tally
    directory: DirectoryAccount
    events_moved: int


@transaction.atomic
def load_demonstration(*, now, put_back=False):
    """Load the demonstration at `now`, an aware datetime, and return a Report.

    It is loaded once. After that the content is the editors': what they changed, renamed or deleted stays
    so, and only made-up events and a made-up menu that are over move on. With `put_back`, what is missing
    is loaded again; what is there is still left alone.
    """
    loaded_before = Contact.objects.exclude(source_line="").exists()
    tallies = [] if loaded_before and not put_back else [load(now) for load in SUBJECTS]
    events_moved = move_events_on(now)
    move_menu_on(now)
    report_first_waits(now)
    return Report(tallies, account_for_rows(now), events_moved)
