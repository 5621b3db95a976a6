"""The library in a real browser: files that are dropped, the focal point by keyboard, a deletion that is refused."""

import base64
import re

import pytest

from tests.browser.accessibility import load_axe, violations
from tests.factories import pdf_bytes, picture_bytes

SCREEN = "/admin/publishing/upload/"
# What a hand does with files from a folder; a script cannot read the disk, so it is given their bytes.
DROP = """files => {
  const data = new DataTransfer()
  for (const file of files) {
    const bytes = Uint8Array.from(atob(file.content), char => char.charCodeAt(0))
    data.items.add(new File([bytes], file.name, { type: file.type }))
  }
  const zone = document.querySelector("[data-zone]")
  for (const name of ["dragenter", "dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }))
  }
}"""


def photograph(colour, size=(900, 600)):
    return picture_bytes(file_format="JPEG", size=size, colour=colour)


def drop(page, **files):
    """Drop `files`, contents by name (with _ for the dot), on the field for them, and wait for the last answer."""
    given = [
        {"name": name.replace("_", "."), "content": base64.b64encode(content).decode(), "type": ""}
        for name, content in files.items()
    ]
    page.evaluate(DROP, given)
    page.locator(".uploads__status", has_text="Done.").wait_for()


def rows(page):
    """Return what became of each file, as (name, sentence)."""
    return [
        (row.locator(".upload__name").inner_text(), row.locator(".upload__sentence").inner_text())
        for row in page.locator(".upload").all()
    ]


@pytest.fixture
def page_of_uploads(signed_in):
    """The screen for uploads, empty; what a test leaves there is left out at its end."""
    signed_in.goto(SCREEN)
    yield signed_in
    signed_in.on("dialog", lambda dialog: dialog.accept())
    signed_in.goto(SCREEN)
    while signed_in.locator("button[name=_discard]").count():
        with signed_in.expect_navigation():
            signed_in.locator("button[name=_discard]").first.click()


def test_dropped_files_are_judged_one_by_one_and_join_the_library(page_of_uploads, complaints):
    page = page_of_uploads

    drop(page, lobby_jpg=photograph("peru"), drawing_jpg=b"<svg onload=alert(1)>", hours_pdf=pdf_bytes("dropped"))

    assert rows(page) == [
        ("lobby.jpg", "Ready for its words, below."),
        ("drawing.jpg", "This is not a picture we can read. Please use a JPEG, PNG, WebP or AVIF file."),
        ("hours.pdf", "Ready for its words, below."),
    ]
    assert page.locator(".uploads__status").inner_text() == "Done. Ready for their words: 2. Not taken: 1."
    page.get_by_label("Alternative text").fill("The lobby.")
    with page.expect_navigation():
        page.locator("[data-add]").click()
    added = page.locator(".messagelist li").all_inner_texts()
    assert sorted(added) == ["Added to the library: Hours", "Added to the library: Lobby"]
    assert page.locator(".new-file").count() == 0
    assert complaints.heard == []


def test_a_file_of_30_megabytes_is_refused_without_being_sent(page_of_uploads):
    page = page_of_uploads
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    page.evaluate(
        DROP.replace("atob(file.content)", "file.content").replace(
            "Uint8Array.from(file.content, char => char.charCodeAt(0))", "new Uint8Array(30 * 1024 * 1024)"
        ),
        [{"name": "film.jpg", "content": "", "type": ""}],
    )

    page.locator(".uploads__status", has_text="Done.").wait_for()
    assert re.sub(r"\s", " ", rows(page)[0][1]) == "The file is larger than 25.0 MB. Save it smaller and try again."
    assert sent == []


