"""What is pasted into a text from Word, Outlook, Google Docs or from somebody who means harm."""

import re
from pathlib import Path

import pytest

PASTES = Path(__file__).parent / "pastes"

PASTE = """([html, text]) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/html", html)
    clipboardData.setData("text/plain", text)
    const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
    document.querySelector(".tiptap").dispatchEvent(paste)
}"""


@pytest.fixture
def editor(signed_in):
    """The screen of a new post, with its text box ready."""
    signed_in.goto("/admin/news/article/add/", wait_until="networkidle")
    signed_in.locator(".tiptap").click()
    return signed_in


def pasted(page, html, text="text"):
    """Paste `html` into the text and return (what the text box would send, the line below it)."""
    page.evaluate(PASTE, [html, text])
    sent = re.sub(r' data-type="[\w-]+"', "", page.input_value("#id_body"))  # the editor's own; storing takes it out
    return sent, page.locator(".field-body .pasted").inner_text()


def stored(page, headline):
    """Save the post as a draft and return its text as it is stored."""
    page.fill("#id_headline", headline)
    with page.expect_navigation(url=re.compile("/change/")):
        page.get_by_role("button", name="Save draft").first.click()
    return page.input_value("#id_body")


def test_a_text_from_word_keeps_its_headings_lists_and_table(editor, complaints):
    html, line = pasted(editor, (PASTES / "word.html").read_text())

    assert html == stored(editor, "From Word")
    assert html == (
        "<h2>Your stay</h2><p>Welcome to the <strong>hospital</strong>.</p><h3>What to bring</h3>"
        "<ul><li><p>Your card</p><ul><li><p>Front and back</p></li></ul></li>"
        "<li><p><em>Your</em> pills</p></li></ul><h4>Step by step</h4>"
        "<ol><li><p>Park</p></li><li><p>Come in</p></li></ol><p><strong>Only bold, no heading</strong></p>"
        "<table><tbody><tr><th><p>Day</p></th><th><p>Hours</p></th></tr>"
        "<tr><td><p>Monday</p></td><td><p>8 to 4</p></td></tr></tbody>"
        "</table><p>See the plan or above. New words.</p>"
    )
    assert line == (
        "Pasted. Left out: 1 picture, 1 comment, 1 deleted passage, 1 link that works on one computer only, "
        "colors and fonts."
    )
    assert complaints.heard == []


def test_a_mail_from_outlook_loses_its_mail_filter_and_keeps_its_list(editor):
    html, line = pasted(editor, (PASTES / "outlook.html").read_text())

    assert html == (
        '<p>Dear all,</p><p>Sign up <a href="https://www.example.org/walk?year=2026">for the walk</a>.</p>'
        "<ol><li><p>Park</p><ul><li><p>In the garage</p></li></ul></li><li><p>Walk</p></li></ol><p>Thank you</p>"
    )
    assert line == (
        "Pasted. Left out: 1 picture, colors and fonts, alignment, underlining. "
        "1 link led over a mail filter and now leads straight to its page."
    )


def test_a_text_from_google_docs_is_not_all_bold(editor):
    html, line = pasted(editor, (PASTES / "google-docs.html").read_text())

    assert html == (
        "<h2>Visiting</h2><p>Come <strong>any</strong><em> day</em>. See "
        '<a href="https://www.example.org/hours">our hours</a>.</p>'
        "<ul><li><p>Morning</p><ul><li><p>From 8</p></li></ul></li><li><p>Evening</p></li></ul>"
    )
    assert line == (
        "Pasted. Left out: colors and fonts. 1 link led over a mail filter and now leads straight to its page."
    )


@pytest.mark.parametrize(
    ("html", "result"),
    [
        ("<p>One</p><p>Two</p>", "<p>One</p><p>Two</p>"),
        ("a <b>bold</b> word", "<p>a <strong>bold</strong> word</p>"),
        ("<div>One</div><div>Two</div>", "<p>One</p><p>Two</p>"),
        ("<h2>A</h2><h3>B</h3><p>C</p>", "<h2>A</h2><h3>B</h3><p>C</p>"),
        ("<h1>A</h1><h6>B</h6><p>C</p>", "<h2>A</h2><h4>B</h4><p>C</p>"),
        ("<p> </p><p>&nbsp;</p><p>A</p>", "<p>A</p>"),
        ("<table><tr><td><p>Framed</p></td></tr></table>", "<p>Framed</p>"),
        (
            "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>b)</span>Two</p>"
            "<p style='mso-list:l0 level3 lfo1'><span style='mso-list:Ignore'>§</span>Deep</p>",
            '<ol type="a"><li><p>Two</p><ul><li><p>Deep</p></li></ul></li></ol>',
        ),
        (
            "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>4.</span>Four</p>",
            '<ol start="4"><li><p>Four</p></li></ol>',
        ),
        (
            '<p><a href="tel:911">Call</a> <a href="/er/">wait</a></p>',
            '<p><a href="tel:911">Call</a> <a href="/er/">wait</a></p>',
        ),
    ],
)
def test_plain_pastes_lose_nothing(editor, html, result):
    assert pasted(editor, html) == (result, "Pasted.")


def test_the_line_goes_with_the_next_paste_of_plain_text(editor):
    pasted(editor, "<p>One<img src=x></p>")

    html, line = pasted(editor, "", "Two")

    assert (html, line) == ("<p>OneTwo</p>", "")


def test_nothing_in_a_hostile_paste_is_run(editor, complaints):
    hostile = """
      <style>body { display: none }</style><p onclick="hit()">Words<img src=x onerror="hit()"></p>
      <svg onload="hit()"><script>hit()</script></svg><script>hit()</script>
      <iframe srcdoc="<script>parent.hit()</script>"></iframe>
      <p><a href="javascript:hit()">A</a> <a href=" java&#10;script:hit()">B</a>
      <a href="data:text/html,<script>hit()</script>">C</a><a href="vbscript:hit()">D</a></p>
      <math><mtext><table><mglyph><style><img src=x onerror="hit()"></style></mglyph></table></mtext></math>
      <form action="https://evil.example"><input autofocus onfocus="hit()">
      <button formaction="javascript:hit()">E</button></form>
      <object data="javascript:hit()"></object><details open ontoggle="hit()">F</details>
      <base href="https://evil.example/"><template><script>hit()</script></template>
      <noscript><p title="</noscript><img src=x onerror=hit()>"></noscript>
    """
    editor.evaluate("() => { window.hits = 0; window.hit = () => { window.hits += 1 } }")
    html, line = pasted(editor, hostile)
    editor.wait_for_timeout(300)
    hits = editor.evaluate("window.hits")

    text = stored(editor, "Hostile paste")
    assert hits == 0
    assert text == html
    for sign in ("<script", "javascript:", "onerror", "<img", "<svg", "<iframe", "<style", "<a ", "evil.example"):
        assert sign not in text
    assert line.startswith("Pasted. Left out: 2 pictures, 4 embedded films, frames or forms, ")
    assert complaints.foreign == []
    # Chromium tells of handlers that the policy keeps from running even in a document that runs nothing.
    assert [line for line in complaints.heard if "The action has been blocked" not in line] == []


def test_what_is_copied_from_another_text_box_is_left_as_it_is(editor):
    html = '<h3 data-pm-slice="1 1 []">Parking</h3><p>Free.</p>'

    assert pasted(editor, html) == ("<h3>Parking</h3><p>Free.</p>", "")
