"""The editors' screens in a real browser, under the strict policy."""

import io

import pytest
from PIL import Image

from tests.browser.accessibility import load_axe, violations
from tests.browser.desk import add_block, form_address, message, publish, put_html, save, type_text, wait_for_blocks

ADD_SCREENS = [
    "directory/contact",
    "directory/location",
    "directory/person",
    "directory/section",
    "directory/service",
    "ertimes/emergencydepartment",
    "ertimes/waittimereading",
    "events/event",
    "news/article",
    "news/topic",
    "pages/menuitem",
    "pages/page",
    "pages/promotion",
    "pages/sitealert",
    "publishing/document",
    "publishing/image",
    "publishing/video",
]


def jpeg():
    """Return a small picture as bytes."""
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(file, "JPEG")
    return file.getvalue()


@pytest.mark.parametrize("screen", ADD_SCREENS)
def test_add_screens_and_lists_raise_no_complaint(signed_in, complaints, screen):
    signed_in.goto(f"/admin/{screen}/")
    signed_in.goto(f"/admin/{screen}/add/", wait_until="networkidle")

    assert complaints.heard == []
    assert complaints.foreign == []


def test_front_page_raises_no_complaint(signed_in, complaints):
    signed_in.goto("/admin/", wait_until="networkidle")

    assert complaints.heard == []


def test_editor_writes_a_post_and_the_public_reads_it(signed_in, complaints, browser, site):
    signed_in.goto("/admin/news/article/add/")
    signed_in.fill("#id_headline", "Flu shots are here")
    type_text(signed_in, "Come to the lobby.")
    assert signed_in.input_value("#id_slug") == "flu-shots-are-here"
    save(signed_in)
    assert "Flu shots are here" in message(signed_in)
    publish(signed_in, form_address(signed_in))

    visitor = browser.new_page(base_url=site.address)
    visitor.goto("/news/flu-shots-are-here/")
    assert visitor.locator("h1").inner_text() == "Flu shots are here"
    assert visitor.locator(".prose p").first.inner_text() == "Come to the lobby."
    visitor.close()
    assert complaints.heard == []


def test_draft_is_seen_by_the_editor_and_by_nobody_else(signed_in, browser, site):
    signed_in.goto("/admin/news/article/add/")
    signed_in.fill("#id_headline", "Still a draft")
    type_text(signed_in, "Not yet.")
    save(signed_in)

    assert signed_in.goto("/news/still-a-draft/").status == 200
    visitor = browser.new_page(base_url=site.address)
    assert visitor.goto("/news/still-a-draft/").status == 404
    visitor.close()


def test_event_from_midnight_to_midnight_is_refused_beside_the_field(signed_in):
    signed_in.goto("/admin/events/event/add/")
    signed_in.fill("#id_title", "Understanding birth")
    signed_in.fill("#id_first_day", "2030-06-21")
    signed_in.fill("#id_start_time", "00:00")
    signed_in.fill("#id_end_time", "00:00")
    save(signed_in)

    error = signed_in.locator(".field-first_day .errorlist, .field-start_time .errorlist").inner_text()
    assert "choose “All day”" in error
    assert signed_in.input_value("#id_title") == "Understanding birth"


def test_page_is_composed_and_ordered_by_keyboard_alone(signed_in, complaints):
    page = signed_in
    page.goto("/admin/pages/page/add/")
    wait_for_blocks(page)
    page.fill("#id_title", "Quiet hours")
    page.fill("#id_path", "quiet-hours")
    for kind in ("Text", "Figure"):
        page.locator(".order-machine-insert-target.last").focus()
        page.keyboard.press("Enter")
        page.locator(".plugin-buttons .plugin-button", has_text=kind).first.focus()
        page.keyboard.press("Enter")
    page.locator("#figureblock-0 .block-move").first.wait_for()
    page.locator("#textblock-0 .tiptap").focus()
    page.keyboard.type("Please speak softly.")
    page.fill("#id_figureblock-0-value", "10 PM")
    page.fill("#id_figureblock-0-label", "when the lights go down")
    page.locator("#figureblock-0 .block-move").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("p.visually-hidden[role=status]").inner_text() == "Moved: now block 1."
    with page.expect_navigation():
        page.keyboard.press("Control+s")

    assert "Quiet hours" in message(page)
    publish(page, form_address(page))
    page.goto("/quiet-hours/")
    text = page.locator("main").inner_text()
    assert text.index("10 PM") < text.index("Please speak softly.")
    assert complaints.heard == []


