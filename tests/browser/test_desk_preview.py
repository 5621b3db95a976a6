"""A draft at its real address, the site as it will be, and a link for somebody without an account."""

from tests.browser.desk import next_monday, publish, screen, visitor, write_post


def test_draft_is_shown_at_its_address_on_a_phone_and_on_a_desk(anna):
    form = write_post(anna, "Previewed on two widths", "Only drafted so far.")
    anna.goto(screen(form, "preview"))

    for title, width in (("Preview on a phone", 390), ("Preview on a desktop", 1280)):
        frame = anna.frame_locator(f"iframe[title='{title}']")
        assert frame.locator("h1").inner_text() == "Previewed on two widths"
        assert abs(frame.locator("html").evaluate("window.innerWidth") - width) <= 2


def test_home_page_of_next_monday_shows_what_is_scheduled_until_then(ben, browser, site):
    form = write_post(ben, "News of next Monday", "It begins.")
    publish(ben, form, at=f"{next_monday()}T08:00")

    ben.goto(f"/?preview=site&at={next_monday()}T07:59")
    before = ben.locator("main").inner_text()
    ben.goto(f"/?preview=site&at={next_monday()}T09:00")
    after = ben.locator("main").inner_text()
    bar = ben.locator(".preview-bar").inner_text()

    assert "News of next Monday" not in before
    assert "News of next Monday" in after
    assert "Monday" in bar
    with visitor(browser, site) as page:
        page.goto("/")
        assert "News of next Monday" not in page.locator("main").inner_text()
        assert page.goto(f"/?preview=site&at={next_monday()}T09:00").status == 404


def test_shared_link_opens_the_draft_without_an_account_until_it_is_taken_back(anna, browser, site):
    form = write_post(anna, "For the photographer", "Look at the caption.")
    anna.goto(screen(form, "preview"))
    with anna.expect_navigation():
        anna.get_by_role("button", name="Make a link").click()
    shared = anna.locator(".preview-links input").first.input_value()
    path = shared[shared.index("/", len("https://")) :]

    with visitor(browser, site) as page:
        opened = page.goto(path)
        assert opened.status == 200
        assert page.locator("h1").inner_text() == "For the photographer"
        assert "no-store" in opened.headers["cache-control"]
        assert opened.headers["x-robots-tag"] == "noindex, nofollow"
        assert page.context.cookies() == []

        with anna.expect_navigation():
            anna.get_by_role("button", name="Take the link back").click()
        assert page.goto(path).status == 404
        assert page.locator("h1").inner_text() == "This preview is not open"
