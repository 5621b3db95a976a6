"""A small site with one of everything, so that no part of a page stays empty."""

from datetime import UTC, date, datetime

from events.models import Event
from events.models import Topic as EventTopic
from newsletter.models import EventsBlock, LinkBlock, PostBlock, PostsBlock, TextBlock
from newsletter.models import PictureBlock as PictureInMail
from pages.models import Block, MenuItem
from publishing.tasks import make_renditions
from tests.factories import (
    create_alert,
    create_article,
    create_block,
    create_cafe_menu,
    create_contact,
    create_department,
    create_document,
    create_event,
    create_image,
    create_issue,
    create_location,
    create_menu_item,
    create_number,
    create_offering,
    create_page,
    create_person,
    create_promotion,
    create_reading,
    create_section,
    create_service,
    create_text_alert,
    create_topic,
    create_video,
)

Kind, Section = Block.Kind, Block.Section


def create_whole_site():
    """Make the site and return the Image that all of it shares."""
    image = create_image(width=480, height=320)
    make_renditions.func(image.pk)
    image.refresh_from_db()

    section = create_section(name="Main Numbers", position=1)
    main = create_contact(name="Main", section=section, position=1, role="main", number="860-889-8331")
    emergency = create_contact(name="Emergency", section=section, position=2, role="emergency", number="860-823-6389")
    create_contact(name="Volunteers", section=section, position=3, title="Coordinator", note="Mornings.")
    create_number(contact=main, kind="fax", number="860-889-0001", position=3)
    create_number(contact=main, kind="short_code", short_code="31996", position=4)

    location = create_location(
        name="Main Campus",
        slug="main-campus",
        street="326 Washington Street",
        city="Norwich",
        postal_code="06360",
        image=image,
        directions="<p>Park behind the house.</p>",
        hours="Monday to Friday, 8 AM to 4:30 PM",
        has_emergency_department=True,
        **dict.fromkeys(["parking", "entrances", "accessibility", "transport"], "<p>Told in words.</p>"),
        status="limited",
        status_note="No laboratory today.",
        status_until=datetime(2099, 6, 4, tzinfo=UTC),
    )
    location.contacts.add(main)
    location.photos.create(image=image, caption="The door.")
    for number in range(3):
        create_location(
            name=f"Mill {number}", city="Windham", status="closed", status_note="Go to the main campus."
        ).contacts.add(main)
    service = create_service(
        name="Surgery",
        slug="surgery",
        image=image,
        body="<h2>Before</h2><p>Rest.</p>",
        conditions="Hernia\nBroken bones",
        telehealth=True,
    )
    service.contacts.add(main)
    service.related.add(create_service(name="Nursing", slug="nursing"))
    create_offering(
        service=service,
        location=location,
        **dict.fromkeys(["walk_in", "appointment", "referral"], True),
        how_to_book="Call first.",
        contact=main,
        hours="daily 24 hours; by appointment",
    )
    person = create_person(
        name="Ada", slug="ada", specialties="Surgery", image=image, contact=main, accepting_new_patients=True
    )
    person.locations.add(location)
    service.people.add(person)
    create_person(name="Bob", slug="bob", provider=False, leadership_position=1, title="President", image=image)

    department = create_department(name="Backus ER", slug="backus", location=location, contact=emergency)
    create_reading(department=department)

    topic = create_topic(name="Food", slug="food", description="Eat well.")
    topic.services.add(service)
    create_article(
        headline="“Café” opens", slug="post", topics=[topic], image=image, published_at=datetime(2021, 6, 4, tzinfo=UTC)
    )
    post = create_article(headline="Another", slug="another", topics=[topic], byline="Dr. A", byline_title="Chief")
    post.locations.add(location)
    soup = {"name": "Barley soup", "allergens": "wheat", "allergens_known": True, "vegan": True}
    create_cafe_menu(note="Closed on Sunday.", dishes=[soup, {"day": 4, "meal": 1, "description": "With berries."}])
    hearts = EventTopic.objects.create(name="Heart health", slug="hearts")
    create_event(title="Class", slug="class", location=location, contact=main, image=image, topics=[hearts])
    create_event(title="To come", slug="to-come", first_day=date(2099, 1, 1), end_time=None).services.add(service)
    create_event(title="Walk", slug="walk", timing=Event.Timing.ANY_TIME, online=True)

    create_text_alert(slug="health-tips")
    create_issue(
        subject="Autumn",
        slug="autumn",
        blocks=[
            TextBlock(heading="Welcome", text="<p>Read on.</p>"),
            PictureInMail(image=image, caption="The gate."),
            PostBlock(article=post),
            PostsBlock(heading="News"),
            EventsBlock(heading="Events", days=90),
            LinkBlock(link_label="All news", link_address="/news/"),
        ],
    )

    create_alert(heading="Visiting hours", text="Until 8 PM.", link_label="All hours", link_address="/locations/")
    for menu in MenuItem.Menu:
        create_menu_item(menu=menu, label="Contact", address="/contact/")

    document = create_document(title="Guide for visitors")
    video = create_video(poster=image, transcript="<p>Hello.</p>")
    promotion = create_promotion(image=image, footnote="* A fact.", link_label="More", link_address="/services/")
    home = create_page(path="", title="Backus Hospital", lead="Here for you.", description="A hospital.")
    community = create_page(path="community", title="Community", image=image, lead="With you.")
    for page in (home, community):
        create_block(page=page, kind=Kind.TEXT, heading="Words", text="<p>Some words.</p>")
        create_block(page=page, kind=Kind.PICTURE, image=image, caption="A picture.")
        for value in ("23,000", "$305 million"):
            create_block(page=page, kind=Kind.FIGURE, value=value, label="a year")
        create_block(page=page, kind=Kind.STORY, heading="Story", text="<p>Told.</p>", image=image)
        create_block(page=page, kind=Kind.STORY, heading="Film story", text="<p>Shown.</p>", video=video)
        create_block(page=page, kind=Kind.VIDEO, video=video)
        create_block(page=page, kind=Kind.DOCUMENT, document=document)
        create_block(page=page, kind=Kind.PROMOTION, promotion=promotion)
        for level in Block.Level:
            create_block(
                page=page,
                kind=Kind.CARE_OPTION,
                level=level,
                heading=level.label,
                text="<p>When to go.</p>",
                link_label=f"Where: {level.label}",
                link_address="/locations/",
            )
        create_block(page=page, kind=Kind.NEWS, heading="News", topic=topic)
        create_block(page=page, kind=Kind.EVENTS, heading="Events")
        for each in Section:
            create_block(page=page, kind=Kind.SECTION, section=each, heading=each.label)
    return image