def test_block_without_what_it_needs_is_refused_and_nothing_is_lost(signed_in):
    page = signed_in
    page.goto("/admin/pages/page/add/")
    wait_for_blocks(page)
    page.fill("#id_title", "Half a page")
    page.fill("#id_path", "half-a-page")
    add_block(page, "Figure")
    page.fill("#id_figureblock-0-label", "visits a year")
    save(page)

    assert page.locator("#figureblock-0 .field-value .errorlist").inner_text() == "This block needs it."
    assert page.input_value("#id_figureblock-0-label") == "visits a year"


# The pictures of the demonstration wait for theirs too, which would take a minute.
FORGET_TASKS = "from django_tasks_db.models import DBTaskResult; DBTaskResult.objects.all().delete()"


def test_picture_is_uploaded_and_offered_in_new_formats(signed_in, complaints, site):
    site.manage("shell", "-c", FORGET_TASKS)
    signed_in.goto("/admin/publishing/image/add/")
    signed_in.fill("#id_title", "Lobby")
    signed_in.set_input_files("#id_file", {"name": "../Lobby 1.JPG", "mimeType": "image/jpeg", "buffer": jpeg()})
    signed_in.fill("#id_alternative_text", "The lobby with its desk.")
    with signed_in.expect_navigation():
        signed_in.locator("input[name=_save]").first.click()
    assert "Lobby" in message(signed_in)

    site.manage("work", "--batch", "--no-startup-delay")

    names = {path.name.rsplit(".", 1)[1] for path in (site.folder / "media" / "__processed__").rglob("lobby-1*")}
    assert {"avif", "webp"} <= names
    assert complaints.heard == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        pytest.param("page.jpg", b"<html><script>alert(1)</script>", "This is not a picture", id="html-named-jpg"),
        pytest.param("cut.jpg", jpeg()[:900], "The picture is damaged or cut off", id="truncated"),
    ],
)
def test_upload_that_is_no_picture_gets_a_sentence(signed_in, name, content, sentence):
    signed_in.goto("/admin/publishing/image/add/")
    signed_in.fill("#id_title", "Bad")
    signed_in.set_input_files("#id_file", {"name": name, "mimeType": "image/jpeg", "buffer": content})
    signed_in.fill("#id_alternative_text", "Nothing.")
    with signed_in.expect_navigation():
        signed_in.locator("input[name=_save]").first.click()

    error = signed_in.locator(".field-file .errorlist").inner_text()
    assert error != ""
    assert sentence in error
    assert signed_in.input_value("#id_title") == "Bad"


def test_hostile_text_pasted_by_an_editor_is_not_run(signed_in, browser, site):
    signed_in.goto("/admin/news/article/add/")
    signed_in.fill("#id_headline", "Hostile <script>alert(1)</script>")
    signed_in.fill("#id_slug", "hostile")
    put_html(signed_in, "<p>Hi<img src=x onerror=alert(1)></p><script>alert(2)</script>")
    save(signed_in)
    publish(signed_in, form_address(signed_in))

    visitor = browser.new_page(base_url=site.address)
    alerts = []
    visitor.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    for path in ("/news/hostile/", "/news/", "/"):
        visitor.goto(path)
    visitor.close()
    assert alerts == []


def test_own_parts_of_the_editing_screens_are_accessible(signed_in):
    for screen in ("pages/page", "news/article", "publishing/image"):
        signed_in.goto(f"/admin/{screen}/add/", wait_until="networkidle")
        load_axe(signed_in)
        # The picker of related things (select2) is Django's own, and so is what it lacks.
        others = [line for line in violations(signed_in) if "select2" not in line]
        assert (screen, others) == (screen, [])
