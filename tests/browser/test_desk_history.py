"""What was before: compare two versions, restore one, bring back what was deleted."""

import io

from PIL import Image

from tests.browser.desk import (
    add_block,
    form_address,
    message,
    publish,
    save,
    screen,
    seen_by_visitor,
    wait_for_blocks,
    write_post,
)


def test_two_versions_are_compared_word_by_word(anna):
    form = write_post(anna, "Blood drive on Friday", "Come at noon.")
    anna.fill("#id_headline", "Blood drive on Saturday")
    save(anna)
    anna.goto(screen(form, "history"))
    with anna.expect_navigation():
        anna.get_by_role("button", name="Compare", exact=True).click()

    field = anna.locator(".compare__field", has_text="Blood drive").first
    assert field.locator("del").inner_text() == "Friday"
    assert field.locator("ins").inner_text() == "Saturday"


def test_old_version_is_restored_as_the_draft(ben, browser, site):
    form = write_post(ben, "Chapel hours", "Open all day.")
    publish(ben, form)
    ben.goto(form)
    ben.fill("#id_headline", "Chapel hours change")
    save(ben)
    publish(ben, form)
    ben.goto(screen(form, "history"))
    with ben.expect_navigation():
        ben.locator("button[name=revision]").last.click()

    assert message(ben) == "The old version is the draft now. Look at it, then publish it."
    assert ben.input_value("#id_headline") == "Chapel hours"
    assert (
        "Chapel hours change" in seen_by_visitor(browser, site, "/news/chapel-hours/")[1]
        or "change" in (seen_by_visitor(browser, site, "/news/chapel-hours/")[1])
    )
    publish(ben, form)
    assert "Chapel hours change" not in seen_by_visitor(browser, site, "/news/chapel-hours/")[1]


def picture():
    """Return a small picture as bytes."""
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(file, "JPEG")
    return file.getvalue()


def test_deleted_page_comes_back_with_its_blocks_and_picture(ben, browser, site):
    ben.goto("/admin/pages/page/add/")
    wait_for_blocks(ben)
    ben.fill("#id_title", "Healing garden")
    ben.fill("#id_path", "healing-garden")
    for kind in ("Text", "Figure"):
        add_block(ben, kind)
    ben.locator("#textblock-0 .tiptap").click()
    ben.keyboard.type("Roses and benches.")
    ben.fill("#id_figureblock-0-value", "40")
    ben.fill("#id_figureblock-0-label", "kinds of roses")
    save(ben)
    form = form_address(ben)
    publish(ben, form)
    before = seen_by_visitor(browser, site, "/healing-garden/")
    assert before[0] == 200

    ben.goto(screen(form, "delete"))
    with ben.expect_navigation():
        ben.locator("input[type=submit]").click()
    assert seen_by_visitor(browser, site, "/healing-garden/")[0] == 404

    ben.goto("/admin/pages/page/recover/")
    with ben.expect_navigation():
        ben.locator("button[name=version]", has_text="Healing garden").click()
    assert message(ben) == "“Healing garden” is back, as a draft."
    publish(ben, form_address(ben))
    assert seen_by_visitor(browser, site, "/healing-garden/") == before
