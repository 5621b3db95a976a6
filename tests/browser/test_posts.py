"""A post of blocks, made by keyboard on the editors' screen and read by the public."""

from tests.browser.accessibility import load_axe, violations
from tests.browser.desk import form_address, message, publish, type_text, wait_for_blocks


def add(page, kind):
    """Add a block of `kind`, its label on the menu, at the end."""
    page.locator(".order-machine-insert-target.last").focus()
    page.keyboard.press("Enter")
    page.locator(".plugin-buttons .plugin-button", has_text=kind).first.focus()
    page.keyboard.press("Enter")


def pick(page, block, letters):
    """Pick in the only list of `block` the first thing that the letters find."""
    page.locator(f"{block} .select2-selection").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type(letters)
    page.locator(".select2-results__option--highlighted", has_text=letters).wait_for()
    page.keyboard.press("Enter")


def test_post_of_blocks_is_written_by_keyboard_and_read(signed_in, complaints, browser, site):
    page = signed_in
    page.goto("/admin/news/article/add/")
    wait_for_blocks(page)
    page.fill("#id_headline", "A quiet garden")
    type_text(page, "It opens on Monday.")
    for kind in ("Quote", "Fact box", "Read on", "Contact"):
        add(page, kind)
    page.locator("#contactblock-0 .block-move").first.wait_for()
    page.fill("#id_quoteblock-0-quote", "I sit there before my visits.")
    page.fill("#id_quoteblock-0-said_by", "A visitor")
    page.fill("#id_factsblock-0-heading", "At a glance")
    page.locator("#factsblock-0 .tiptap").focus()
    page.keyboard.type("Free, and without a step.")
    page.fill("#id_relatedblock-0-address", "/news/")
    pick(page, "#contactblock-0", "Cardiac")
    with page.expect_navigation():
        page.keyboard.press("Control+s")

    assert "A quiet garden" in message(page)
    publish(page, form_address(page))
    for scheme in ("light", "dark"):
        reader = browser.new_page(base_url=site.address, color_scheme=scheme)
        reader.goto("/news/a-quiet-garden/")
        load_axe(reader)
        for width in (360, 1440):
            reader.set_viewport_size({"width": width, "height": 900})
            assert violations(reader) == []
        assert reader.locator(".said__by").inner_text() == "A visitor"
        headings = reader.locator("article .post h2").all_inner_texts()
        reader.close()
        assert headings == ["At a glance", "Read on", "Whom to call"]
    # The text box says so of every further one on a page: a library of its own, which does no harm.
    assert [heard for heard in complaints.heard if "linkifyjs" not in heard] == []
