"""The desk as the roles use it: write, submit, send back, mend, approve, schedule, publish, change, take down."""

from tests.browser.desk import (
    form_address,
    local_day,
    message,
    next_monday,
    publish,
    save,
    screen,
    seen_by_visitor,
    type_text,
    visitor,
    write_post,
)


def press(page, name):
    """Press the button and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_post_goes_through_review_and_is_scheduled(anna, ben, browser, site):
    anna.goto("/admin/news/article/add/")
    anna.fill("#id_headline", "Flu clinic moves upstairs")
    type_text(anna, "The clinic moves.")
    assert anna.get_by_role("button", name="Publish…").count() == 0
    press(anna, "Ask for review…")
    review = form_address(anna)
    form = review.replace("/review/", "/change/")
    press(anna, "Ask for review")
    assert message(anna) == "The reviewers find it on their front page now."

    ben.goto(review)
    ben.fill("#id_text", "Which floor is it?")
    press(ben, "Only comment")
    ben.fill("#id_text", "Please say which floor.")
    press(ben, "Send back")
    assert message(ben) == "It is sent back to its author."

    anna.goto(form)
    assert "Please say which floor." in anna.locator(".desk-panel").first.inner_text()
    type_text(anna, " It is on the second floor.")
    press(anna, "Ask for review…")
    press(anna, "Ask for review")

    ben.goto(review)
    assert "Which floor is it?" in ben.locator(".timeline").inner_text()
    press(ben, "Approve")
    assert form_address(ben) == screen(form, "publish")
    publish(ben, form, at=f"{next_monday()}T09:00")
    assert "Not yet, because its time has not come yet." in ben.locator(".desk-panel--warning").inner_text()

    ben.goto("/admin/news/article/?state=scheduled")
    assert "Flu clinic moves upstairs" in ben.locator("#result_list").inner_text()
    assert seen_by_visitor(browser, site, "/news/flu-clinic-moves-upstairs/")[0] == 404


def test_author_gets_no_publishing_by_typing_its_address(anna, ben):
    form = write_post(anna, "Not hers to publish")

    assert anna.goto(screen(form, "publish")).status == 403
    assert anna.goto(screen(form, "unpublish")).status == 403
    assert ben.goto(screen(form, "publish")).status == 200


def test_publishing_shows_what_a_visitor_finds(ben, browser, site):
    form = write_post(ben, "Parking is free today")
    publish(ben, form)

    receipt = ben.locator(".desk-panel--done").inner_text()
    assert "Live: a visitor found it at" in receipt
    status, text = seen_by_visitor(browser, site, "/news/parking-is-free-today/")
    assert status == 200
    assert "The clinic moves to the second floor." in text


def test_live_page_is_changed_beside_what_visitors_see(anna, ben, browser, site):
    form = write_post(ben, "Cafeteria opens early", "It opens at 6.")
    publish(ben, form)
    path = "/news/cafeteria-opens-early/"

    anna.goto(form)
    type_text(anna, " Now with soup.")
    save(anna)
    assert "saved beside the live page" in message(anna)
    assert anna.locator(".state--changed").count() >= 1
    assert "Now with soup." in anna.locator(".tiptap").first.inner_text()
    assert "Now with soup." not in seen_by_visitor(browser, site, path)[1]

    publish(ben, form)
    assert "Now with soup." in seen_by_visitor(browser, site, path)[1]


def test_change_of_a_live_page_waits_for_its_time(ben, browser, site):
    form = write_post(ben, "Summer hours begin", "Until eight.")
    publish(ben, form)
    ben.goto(form)
    type_text(ben, " And on Sundays.")
    save(ben)

    publish(ben, form, at=f"{local_day(3)}T06:00")

    assert "Until then visitors see the page as it was." in ben.locator("main, #content").first.inner_text()
    assert "And on Sundays." not in seen_by_visitor(browser, site, "/news/summer-hours-begin/")[1]


def test_page_is_taken_down_and_its_visitors_led_on(ben, browser, site):
    form = write_post(ben, "Old visiting rules")
    publish(ben, form)
    ben.goto(form)
    with ben.expect_navigation():
        ben.get_by_role("link", name="Take down").click()
    ben.check("input[name=reason][value=replaced]")
    ben.fill("#id_replacement", "/contact/")
    press(ben, "Take down")

    assert "is taken down: visitors no longer see it." in message(ben)
    with visitor(browser, site) as page:
        page.goto("/news/old-visiting-rules/")
        assert page.url == f"{site.address}/contact/"


def test_taking_down_wants_a_place_for_the_visitors_it_leads_on(ben):
    form = write_post(ben, "Rules of the garden")
    publish(ben, form)
    ben.goto(screen(form, "unpublish"))
    ben.check("input[name=reason][value=replaced]")
    press(ben, "Take down")

    assert "Say where its visitors go instead." in ben.locator(".errorlist").inner_text()