def test_a_lost_connection_is_told_and_the_file_is_sent_again(page_of_uploads, complaints):
    page = page_of_uploads
    page.route(f"**{SCREEN}", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    drop(page, ward_jpg=photograph("navy"))
    assert rows(page) == [("ward.jpg", "The connection was lost. The file was not sent.")]

    page.unroute(f"**{SCREEN}")
    page.get_by_role("button", name="Try again").click()

    page.locator(".upload--taken").wait_for()
    assert rows(page) == [("ward.jpg", "Ready for its words, below.")]


def test_a_session_that_ended_is_told_and_nothing_typed_is_lost(page_of_uploads, session_of_admin):
    page = page_of_uploads
    drop(page, ward_jpg=photograph("olive"))
    page.get_by_label("Alternative text").fill("A ward.")
    page.context.clear_cookies()

    drop(page, hall_jpg=photograph("maroon"))

    assert rows(page)[1] == (
        "hall.jpg",
        "You may have been signed out. Sign in again in another tab, then try again.",
    )
    assert page.get_by_label("Alternative text").input_value() == "A ward."
    page.context.add_cookies(session_of_admin)
    page.get_by_role("button", name="Try again").click()
    page.locator(".upload--taken").nth(1).wait_for()


def test_a_duplicate_is_told_at_once(page_of_uploads):
    page = page_of_uploads
    drop(page, first_pdf=pdf_bytes("twice"))
    with page.expect_navigation():
        page.locator("[data-add]").click()

    drop(page, second_pdf=pdf_bytes("twice"))

    assert rows(page) == [("second.pdf", "This file is in the library already: see below.")]
    assert page.locator(".new-file__duplicate a").inner_text() == "First"
    with page.expect_navigation():
        page.get_by_role("button", name="Use that one").click()
    assert page.locator(".new-file").count() == 0


def test_consent_is_asked_for_where_a_patient_is_shown(page_of_uploads):
    page = page_of_uploads
    drop(page, patient_jpg=photograph("purple"))
    assert not page.get_by_label("Consent record").is_visible()

    page.get_by_label("Shows a patient").check()
    page.get_by_label("Alternative text").fill("A patient and a nurse.")
    with page.expect_navigation():
        page.locator("[data-add]").click()

    assert "A picture that shows a patient needs its consent record." in page.locator(".new-file").inner_text()
    assert page.get_by_label("Consent record").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_own_parts_of_the_library_s_screens_are_accessible(page_of_uploads, width, scheme):
    page = page_of_uploads
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(SCREEN)
    drop(page, look_jpg=photograph("orange"), bad_jpg=b"<svg/>", look_pdf=pdf_bytes(f"{width}"))
    found = {"upload": own_violations(page)}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for name in ("image", "document"):
        page.goto(f"/admin/publishing/{name}/")
        found[name] = own_violations(page)
    page.goto("/admin/publishing/image/")
    with page.expect_navigation():
        page.locator(".field-title a").first.click()
    page.locator(".focal-point__ring").wait_for()
    found["picture"] = own_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert found == {key: [] for key in found}


def own_violations(page):
    page.on("dialog", lambda dialog: dialog.accept())
    load_axe(page)
    return violations(page)


def open_picture(page, title):
    page.goto(f"/admin/publishing/image/?q={title}")
    with page.expect_navigation():
        page.locator(".field-title a").first.click()
    page.locator(".focal-point__ring").wait_for()


def test_the_focal_point_is_set_by_keyboard_and_by_click(signed_in, complaints):
    page = signed_in
    open_picture(page, "Cafe")
    ring = page.get_by_role("button", name="Focal point: move it with the arrow keys")
    across, down = page.get_by_label("From the left, %"), page.get_by_label("From the top, %")
    across.fill("50")
    down.fill("50")
    ring.focus()
    for key in ("ArrowLeft", "Shift+ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)

    assert (across.input_value(), down.input_value()) == ("39", "51")
    said = page.locator(".focal-point [role=status]").inner_text()
    assert said == "Focal point: 39 percent from the left, 51 percent from the top"
    picture = page.locator(".focal-point__picture")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    assert (round(float(across.input_value())), round(float(down.input_value()))) == (25, 75)
    with page.expect_navigation():
        page.locator("input[name=_save]").first.click()
    open_picture(page, "Cafe")
    assert (round(float(across.input_value())), round(float(down.input_value()))) == (25, 75)
    assert complaints.heard == []


def test_a_picture_that_is_used_is_not_deleted_and_its_places_are_named(signed_in, complaints):
    page = signed_in
    open_picture(page, "Hospital+river")
    used = page.locator("#uses").inner_text()
    assert re.fullmatch(r"Used in \d+ places?", used)

    with page.expect_navigation():
        page.locator(".deletelink").first.click()

    assert page.locator("h2", has_text="It cannot be deleted while it is used").is_visible()
    assert page.locator("#deleted-objects a[href$='/change/']").count() > 0
    assert page.locator("input[name=post]").count() == 0
    assert complaints.heard == []


def test_uploading_works_without_a_script(browser, site, session_of_admin):
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    context.add_cookies(session_of_admin)
    page = context.new_page()
    page.goto(SCREEN)
    page.set_input_files(
        "#id_files",
        [
            {"name": "plain.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes("plain")},
            {"name": "plain.jpg", "mimeType": "image/jpeg", "buffer": b"<html>"},
        ],
    )
    with page.expect_navigation():
        page.locator("input[name=_upload]").click()
    assert rows(page) == [
        ("plain.jpg", "This is not a picture we can read. Please use a JPEG, PNG, WebP or AVIF file.")
    ]
    with page.expect_navigation():
        page.locator(".submit-row input[name=_add]").click()
    assert page.locator(".messagelist").inner_text().strip() == "Added to the library: Plain"
    context.close()
